import type { OwnNodes } from '../../lib/kubernetes/cloud';
import { nodesName } from '../../lib/kubernetes/nodes';
import { nodeFamilies, nodeLimits, nodeVcpus } from '../../lib/platform/eks-nodes';
import { clusterTag, eksCluster, eksNodeRole, stagePrefix } from '../../lib/platform/names';
import type { EksSite } from '../../lib/platform/nouns/site';
import type { Platform } from '../../lib/platform/platform';

/** A node is replaced by one with a newer system after this; ours. EKS does it after three weeks in any case. */
const expireAfter = '336h';

/** How long pods of a node may take to end when it is replaced; ours. The slowest drain fits in it. */
const terminationGracePeriod = '1h';

/**
 * Nodes of services in Auto Mode: on ARM, in the zones of the site, of the newer families, bought as needed; never beyond what the
 * platform's largest scale asks for, and at most a tenth of them replaced at once. Their disks are encrypted with the platform's key.
 */
export function autoModeNodes(platform: Platform, { zones }: Pick<EksSite, 'zones'>): OwnNodes {
  const cluster = eksCluster(platform);
  const { memoryGiB, vcpu } = nodeLimits(platform);
  const isIn = (key: string, values: readonly string[]) => ({ key, operator: 'In' as const, values: [...values] });
  return {
    nodeClass: {
      role: eksNodeRole(platform),
      subnetSelectorTerms: [{ tags: { [clusterTag]: cluster } }],
      securityGroupSelectorTerms: [{ tags: { 'aws:eks:cluster-name': cluster } }],
      // Every namespace refuses by a policy of its own; what has none yet is refused as well.
      networkPolicy: 'DefaultDeny',
      networkPolicyEventLogs: 'Enabled',
      ephemeralStorage: { size: '80Gi', kmsKeyID: `alias/${stagePrefix(platform)}/data` },
      tags: {
        platform: platform.name,
        stage: platform.stageName,
        owner: platform.owner.team,
        'cost-centre': platform.owner.costCentre,
      },
    },
    nodePool: {
      template: {
        spec: {
          nodeClassRef: { group: 'eks.amazonaws.com', kind: 'NodeClass', name: nodesName },
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
      limits: { cpu: String(vcpu), memory: `${memoryGiB}Gi` },
      disruption: {
        consolidationPolicy: 'WhenEmptyOrUnderutilized',
        consolidateAfter: '10m',
        budgets: [{ nodes: '10%' }],
      },
    },
  };
}
