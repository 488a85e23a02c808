import type { Platform } from '../../platform/platform';
import { nodesFor, nodeSizes } from '../../platform/azure-nodes';
import { numberOf } from '../json';
import { resourcesOf } from '../azure/stack';
import type { Cluster } from '../kubernetes/cluster';
import { workloadsOf } from '../kubernetes/workloads';
import { betweenOf } from './between-of';
import { assumed } from './data/figures';
import type { AzureOutputs, Outputs } from './outputs';
import { longest, shownParts, sumOf, type Part, type Sum } from './part';
import { problemAt, type Problem } from './problem';
import { mostPods } from './replicas';
import { probeSeconds, runsService } from './service-pods';
import { waiversOf } from './waivers';

/** From the loss of the primary to service on the recovery site. Parts that follow each other are added; what goes on meanwhile is said. */
export const recoveryTime = (outputs: Outputs, platform: Platform): Sum | undefined => {
  const goal = platform.goals.recovery;
  if (goal === undefined) return undefined;
  const between = betweenOf(outputs);
  const promotion = between.promotion(outputs, platform);
  const parts = [
    between.detection(outputs),
    {
      part: 'somebody on call agrees',
      seconds: goal.approvalMinutes * 60,
      source: 'goals.recovery.approvalMinutes of the definition',
    },
    ...promotion,
    nodes(outputs.recovery, promotion),
    pods(outputs.recovery.clusters),
    ...between.traffic(outputs, platform),
    ...waiversOf(platform).map(({ minutes, of, reason }) => ({
      part: `without ${of}`,
      seconds: minutes * 60,
      source: `waives.${of} of the definition: ${reason}`,
    })),
  ];
  return sumOf(parts, goal.timeMinutes);
};

/** What is worse than promised, with the sum; or a part of which nothing is known. */
export function timeProblems(time: Sum | undefined): readonly Problem[] {
  if (time === undefined) {
    return [problemAt('goals', 'time', 'must be promised by goals.recovery, since there is a recovery site: write it')];
  }
  const { goalSeconds, parts, seconds } = time;
  return seconds <= goalSeconds
    ? []
    : [
        problemAt(
          'goals',
          'time',
          `is ${seconds} s and goals.recovery.timeMinutes allows ${goalSeconds} s: ${shownParts(parts)}; shorten a part, or promise what they add up to`,
        ),
      ];
}

/** Nodes for the most of every pod, as far as they do not stand yet. They are asked for while the fence is waited for. */
function nodes({ clusters, site }: AzureOutputs, meanwhile: readonly Part[]): Part {
  const all = mostPods(clusters);
  const pools = resourcesOf(site, 'azurerm_kubernetes_cluster_node_pool');
  const isFull = pools.some(({ arguments: given }) => {
    const size = nodeSizes.find(({ vmSize }) => vmSize === given.vm_size);
    return size !== undefined && (numberOf(given.min_count) ?? 0) >= nodesFor(size, all);
  });
  const where = pools.map(
    ({ address, arguments: given, stack }) =>
      `cdktf.out ${stack}: ${address}, at least ${String(numberOf(given.min_count))}`,
  );
  return isFull
    ? { part: 'nodes', seconds: 0, source: `stand already: ${where.join(', ')}` }
    : {
        part: 'nodes, beyond what fence and promotion take anyway',
        seconds: Math.max(0, assumed.nodes.seconds - meanwhile.reduce((sum, { seconds }) => sum + seconds, 0)),
        source: `${assumed.nodes.seconds} s ${assumed.nodes.source}; ${where.join(', ')}`,
      };
}

/** Until the slowest pod is taken for ready. */
function pods(clusters: readonly Cluster[]): Part {
  const starts = clusters.flatMap(workloadsOf).flatMap(({ containers, object }) =>
    containers.filter(runsService).map(({ value }) => ({
      seconds:
        (probeSeconds(value.startupProbe, 'failureThreshold') ?? 0) +
        (probeSeconds(value.readinessProbe, 'successThreshold') ?? 0),
      source: `k8s.out ${object.file}: startupProbe and readinessProbe`,
    })),
  );
  return {
    part: 'pods are ready',
    ...longest(starts, { seconds: Infinity, source: 'nothing in k8s.out: no pod of a service' }),
  };
}
