import { nodesFor, nodeSizes } from '../../../platform/azure-nodes';
import { numberOf } from '../../json';
import { namedBy } from '../../azure/private-dns';
import { resourcesOf, type Resource } from '../../azure/stack';
import type { Move, MoveStep } from '../moves';
import type { AzureOutputs, Outputs } from '../outputs';
import { mostPods } from '../replicas';
import { messageCopies, regionOf } from './copies';
import { followedDatabases, type FollowedDatabase } from './databases';
import { originPairs } from './edge';
import { endCopies, forgetCopies, letObjectsBeWritten, turnCopies } from './object-moves';
import { groupOf, nameOf } from './place';
import { receiversAt, RESTING } from './resting';
import { sendersOf } from './senders';

const step = (what: string, commands: readonly string[]): readonly MoveStep[] =>
  commands.length === 0 ? [] : [{ what, commands }];

const TURN_COPIES =
  'Copy back what is written meanwhile: say when it began as sites.recovery.objectsBackSince, have that reviewed, synthesize';

/** Ways between two regions of Azure, in the order in which the steps are taken. */
export function regionMoves(outputs: Outputs<AzureOutputs>): readonly Move[] {
  const { primary, recovery } = outputs;
  const databases = followedDatabases(outputs);
  const promote = (option: 'forced' | 'planned', server: (of: FollowedDatabase) => Resource): readonly string[] =>
    databases.map((of) => {
      const target = server(of);
      return `az postgres flexible-server replica promote ${groupOf(target, primary.all)} --name ${nameOf(target)} --promote-mode switchover --promote-option ${option} --yes`;
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
      when: `${there} does not answer, and whoever owns the platform agrees not to wait. What was not copied is given up.${sending(primary)}`,
      steps: [
        ...step('Ask for the nodes that everything at its most needs: they take longest', nodes(recovery)),
        ...step('Let the replica take writes, without what had not arrived', promote('forced', replica)),
        ...step('Let the other region lead for messages', messages(outputs, here, true)),
        ...step('Let objects be written: end their copying', letObjectsBeWritten(outputs)),
        ...step('Wake the services that receive messages', wake(recovery, recovery)),
        ...step('Hold requests where they went by themselves', origins(outputs, 'Disabled')),
        ...step('Have a standby beside the new writer', standby(replica)),
      ],
    },
    {
      name: 'a planned move',
      when: 'Both regions answer. Nothing is lost; writes wait for a minute or so.',
      steps: [
        ...step('Ask for nodes, and wait until they stand', nodes(recovery)),
        ...step('Let objects be written there: end their copying, once nothing waits to be copied', endCopies(outputs)),
        ...step(
          'Wake the services there that receive messages, and wait until they are ready',
          wake(recovery, recovery),
        ),
        ...step('Send requests there', origins(outputs, 'Disabled')),
        ...step('Let those of the first region rest', rest(primary, recovery)),
        ...step('Let the replica take writes, with everything', promote('planned', replica)),
        ...step('Let the other region lead for messages, with everything', messages(outputs, here, false)),
        ...step('Have a standby beside the new writer', standby(replica)),
        ...step(TURN_COPIES, turnCopies(outputs)),
      ],
    },
    {
      name: 'the lost region answers again',
      when: `After a forced move, as soon as ${there} answers. Nothing goes back yet but copies: of messages, of what is written.`,
      steps: [
        ...step('Before anything else: let services of the first region rest', rest(primary, recovery)),
        ...step('Give the old region up for messages, and copy them there anew', again(outputs)),
        ...step('Have it forget the copying of objects that was ended without it', forgetCopies(outputs)),
        ...step(TURN_COPIES, turnCopies(outputs)),
      ],
    },
    {
      name: 'the way back',
      when: `${there} answers for hours, its server follows, and its copies of messages and objects are whole.`,
      steps: [
        ...step('Let the old writer take writes again, with everything', promote('planned', writer)),
        ...step('Let its region lead for messages, with everything', messages(outputs, there, false)),
        ...step('Give it its standby', standby(writer)),
        ...step(
          'Let services of the other region rest that receive messages and write objects',
          rest(recovery, recovery),
        ),
        ...step('End the copying back, once nothing waits to be copied', endCopies(outputs)),
        ...step(
          'Wake the services there that receive messages, and wait until they are ready',
          wake(primary, recovery),
        ),
        ...step('Send requests there', origins(outputs, 'Enabled')),
        ...step('Take sites.recovery.objectsBackSince away, synthesize, and make the rest what it was: copies, nodes', [
          'npm run apply:azure -- plan',
          'npm run apply:azure -- apply',
        ]),
      ],
    },
  ];
}

/** What needs no step, since no region has it. */
function sending({ all }: AzureOutputs): string {
  const names = sendersOf(all).map(nameOf);
  return names.length === 0
    ? ''
    : ` E-mail and SMS need no step: ${names.join(', ')} belongs to no region, and pods here send by it as there.`;
}

/** Nodes for the most of every pod of a site. */
const nodes = ({ all, clusters, site }: AzureOutputs): readonly string[] => {
  const pods = mostPods(clusters);
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

/** What is said to the cluster of a site of each service that receives messages. */
const receivers = ({ clusters: [cluster] }: AzureOutputs, recovery: AzureOutputs, say: string): readonly string[] =>
  receiversAt(recovery).map(
    ({ name, namespace }) =>
      `kubectl --context ${cluster?.name ?? ''} annotate scaledobject ${name} --namespace ${namespace} --overwrite ${say}`,
  );

const rest = (site: AzureOutputs, recovery: AzureOutputs): readonly string[] =>
  receivers(site, recovery, `${RESTING}=0`);

const wake = (site: AzureOutputs, recovery: AzureOutputs): readonly string[] =>
  receivers(site, recovery, `${RESTING}-`);
