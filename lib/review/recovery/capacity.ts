import { kubernetesNamespace, loadsWord } from '../../platform/names';
import type { Platform } from '../../platform/platform';
import { cacheMemoryGiB, postgresSizes } from '../../platform/azure-sizes';
import { nodesFor, nodeSizes } from '../../platform/azure-nodes';
import { numberOf, objectOf, textOf } from '../json';
import { resourcesOf } from '../azure/stack';
import { ofKind } from '../kubernetes/find';
import { placeIn } from '../kubernetes/place';
import { amount } from '../kubernetes/quantity';
import { betweenOf } from './between-of';
import { kebab } from './capability';
import type { AzureOutputs, Outputs, SiteOutputs } from './outputs';
import { problemAt, type Problem } from './problem';
import { mostPods, podsOf, replicasAt, type Replicas } from './replicas';

/** What the recovery site must have at full size, and has. */
export interface CapacityRow {
  /** `services.order replicas` */
  readonly what: string;
  readonly goal: number;
  readonly recovery: number;
  readonly unit: string;
  /** Where the goal stands, and where what is there. */
  readonly at: string;
}

/** What the recovery site has at full size, beside what the primary may grow to. */
export function capacityRows(outputs: Outputs, platform: Platform): readonly CapacityRow[] {
  return [
    ...replicaRows(outputs),
    ...quotaRows(outputs, platform),
    ...nodeRows(outputs.recovery),
    ...databaseRows(outputs, platform),
    ...cacheRows(outputs.recovery, platform),
  ];
}

export const capacityProblems = (rows: readonly CapacityRow[]): readonly Problem[] =>
  rows
    .filter(({ goal, recovery }) => !(recovery >= goal))
    .map(({ at, goal, recovery, unit, what }) =>
      problemAt(
        'capacity',
        what,
        `must reach ${goal} ${unit} on the recovery site, got ${recovery} (${at}): make the recovery site as large as the primary may grow`,
      ),
    );

/** Each service and the gateway: as many replicas, each as large. */
function replicaRows({ primary, recovery }: Outputs): readonly CapacityRow[] {
  const pods = recovery.clusters.flatMap(podsOf);
  return replicasAt(primary).flatMap((task) => {
    const here = pods.find(({ name }) => name === task.name);
    const measures: readonly (readonly [keyof Omit<Replicas, 'name' | 'at'>, string])[] = [
      ['most', 'replicas'],
      ['vcpu', 'vCPU each'],
      ['memoryGiB', 'GiB each'],
    ];
    return measures.map(([measure, unit]) => ({
      what: `${task.name} ${unit}`,
      goal: task[measure],
      recovery: here?.[measure] ?? 0,
      unit,
      at: `${task.at}; ${here?.at ?? 'nothing on the recovery site'}`,
    }));
  });
}

/** What a namespace may spend, where both sites have clusters: whatever the primary's may, but for load tests, which nobody needs there. */
function quotaRows({ primary, recovery }: Outputs, platform: Platform): readonly CapacityRow[] {
  const loads = kubernetesNamespace(platform, loadsWord);
  const quotas = ({ clusters }: SiteOutputs) => clusters.flatMap((cluster) => ofKind(cluster, 'ResourceQuota'));
  const kept = quotas(primary).filter(({ namespace }) => namespace !== loads);
  return kept.flatMap((quota) => {
    const here = quotas(recovery).find((each) => each.namespace === quota.namespace && each.name === quota.name);
    return Object.entries(objectOf(placeIn(quota.value, 'spec.hard'))).map(([measure, most]) => ({
      what: `quota of ${quota.namespace} ${measure}`,
      goal: amount(most),
      recovery: amount(here && objectOf(placeIn(here.value, 'spec.hard'))[measure]),
      unit: measure.includes('memory') ? 'bytes' : measure,
      at: `k8s.out ${quota.file}; ${here?.file ?? 'nothing on the recovery site'}`,
    }));
  });
}

/** Nodes for the most of every pod. */
function nodeRows({ clusters, site }: AzureOutputs): readonly CapacityRow[] {
  const pods = mostPods(clusters);
  return resourcesOf(site, 'azurerm_kubernetes_cluster_node_pool').map(({ address, arguments: given, stack }) => {
    const size = nodeSizes.find(({ vmSize }) => vmSize === given.vm_size);
    return {
      what: `nodes ${textOf(given.name) ?? ''}`,
      ...(size === undefined
        ? { goal: 1, recovery: 0, unit: `nodes of a size that is known, not ${textOf(given.vm_size) ?? 'none'}` }
        : { goal: nodesFor(size, pods), recovery: numberOf(given.max_count) ?? 0, unit: `nodes of ${size.vmSize}` }),
      at: `the pods above at their most; cdktf.out ${stack}: ${address}`,
    };
  });
}

function databaseRows(outputs: Outputs, { databases, stage }: Platform): readonly CapacityRow[] {
  const region = stage.sites.recovery?.region ?? '';
  return betweenOf(outputs)
    .databases(outputs)
    .flatMap((pair): readonly CapacityRow[] => {
      const spec = databases[pair.name];
      if (spec?.engine !== 'postgres') return [];
      const given = pair.recovery.arguments;
      const size = postgresSizes(region).find(({ sku }) => sku === given.sku_name);
      const row = (measure: string, goal: number, recovery: number, unit: string): CapacityRow => ({
        what: `databases.${pair.name} ${measure}`,
        goal,
        recovery,
        unit,
        at: `databases.${pair.name}; ${pair.at}`,
      });
      return [
        row('processors', spec.capacity.vcpu, size?.vcpu ?? 0, 'vCPU'),
        row('memory', spec.capacity.memoryGiB, size?.memoryGiB ?? 0, 'GiB'),
        row(
          'disk',
          spec.storageGiB,
          given.auto_grow_enabled === true ? MOST_GIB : (numberOf(given.storage_mb) ?? 0) / 1024,
          'GiB',
        ),
      ];
    });
}

/** What the disk of a server may grow to by itself. https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-storage */
const MOST_GIB = 32_768;

const cacheRows = ({ site }: AzureOutputs, { caches }: Platform): readonly CapacityRow[] =>
  resourcesOf(site, 'azurerm_managed_redis').flatMap(({ address, arguments: given, path, stack }) => {
    const name = kebab(/\/(\w+)Cache\//.exec(path)?.[1] ?? '');
    const spec = caches[name];
    return spec === undefined
      ? []
      : [
          {
            what: `caches.${name} memory`,
            goal: spec.memoryGiB * spec.shards,
            recovery: cacheMemoryGiB(textOf(given.sku_name) ?? '') ?? 0,
            unit: 'GiB for data',
            at: `caches.${name}; cdktf.out ${stack}: ${address}`,
          },
        ];
  });
