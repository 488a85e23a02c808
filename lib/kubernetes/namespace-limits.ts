import { meshProxy, meshProxyMostGiB } from '../platform/mesh';
import type { Capacity } from '../platform/nouns/scalars';
import { cpuQuantity, memoryQuantity } from './quantity';

/** Equal pods that a namespace may hold at once. */
export interface PodGroup {
  readonly count: number;
  /** What one of them asks for, the mesh's proxy left out. */
  readonly capacity: Capacity;
}

/** What a namespace is measured by. */
export interface NamespaceRoom {
  readonly groups: readonly PodGroup[];
  /** Whether a proxy of the mesh stands in each pod. */
  readonly inMesh: boolean;
  /** Balancers of the cloud that may stand before its pods. @default 0 */
  readonly balancers?: number;
}

/**
 * What a namespace may spend: room for the pods that it is made for, at their most, and nothing that a platform of services
 * does without: disks, and ways in from outside. Processors are counted by what is asked for, memory also by what may be taken.
 */
export function resourceQuota({ balancers = 0, groups, inMesh }: NamespaceRoom): Record<string, string> {
  const proxy = inMesh ? { ...meshProxy, mostGiB: meshProxyMostGiB } : { vcpu: 0, memoryGiB: 0, mostGiB: 0 };
  const sum = (each: (group: PodGroup) => number) =>
    groups.reduce((total, group) => total + group.count * each(group), 0);
  return {
    pods: String(sum(() => 1)),
    'requests.cpu': cpuQuantity(sum(({ capacity }) => capacity.vcpu + proxy.vcpu)),
    'requests.memory': memoryQuantity(sum(({ capacity }) => capacity.memoryGiB + proxy.memoryGiB)),
    'limits.memory': memoryQuantity(sum(({ capacity }) => capacity.memoryGiB + proxy.mostGiB)),
    persistentvolumeclaims: '0',
    'services.loadbalancers': String(balancers),
    'services.nodeports': '0',
  };
}

/** What a container has that does not say what it needs; ours. */
const silent: Capacity = { vcpu: 0.1, memoryGiB: 0.125 };

/** The least that a container may ask for, so that nothing is placed as if it were free. */
const least: Capacity = { vcpu: 0.01, memoryGiB: 1 / 64 };

/** A limit range, as Kubernetes has it. */
export interface ContainerLimits {
  readonly type: 'Container';
  readonly default: Record<string, string>;
  readonly defaultRequest: Record<string, string>;
  readonly min: Record<string, string>;
  readonly max: Record<string, string>;
}

const both = ({ memoryGiB, vcpu }: Capacity): Record<string, string> => ({
  cpu: cpuQuantity(vcpu),
  memory: memoryQuantity(memoryGiB),
});

/**
 * Bounds of each container of a namespace. Processors have no upper bound: one would refuse containers without a limit, and a
 * limit slows a process down while its node has nothing else to do.
 */
export function containerLimits({ groups, inMesh }: NamespaceRoom): ContainerLimits {
  const most = Math.max(
    silent.memoryGiB,
    inMesh ? meshProxyMostGiB : 0,
    ...groups.map(({ capacity }) => capacity.memoryGiB),
  );
  return {
    type: 'Container',
    default: { memory: memoryQuantity(silent.memoryGiB) },
    defaultRequest: both(silent),
    min: both(least),
    max: { memory: memoryQuantity(most) },
  };
}
