import { listOf, numberOf, objectOf, shown, textOf, type Json } from '../../json';
import { namedBy } from '../private-dns';
import { reporter, type Rule } from '../rule';
import { kindOf, resourcesOf, type Resource, type Site } from '../stack';

const NAME = 'fleet';
const report = reporter(NAME);

const FLEET = 'azurerm_kubernetes_fleet_manager';
const MEMBER = 'azurerm_kubernetes_fleet_member';
const STRATEGY = 'azurerm_kubernetes_fleet_update_strategy';
const PROFILE = 'Microsoft.ContainerService/fleets/autoUpgradeProfiles';
const CLUSTER = 'azurerm_kubernetes_cluster';

/** What must be upgraded by itself, by channels of which one will do. */
const UPGRADED: Readonly<Record<string, readonly string[]>> = {
  Kubernetes: ['Stable', 'Rapid', 'TargetKubernetesVersion'],
  'images of nodes': ['NodeImage'],
};

/**
 * Clusters of a fleet are upgraded by it, one group after the other and with time in between, and by nothing else; a cluster beside a
 * fleet belongs to it. https://learn.microsoft.com/azure/kubernetes-fleet/concepts-update-orchestration
 */
export const fleet: Rule = {
  name: NAME,
  judge: (stack, site) =>
    stack.resources.flatMap((resource) => problemsOf(resource, site).map((problem) => report(resource, problem))),
};

function problemsOf(resource: Resource, site: Site): readonly string[] {
  switch (resource.type) {
    case CLUSTER:
      return clusterProblems(resource, site);
    case FLEET:
      return fleetProblems(resource, site);
    case STRATEGY:
      return strategyProblems(resource, site);
    default:
      return [];
  }
}

function clusterProblems(cluster: Resource, site: Site): readonly string[] {
  if (resourcesOf(site, FLEET).length === 0) return [];
  const isMember = resourcesOf(site, MEMBER).some(
    (each) => namedBy(each, each.arguments.kubernetes_cluster_id, site) === cluster,
  );
  const { automatic_upgrade_channel: channel, node_os_upgrade_channel: images } = cluster.arguments;
  return [
    ...(isMember ? [] : ['must be a member of the fleet, got none: it is upgraded before or after the others']),
    ...(channel === undefined
      ? []
      : [
          `automatic_upgrade_channel must be left out in a fleet, got ${shown(channel)}: it would not wait for the others`,
        ]),
    ...(images === 'None'
      ? []
      : [`node_os_upgrade_channel must be "None" in a fleet, got ${shown(images)}: it would not wait for the others`]),
  ];
}

function fleetProblems(given: Resource, site: Site): readonly string[] {
  const profiles = resourcesOf(site, 'azapi_resource')
    .filter((each) => kindOf(each) === PROFILE && namedBy(each, each.arguments.parent_id, site) === given)
    .map((each) => ({ each, properties: objectOf(objectOf(each.arguments.body).properties) }))
    .filter(({ properties }) => properties.disabled !== true);
  const channels = profiles.map(({ properties }) => textOf(properties.channel) ?? '');
  return [
    ...Object.entries(UPGRADED)
      .filter(([, any]) => !any.some((channel) => channels.includes(channel)))
      .map(([what, any]) => `must upgrade ${what} by itself, got no profile of ${any.join(' or ')}: make one`),
    ...profiles
      .filter(({ each, properties }) => namedBy(each, properties.updateStrategyId, site)?.type !== STRATEGY)
      .map(({ each }) => `has ${each.address} without a strategy: clusters would be upgraded in any order`),
  ];
}

const groupsOf = (stage: Json): readonly (Json | undefined)[] =>
  listOf(objectOf(stage).group).map((group) => objectOf(group).name);

function strategyProblems(strategy: Resource, site: Site): readonly string[] {
  const stages = listOf(strategy.arguments.stage);
  const staged = stages.flatMap(groupsOf);
  const fleetOf = (each: Resource, id: Json | undefined) => namedBy(each, id, site);
  const given = fleetOf(strategy, strategy.arguments.kubernetes_fleet_manager_id);
  const members = resourcesOf(site, MEMBER)
    .filter((each) => fleetOf(each, each.arguments.kubernetes_fleet_id) === given)
    .map((each) => each.arguments.group);
  return [
    ...members
      .filter((group) => staged.filter((each) => each === group).length !== 1)
      .map((group) => `must have the group ${shown(group)} in one stage: its cluster is upgraded never, or twice`),
    ...(stages.length > 1 || members.length < 2
      ? []
      : ['must have a stage for each group, got one: all clusters would be upgraded at once']),
    ...stages
      .slice(0, -1)
      .filter((stage) => (numberOf(objectOf(stage).after_stage_wait_in_seconds) ?? 0) <= 0)
      .map(
        (stage) => `must wait after stage ${shown(objectOf(stage).name)}, got no time: what is wrong comes out later`,
      ),
  ];
}
