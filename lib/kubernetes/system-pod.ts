import type { Capacity } from '../platform/nouns/scalars';
import type { SystemNodes } from './cloud';
import { cpuQuantity, memoryQuantity } from './quantity';

/** What a container asks for and may take, as charts have it. */
export interface Resources {
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: { readonly memory: string };
}

/**
 * What a container of a system asks for, and may take: processors as they are free, and of memory twice what it asks for,
 * since a controller reads the whole cluster when it starts.
 */
export const systemResources = ({ memoryGiB, vcpu }: Capacity): Resources => ({
  requests: { cpu: cpuQuantity(vcpu), memory: memoryQuantity(memoryGiB) },
  limits: { memory: memoryQuantity(memoryGiB * 2) },
});

/** How pods of a workload stand apart, as Kubernetes has it. */
export interface Spread {
  readonly topologyKey: string;
  readonly maxSkew: number;
  readonly whenUnsatisfiable: 'DoNotSchedule' | 'ScheduleAnyway';
  readonly nodeTaintsPolicy?: 'Honor';
  readonly labelSelector: { readonly matchLabels: Readonly<Record<string, string>> };
  readonly matchLabelKeys: readonly string[];
}

/**
 * Pods of one version in different zones where they can be, and never two on one node. Nodes that are being taken away do not
 * count, so that their pods find others.
 */
export const spreadOver = (labels: Readonly<Record<string, string>>): readonly Spread[] => [
  {
    topologyKey: 'topology.kubernetes.io/zone',
    maxSkew: 1,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: labels },
    matchLabelKeys: ['pod-template-hash'],
  },
  {
    topologyKey: 'kubernetes.io/hostname',
    maxSkew: 1,
    whenUnsatisfiable: 'DoNotSchedule',
    nodeTaintsPolicy: 'Honor',
    labelSelector: { matchLabels: labels },
    matchLabelKeys: ['pod-template-hash'],
  },
];

/** Where pods of a system stand, as charts have it. */
export interface Placement {
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: SystemNodes['tolerations'];
}

/**
 * On the nodes of the cluster's own systems: a service that takes all it may does not take what it needs to be scaled, routed
 * and released.
 */
export const systemPlacement = ({ labels, tolerations }: SystemNodes): Placement => ({
  nodeSelector: { 'kubernetes.io/os': 'linux', ...labels },
  tolerations,
});

/** What the pods of a process of a system have in common, by the names that most charts have for it. */
export interface SystemProcess extends Placement {
  readonly resources: Resources;
  readonly topologySpreadConstraints: readonly Spread[];
}

/** A process of a system whose pods have these labels and ask for so much. */
export const systemProcess = (
  nodes: SystemNodes,
  labels: Readonly<Record<string, string>>,
  capacity: Capacity,
): SystemProcess => ({
  ...systemPlacement(nodes),
  resources: systemResources(capacity),
  topologySpreadConstraints: spreadOver(labels),
});

/** Copies of a system that must answer at any time: one is lost, and one answers. */
export const systemReplicas = 2;

/** Evictions of one pod at a time, which a drained node always gets. */
export const oneAtATime = { maxUnavailable: 1 } as const;

/** The same, as charts have it that make no budget by themselves. */
export const evictionBudget = { enabled: true, ...oneAtATime } as const;
export type EvictionBudget = typeof evictionBudget;

/** A pod without which nothing starts, and so is started first. */
export const criticalPriority = 'system-cluster-critical';

/** What a pod of a system may do: what the standard `restricted` of Kubernetes asks for. */
export const restrictedPod = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } } as const;
export type RestrictedPod = typeof restrictedPod;

/** What a container of a system may do. */
export const restrictedContainer = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
} as const;
export type RestrictedContainer = typeof restrictedContainer;
