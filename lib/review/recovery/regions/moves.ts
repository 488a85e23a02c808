import { nodesFor, nodeSizes } from '../../../platform/azure-nodes';
import { numberOf, textOf } from '../../json';
import { groupNameOf, namedBy } from '../../azure/private-dns';
import { resourcesOf, type Resource, type Site } from '../../azure/stack';
import type { Move, MoveStep } from '../moves';
import type { AzureOutputs, Outputs } from '../outputs';
import { podsOf } from '../replicas';
import { messageCopies, objectCopies, regionOf } from './copies';
import { followedDatabases, type FollowedDatabase } from './databases';
import { originPairs } from './edge';

const nameOf = ({ arguments: { name } }: Resource): string => textOf(name) ?? '';

/** Where something stands, as the command line of Azure asks for it. */
const groupOf = (resource: Resource, site: Site): string => `--resource-group ${groupNameOf(resource, site) ?? ''}`;

const step = (what: string, commands: readonly string[]): readonly MoveStep[] =>
  commands.length === 0 ? [] : [{ what, commands }];

/** Ways between two regions of Azure, in the order in which the steps are taken. */
export function regionMoves(outputs: Outputs<AzureOutputs>): readonly Move[] {
  const { primary, recovery } = outputs;
  const databases = followedDatabases(outputs);
  const promote = (option: 'forced' | 'planned', server: (of: FollowedDatabase) => Resource): readonly string[] =>
    databases.map((of) => {
      const target = server(of);
      return `az postgres flexible-server replica promote ${groupOf(target, primary.all)} --name ${nameOf(target)} --promote-mode switchover --promote-option ${option} --yes`;
    });
  const point = (
    leader: (of: FollowedDatabase) => Resource,
    member: (of: FollowedDatabase) => Resource,
  ): readonly string[] =>
    databases.flatMap((of) => {
      const { endpoint } = of;
      const server = leader(of);
      return endpoint === undefined
        ? []
        : [
            `az postgres flexible-server virtual-endpoint update ${groupOf(server, primary.all)} --server-name ${nameOf(server)} --name ${nameOf(endpoint)} --endpoint-type ReadWrite --members ${nameOf(member(of))}`,
          ];
    });
  const standby = (server: (of: FollowedDatabase) => Resource): readonly string[] =>
    databases.map((of) => {
      const target = server(of);
      return `az postgres flexible-server update ${groupOf(target, primary.all)} --name ${nameOf(target)} --zonal-resiliency Enabled`;
    });
  const [writer, replica] = [(of: FollowedDatabase) => of.writer, (of: FollowedDatabase) => of.recovery];
  const [here, there] = [regionOf(recovery), regionOf(primary)];
  return [
    {
      name: 'the region is lost',
      when: `${there} does not answer, and whoever owns the platform agrees not to wait. What was not copied is given up.`,
      steps: [
        ...step('Ask for the nodes that everything at its most needs: they take longest', nodes(recovery)),
        ...step('Let the replica take writes, without what had not arrived', promote('forced', replica)),
        ...step('Let readers read from it: the name of the reader leads to the lost server', point(replica, replica)),
        ...step('Let the other region lead for messages', messages(outputs, here, true)),
        ...step('Let objects be written: end their copying', endCopies(outputs, 'recovery')),
        ...step('Hold requests where they went by themselves', origins(outputs, 'Disabled')),
        ...step('Have a standby beside the new writer', standby(replica)),
      ],
    },
    {
      name: 'a planned move',
      when: 'Both regions answer. Nothing is lost; writes wait for a minute or so.',
      steps: [
        ...step('Ask for nodes, and wait until they stand', nodes(recovery)),
        ...step('Let objects be written: end their copying, once nothing waits', endCopies(outputs, 'both')),
        ...step('Send requests to the recovery site', origins(outputs, 'Disabled')),
        ...step('Let the replica take writes, with everything', promote('planned', replica)),
        ...step('Let the other region lead for messages, with everything', messages(outputs, here, false)),
        ...step('Have a standby beside the new writer', standby(replica)),
      ],
    },
    {
      name: 'the way back',
      when: `${there} answers again, its server follows, and its copies of messages are whole.`,
      steps: [
        ...step(
          'After a forced move alone: give the old region up for messages, and copy them there anew',
          again(outputs),
        ),
        ...step('Copy objects back that were written meanwhile, and wait until none waits', copyBack(outputs)),
        ...step('Have the name of the reader lead to the server that is promoted', point(replica, writer)),
        ...step('Let the old writer take writes again, with everything', promote('planned', writer)),
        ...step('Let its region lead for messages, with everything', messages(outputs, there, false)),
        ...step('Give it its standby', standby(writer)),
        ...step('End the copying back', endCopies(outputs, 'both')),
        ...step('Send requests to it', origins(outputs, 'Enabled')),
        ...step('Make the rest what it was: copies of objects, nodes', [
          'npm run apply:azure -- plan',
          'npm run apply:azure -- apply',
        ]),
      ],
    },
  ];
}

