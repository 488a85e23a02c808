import { objectOf, type Json } from '../../json';
import { namedBy } from '../../azure/private-dns';
import { stackOf, type Resource } from '../../azure/stack';
import { look, type Capability } from '../capability';
import { azureRows } from '../data/azure-rows';
import type { AzureOutputs, Outputs } from '../outputs';
import { azureThing } from '../things';
import { copiesFlags, copiesImages, endpointAt, messageCopies, regionOf } from './copies';
import { followedDatabases } from './databases';
import { originPairs, unpairedGroups } from './edge';
import { means, placeOf } from './place';
import { domainsOf, NO_REGION, sendersOf } from './senders';

/** What shows that a resource of the primary serves the recovery site, too: where it was found; nothing where nothing does. */
type Evidence = (resource: Resource, outputs: Outputs<AzureOutputs>) => string | undefined;

/** A database is on both sites where a replica of the recovery site follows its writer. */
const followed: Evidence = (database, outputs) => {
  const { all } = outputs.primary;
  const writer = namedBy(database, database.arguments.server_id, all);
  const found = followedDatabases(outputs).find((each) => each.writer === writer);
  return found && placeOf(found.recovery);
};

/** Backups can be restored in the other region where they are copied there. */
const restorable: Evidence = (server) =>
  server.arguments.geo_redundant_backup_enabled === true ? placeOf(server) : undefined;

/** Messages are on both sites where the namespace copies them to the other region, and that region's network reaches it. */
const copied =
  (namespaceOf: (resource: Resource, { all }: AzureOutputs) => Resource | undefined): Evidence =>
  (resource, { primary, recovery }) => {
    const namespace = namespaceOf(resource, primary);
    const copies = namespace && messageCopies(namespace, regionOf(recovery), primary);
    const endpoint = namespace && endpointAt(namespace, recovery);
    return copies && endpoint && `${placeOf(copies.by)}; ${placeOf(endpoint)}`;
  };
const inNamespace = copied((part, { all }) => namedBy(part, part.arguments.namespace_id, all));
const inTopic = copied((subscription, { all }) => {
  const topic = namedBy(subscription, subscription.arguments.topic_id, all);
  return topic && namedBy(topic, topic.arguments.namespace_id, all);
});

/** Images are on both sites where the registry copies them, and the other network reaches it. */
const registered: Evidence = (registry, { recovery }) => {
  const endpoint = endpointAt(registry, recovery);
  return endpoint && copiesImages(registry, regionOf(recovery))
    ? `${placeOf(registry)}; ${placeOf(endpoint)}`
    : undefined;
};

/** Flags are on both sites where their store has a copy in the other region, and that region's network reaches it. */
const flagged: Evidence = (store, { recovery }) => {
  const endpoint = endpointAt(store, recovery);
  return endpoint && copiesFlags(store, regionOf(recovery)) ? `${placeOf(store)}; ${placeOf(endpoint)}` : undefined;
};

/** The edge belongs to no region. It serves the recovery site where every group of origins has one of either site. */
const balanced: Evidence = (_, outputs) => {
  const pairs = originPairs(outputs);
  return pairs.length === 0 || unpairedGroups(outputs).length > 0
    ? undefined
    : pairs.map(({ second }) => placeOf(second)).join('; ');
};

/** A domain of e-mail serves both sites where what may send from it belongs to no region. */
const sent: Evidence = (domain, { primary: { all } }) => {
  const sender = sendersOf(all).find((each) => domainsOf(each).some((id) => means(id, domain, each, all)));
  return sender && placeOf(sender);
};

/** What did not arrive is told to both sites where no region tells it, into a queue whose messages are on both. */
const told: Evidence = (subscription, outputs) => {
  const { all } = outputs.primary;
  const topic = namedBy(subscription, subscription.arguments.system_topic, all);
  const queue = namedBy(subscription, subscription.arguments.service_bus_queue_endpoint_id, all);
  const at = queue && inNamespace(queue, outputs);
  return topic?.arguments.location === NO_REGION && at !== undefined ? `${placeOf(topic)}; ${at}` : undefined;
};

/** What is said of a subscription holds for both sites where they share it. */
const subscribed: Evidence = (resource, { primary, recovery }) => {
  const of = (site: AzureOutputs, { stack }: Pick<Resource, 'stack'>): Json =>
    objectOf([objectOf(stackOf({ stack } as Resource, site.all).providers).azurerm].flat()[0]).subscription_id ?? null;
  const [stack] = recovery.site.stacks;
  return stack && of(recovery, { stack: stack.name }) === of(primary, resource) ? placeOf(resource) : undefined;
};

/** By noun, or by noun and name. */
const EVIDENCE: Readonly<Record<string, Evidence>> = {
  databases: followed,
  backups: restorable,
  queues: inNamespace,
  deadLetters: inNamespace,
  topics: inNamespace,
  subscriptions: inTopic,
  flags: flagged,
  registry: registered,
  edge: balanced,
  firewall: balanced,
  emailDomains: sent,
  messageFeedback: told,
  spend: subscribed,
  'audit.posture': subscribed,
  'audit.threat-detection': subscribed,
  'audit.trail': subscribed,
};

/** What stands on the primary and serves the recovery site as well, since the outputs show that it does. */
export const sharedCapabilities = (outputs: Outputs<AzureOutputs>): readonly Capability[] =>
  outputs.primary.site.stacks
    .flatMap(({ resources }) => resources)
    .flatMap((resource) =>
      look(azureThing(resource), azureRows).capabilities.flatMap(({ name, noun }) => {
        const at = (EVIDENCE[`${noun}.${name}`] ?? EVIDENCE[noun])?.(resource, outputs);
        return at === undefined ? [] : [{ noun, name, at }];
      }),
    );
