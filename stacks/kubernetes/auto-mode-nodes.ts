import type { OwnNodes } from '../../lib/kubernetes/cloud';
import { fleetOf, nodeFamilies, nodeLimits, nodeVcpus, sharedFleet } from '../../lib/platform/eks-nodes';
import { clusterTag, eksCluster, eksNodeRole, scopeNodes, scopeNodesTag, stagePrefix } from '../../lib/platform/names';
import type { Capacity } from '../../lib/platform/nouns/scalars';
import type { EksSite } from '../../lib/platform/nouns/site';
import { scopeTag } from '../../lib/platform/scopes';
import type { Platform } from '../../lib/platform/platform';

/** A node is replaced by one with a newer system after this; ours. EKS does it after three weeks in any case. */
const expireAfter = '336h';

/** How long pods of a node may take to end when it is replaced; ours. The slowest drain fits in it. */
const terminationGracePeriod = '1h';

/**
 * Nodes of services in Auto Mode: on ARM, in the zones of the site, of the newer families, bought as needed; never beyond what the
 * platform's largest scale asks for, and at most a tenth of them replaced at once. Their disks are encrypted with the platform's key.
 * A scope has such nodes for itself: in its own subnets, under its own key, with a taint that keeps all other pods away.
 */
export function autoModeNodes(platform: Platform, site: Pick<EksSite, 'zones'>): readonly OwnNodes[] {
  const cluster = eksCluster(platform);
  const shared: Ground = {
    name: 'services',
    subnets: { [clusterTag]: cluster },
    groups: { 'aws:eks:cluster-name': cluster },
    key: `${stagePrefix(platform)}/data`,
    limits: nodeLimits(sharedFleet(platform)),
  };
  const apart = Object.entries(platform.scopes).map(([scope, spec]): Ground => ({
    name: `scope-${scope}`,
    subnets: { [scopeNodesTag]: scopeNodes(platform, scope) },
    groups: { [scopeNodesTag]: scopeNodes(platform, scope) },
    key: `${stagePrefix(platform)}-${scope}/data`,
    limits: nodeLimits(fleetOf(platform, spec.services)),
    scope,
  }));
  return [shared, ...apart].map((ground) => nodesOn(platform, site, ground));
}

/** Where nodes stand and whose they are. */
interface Ground {
  readonly name: string;
  /** Tags of their subnets, and of their groups. */
  readonly subnets: Record<string, string>;
  readonly groups: Record<string, string>;
  /** Alias of the key of their disks. */
  readonly key: string;
  readonly limits: Capacity;
  /** Whose pods alone stand there. @default - everybody's but those of scopes */
  readonly scope?: string;
}

function nodesOn(platform: Platform, { zones }: Pick<EksSite, 'zones'>, ground: Ground): OwnNodes {
  const { groups, key, limits, name, scope, subnets } = ground;
  const isIn = (key: string, values: readonly string[]) => ({ key, operator: 'In' as const, values: [...values] });
  return {
    name,
    nodeClass: {
      role: eksNodeRole(platform),
      subnetSelectorTerms: [{ tags: subnets }],
      securityGroupSelectorTerms: [{ tags: groups }],
      // Pods go out under addresses of their own: a node would choose ports to which the lists of a scope let nobody answer.
      ...(scope === undefined ? {} : { snatPolicy: 'Disabled' as const }),
      // Every namespace refuses by a policy of its own; what has none yet is refused as well.
      networkPolicy: 'DefaultDeny',
      networkPolicyEventLogs: 'Enabled',
      ephemeralStorage: { size: '80Gi', kmsKeyID: `alias/${key}` },
      tags: {
        platform: platform.name,
        stage: platform.stageName,
        owner: platform.owner.team,
        'cost-centre': platform.owner.costCentre,
        ...(scope === undefined ? {} : { [scopeTag]: scope }),
      },
    },
    nodePool: {
      template: {
        ...(scope === undefined ? {} : { metadata: { labels: { [scopeNodesTag]: scope } } }),
        spec: {
          ...(scope === undefined
            ? {}
            : { taints: [{ key: scopeNodesTag, value: scope, effect: 'NoSchedule' as const }] }),
          nodeClassRef: { group: 'eks.amazonaws.com', kind: 'NodeClass', name },
          expireAfter,
          terminationGracePeriod,
          requirements: [
            isIn('kubernetes.io/arch', ['arm64']),
            isIn('karpenter.sh/capacity-type', ['on-demand']),
            isIn('topology.kubernetes.io/zone', zones),
            isIn('eks.amazonaws.com/instance-category', nodeFamilies),
            isIn('eks.amazonaws.com/instance-cpu', nodeVcpus.map(String)),
            { key: 'eks.amazonaws.com/instance-generation', operator: 'Gt', values: ['5'] },
          ],
        },
      },
      limits: { cpu: String(limits.vcpu), memory: `${limits.memoryGiB}Gi` },
      disruption: {
        consolidationPolicy: 'WhenEmptyOrUnderutilized',
        consolidateAfter: '10m',
        budgets: [{ nodes: '10%' }],
      },
    },
  };
}