/** Nodes for the most of every pod of a site. */
const nodes = ({ all, clusters, site }: AzureOutputs): readonly string[] => {
  const pods = clusters.flatMap(podsOf).map(({ memoryGiB, most: count, proxy, vcpu }) => ({
    count,
    vcpu: vcpu + proxy.vcpu,
    memoryGiB: memoryGiB + proxy.memoryGiB,
  }));
  return resourcesOf(site, 'azurerm_kubernetes_cluster_node_pool').flatMap((pool) => {
    const size = nodeSizes.find(({ vmSize }) => vmSize === pool.arguments.vm_size);
    const cluster = namedBy(pool, pool.arguments.kubernetes_cluster_id, all);
    const most = numberOf(pool.arguments.max_count) ?? 0;
    return size === undefined || cluster === undefined
      ? []
      : [
          `az aks nodepool update ${groupOf(cluster, all)} --cluster-name ${nameOf(cluster)} --name ${nameOf(pool)} --update-cluster-autoscaler --min-count ${Math.min(most, nodesFor(size, pods))} --max-count ${most}`,
        ];
  });
};

/** Namespaces of which the recovery site has copies. */
const namespacesIn = ({ primary, recovery }: Outputs<AzureOutputs>): readonly Resource[] =>
  resourcesOf(primary.site, 'azurerm_servicebus_namespace').filter(
    (each) => messageCopies(each, regionOf(recovery), primary) !== undefined,
  );

const messages = (outputs: Outputs<AzureOutputs>, region: string, force: boolean): readonly string[] =>
  namespacesIn(outputs).map(
    (each) =>
      `az servicebus namespace failover ${groupOf(each, outputs.primary.all)} --name ${nameOf(each)} --primary-location ${region}${force ? ' --force true' : ''}`,
  );

/** What a region that was left by force still has of messages is not to be trusted. */
const again = (outputs: Outputs<AzureOutputs>): readonly string[] =>
  namespacesIn(outputs).flatMap((each) =>
    ['remove', 'add'].map(
      (verb) =>
        `az servicebus namespace replica ${verb} ${groupOf(each, outputs.primary.all)} --namespace-name ${nameOf(each)} --geo-data-replication-config role-type=Secondary location-name=${regionOf(outputs.primary)}`,
    ),
  );

/** Accounts of which the one is copied into the other, as the command line names them, with the containers. */
const copiedAccounts = ({ primary, recovery }: Outputs<AzureOutputs>) => {
  const containers = resourcesOf(primary.site, 'azurerm_storage_container');
  const copies = new Set(containers.flatMap((each) => objectCopies(each, recovery) ?? []));
  return [...copies].flatMap((by) => {
    const [from, to] = [by.arguments.source_storage_account_id, by.arguments.destination_storage_account_id].map((id) =>
      namedBy(by, id, recovery.all),
    );
    if (from === undefined || to === undefined) return [];
    const names = containers.filter((each) => objectCopies(each, recovery) === by).map(nameOf);
    const where = (account: Resource): string => `${groupOf(account, recovery.all)} --account-name ${nameOf(account)}`;
    return [{ from, to, names, where }];
  });
};

const policyIn = (where: string): string =>
  `"$(az storage account or-policy list ${where} --query '[0].policyId' --output tsv)"`;

/** What was written before the policy, too. */
const EVERYTHING = "--min-creation-time '1601-01-01T00:00:00Z'";

/** A container takes no writes while another one is copied into it. */
const endCopies = (outputs: Outputs<AzureOutputs>, at: 'both' | 'recovery'): readonly string[] =>
  copiedAccounts(outputs).flatMap(({ from, to, where }) =>
    (at === 'both' ? [to, from] : [to]).map(
      (account) => `az storage account or-policy delete ${where(account)} --policy-id ${policyIn(where(account))}`,
    ),
  );

/** What was written on the recovery site is copied to where its objects came from: by a policy there, which the other account is told. */
const copyBack = (outputs: Outputs<AzureOutputs>): readonly string[] =>
  copiedAccounts(outputs).flatMap(({ from, names: [first = '', ...others], to, where }) => [
    `az storage account or-policy create ${where(from)} --source-account ${nameOf(to)} --destination-account ${nameOf(from)} --source-container ${first} --destination-container ${first} ${EVERYTHING}`,
    ...others.map(
      (name) =>
        `az storage account or-policy rule add ${where(from)} --policy-id ${policyIn(where(from))} --source-container ${name} --destination-container ${name} ${EVERYTHING}`,
    ),
    `az storage account or-policy show ${where(from)} --policy-id ${policyIn(where(from))} | az storage account or-policy create ${where(to)} --policy @-`,
  ]);

const origins = (outputs: Outputs<AzureOutputs>, state: 'Disabled' | 'Enabled'): readonly string[] =>
  originPairs(outputs).flatMap(({ first, group }) => {
    const { all } = outputs.primary;
    const profile = namedBy(group, group.arguments.cdn_frontdoor_profile_id, all);
    return profile === undefined
      ? []
      : [
          `az afd origin update ${groupOf(profile, all)} --profile-name ${nameOf(profile)} --origin-group-name ${nameOf(group)} --origin-name ${nameOf(first)} --enabled-state ${state}`,
        ];
  });
