import { isObject, listOf, numberOf, objectOf, stringsOf, textOf } from '../json';
import { resourcesOf, stackOf, type Resource, type Site } from '../azure/stack';
import { referent } from '../azure/references';
import type { Cluster } from '../kubernetes/cluster';
import { ofKind } from '../kubernetes/find';
import { selects } from '../kubernetes/selectors';
import { replicasOf, workloadsOf, type Workload } from '../kubernetes/workloads';
import { rangeOfSubnet, serverSubnet } from './azure-ways';
import { isUntold, keeperVariables, userIn } from './data/keeper';
import type { SharedDatabase } from './databases';
import type { Kept, KeeperTold } from './kept';
import type { Outputs } from './outputs';
import { holds } from './ranges';

/** A keeper as pods of a cluster. */
interface ClusterKeeper extends KeeperTold {
  readonly cluster: Cluster;
  readonly workload: Workload;
  readonly variables: ReadonlyMap<string, string>;
}

/** Every keeper among the workloads of clusters: whoever is told of a latch. */
export const clusterKeepers = (clusters: readonly Cluster[]): readonly ClusterKeeper[] =>
  clusters.flatMap((cluster) =>
    workloadsOf(cluster).flatMap((workload) => {
      const variables = new Map(
        workload.containers
          .flatMap(({ value }) => listOf(value.env))
          .filter(isObject)
          .map(({ name, value }) => [textOf(name) ?? '', textOf(value) ?? '']),
      );
      const latch = variables.get(keeperVariables.latch);
      if (latch === undefined) return [];
      const lease = Number(variables.get(keeperVariables.lease));
      return [
        {
          at: `k8s.out ${workload.object.file}`,
          latch,
          leaseSeconds: Number.isInteger(lease) ? lease : undefined,
          untold: isUntold(JSON.stringify(workload.spec)),
          cluster,
          workload,
          variables,
        },
      ];
    }),
  );

/** Hosts at which writes of a server arrive: names that follow it through a promotion. */
const hostsOf = (server: Resource, site: Site): readonly string[] =>
  resourcesOf(site, 'azurerm_postgresql_flexible_server_virtual_endpoint')
    .filter((each) => referent(each.arguments.source_server_id, stackOf(each, site), site)?.resource === server)
    .map(({ arguments: { name } }) => `${textOf(name) ?? ''}.writer.postgres.database.azure.com`);

const PORT = 5432;

/** What keeps the recovery site's database: who is told of it, may act as itself, gets there, and whose silence calls people. */
export function clusterKeeping(
  { name, recovery }: SharedDatabase,
  { recovery: { clusters, site: azure } }: Outputs,
): readonly Kept[] {
  const addresses = hostsOf(recovery, azure).map((host) => `@${host}:${PORT}`);
  const keeper = clusterKeepers(clusters).find(
    ({ cluster, variables, workload }) =>
      !workload.ends &&
      replicasOf(cluster, workload).least > 0 &&
      [...variables.values()].some(
        (value) => userIn(value) !== undefined && addresses.some((each) => value.endsWith(each)),
      ),
  );
  const piece = (way: string, find: (of: ClusterKeeper) => string | undefined, by: string): Kept => ({
    way,
    found: keeper && find(keeper),
    by,
  });
  const range = rangeOfSubnet(serverSubnet(recovery, azure));
  return [
    piece(
      `a keeper is told the writer of databases.${name} on the recovery site`,
      ({ at }) => at,
      'run one in the cluster, with KEEPER_LATCH and the name of the server that takes writes',
    ),
    piece(
      `the account of the keeper of databases.${name} on the recovery site is an identity of the cloud`,
      (of) => identityOf(of, azure),
      'have an identity of its own trust that account of the cluster',
    ),
    piece(
      `the keeper gets to databases.${name} on the recovery site`,
      (of) => wayTo(of, range, PORT),
      `let its pods out to ${range} at ${PORT} by a policy of the network`,
    ),
    piece(
      `the keeper of databases.${name} on the recovery site gets to the latch`,
      (of) => wayTo(of, '1.1.1.1/32', 443),
      'let its pods out to the internet at port 443 by a policy of the network',
    ),
    piece(
      `silence of the keeper of databases.${name} on the recovery site calls people`,
      (of) => silenceOf(name, of, azure),
      'ask the logs of its namespace for turns of the database, in an alert with an action that needs no line of them',
    ),
  ];
}

function identityOf({ workload: { account, namespace } }: ClusterKeeper, azure: Site): string | undefined {
  const found = resourcesOf(azure, 'azurerm_federated_identity_credential').find(
    ({ arguments: { subject } }) => subject === `system:serviceaccount:${namespace}:${account}`,
  );
  const identity = found && referent(found.arguments.parent_id, stackOf(found, azure), azure)?.resource;
  return identity?.type === 'azurerm_user_assigned_identity'
    ? `cdktf.out ${found?.stack ?? ''}: ${found?.address ?? ''}`
    : undefined;
}

/** The policy by which pods get out to a range at a port. */
function wayTo({ cluster, workload }: ClusterKeeper, range: string, port: number): string | undefined {
  const found = ofKind(cluster, 'NetworkPolicy', workload.namespace).find(({ value }) => {
    const { egress, podSelector } = objectOf(value.spec);
    return (
      selects(podSelector, workload.labels) &&
      listOf(egress)
        .map(objectOf)
        .some(
          ({ ports, to }) =>
            listOf(ports).some((each) => numberOf(objectOf(each).port) === port) &&
            listOf(to).some((peer) => {
              const { cidr, except } = objectOf(objectOf(peer).ipBlock);
              return holds(textOf(cidr) ?? '', range) && !stringsOf(except).some((each) => holds(each, range));
            }),
        )
    );
  });
  return found && `k8s.out ${found.file}`;
}

function silenceOf(name: string, { workload: { namespace } }: ClusterKeeper, azure: Site): string | undefined {
  const found = resourcesOf(azure, 'azurerm_monitor_scheduled_query_rules_alert_v2').find(({ arguments: given }) => {
    const query = listOf(given.criteria)
      .map((each) => textOf(objectOf(each).query) ?? '')
      .join('\n');
    return (
      query.startsWith('datatable') &&
      query.includes(`'${namespace}'`) &&
      query.includes(`'${name}'`) &&
      stringsOf(objectOf(given.action).action_groups).length > 0
    );
  });
  return found && `cdktf.out ${found.stack}: ${found.address}`;
}
