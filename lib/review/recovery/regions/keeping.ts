import { isObject, listOf, textOf } from '../../json';
import { namedBy } from '../../azure/private-dns';
import { resourcesOf } from '../../azure/stack';
import type { Cluster } from '../../kubernetes/cluster';
import { workloadsOf } from '../../kubernetes/workloads';
import type { Kept } from '../kept';
import type { AzureOutputs, Outputs } from '../outputs';
import { followedDatabases } from './databases';
import { placeOf } from './place';
import { isResting, receiversAt, RESTING } from './resting';

/** A database's name, from what services of it are told. */
const HOST = /^DATABASE_\w+_HOST$/;
const READER = /_READER_HOST$/;

/** By what messages to people are sent. */
const ENDPOINT = /^MESSAGES_\w+_(EMAIL|SMS)_ENDPOINT$/;

/** What pods of a cluster are told by variables whose names are so. */
const toldIn =
  (is: (name: string) => boolean) =>
  (cluster: Cluster): readonly string[] =>
    workloadsOf(cluster)
      .flatMap(({ containers }) => containers)
      .flatMap(({ value }) => listOf(value.env).filter(isObject))
      .filter(({ name }) => is(textOf(name) ?? ''))
      .map(({ value }) => textOf(value) ?? '');

/** Hosts of databases that pods of a cluster are told as where to write. */
const hostsIn = toldIn((name) => HOST.test(name) && !READER.test(name));

const endpointsIn = toldIn((name) => ENDPOINT.test(name));

/**
 * What keeps two servers from taking writes at once between two regions of Azure. Nothing has to keep a right to write, and no
 * latch says who leads: a replica refuses writes until it is promoted, a promotion makes the writer a replica, and one
 * name leads to whichever takes writes.
 * https://learn.microsoft.com/azure/postgresql/read-replica/concepts-read-replicas-promote
 */
export function keptBetweenRegions(outputs: Outputs<AzureOutputs>): readonly Kept[] {
  const { primary, recovery } = outputs;
  const followed = followedDatabases(outputs);
  return [
    ...receivers(recovery),
    ...senders(outputs),
    ...resourcesOf(primary.site, 'azurerm_postgresql_flexible_server_database').flatMap((database): readonly Kept[] => {
      const writer = namedBy(database, database.arguments.server_id, primary.all);
      const pair = followed.find((each) => each.writer === writer);
      const name = pair?.name ?? textOf(database.arguments.name) ?? '';
      const endpoint = pair?.endpoint;
      const host = `${textOf(endpoint?.arguments.name) ?? ''}.writer.postgres.database.azure.com`;
      const told = [primary, recovery].map(({ clusters }) => clusters.flatMap(hostsIn));
      const isTold = told.every((hosts) => hosts.includes(host));
      const strays = told
        .flat()
        .filter((each) => each !== host && each.startsWith(textOf(writer?.arguments.name) ?? host));
      return [
        {
          way: `databases.${name} of the recovery site refuses writes until it is promoted`,
          found: pair && placeOf(pair.recovery),
          by: 'make its server there a replica of the writer',
        },
        {
          way: `a promotion turns databases.${name} round, and one name leads to whichever server takes writes`,
          found: endpoint && placeOf(endpoint),
          by: 'have a pair of virtual endpoints, of the kind ReadWrite, with the writer and the replica',
        },
        {
          way: `services of both sites write to databases.${name} by that name`,
          found: endpoint !== undefined && isTold && strays.length === 0 ? `k8s.out: ${host}` : undefined,
          by: `tell pods of both clusters ${host} as its host, got ${[...new Set(told.flat())].join(', ') || 'none'}`,
        },
      ];
    }),
  ];
}

/** Messages are taken by the site that leads: the other one may write no objects, and its caches are its own. */
function receivers(recovery: AzureOutputs): readonly Kept[] {
  const all = receiversAt(recovery);
  const awake = all.filter((each) => !isResting(each)).map(({ file }) => file);
  return all.length === 0
    ? []
    : [
        {
          way: 'services of the recovery site that receive messages rest until it leads',
          found: awake.length === 0 ? `k8s.out: ${all.map(({ file }) => file).join(', ')}` : undefined,
          by: `have ${RESTING} of '0' on what scales them, got none on ${awake.join(', ')}`,
        },
      ];
}

/** Messages to people are sent by one service, whose limits, list of refused addresses and queue of bounces are those of both sites. */
function senders({ primary, recovery }: Outputs<AzureOutputs>): readonly Kept[] {
  const told = ({ clusters }: AzureOutputs) => [...new Set(clusters.flatMap(endpointsIn))].sort();
  const [here, there] = [told(primary), told(recovery)];
  return here.length === 0
    ? []
    : [
        {
          way: 'services of both sites send messages to people by the same service',
          found: here.join() === there.join() ? `k8s.out: ${here.join(', ')}` : undefined,
          by: `tell pods of both clusters ${here.join(', ')}, got ${there.join(', ') || 'none'} on the recovery site`,
        },
      ];
}
