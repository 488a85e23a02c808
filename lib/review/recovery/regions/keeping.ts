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

/** Hosts of databases that pods of a cluster are told as where to write. */
const hostsIn = (cluster: Cluster): readonly string[] =>
  workloadsOf(cluster)
    .flatMap(({ containers }) => containers)
    .flatMap(({ value }) => listOf(value.env).filter(isObject))
    .filter(({ name }) => HOST.test(textOf(name) ?? '') && !READER.test(textOf(name) ?? ''))
    .map(({ value }) => textOf(value) ?? '');

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
