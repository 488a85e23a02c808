import type { Release } from '../platform/nouns/release';

/** What runs the pods of a service: plain releases are Kubernetes' own, all others those of Argo Rollouts. */
export interface WorkloadReference {
  readonly apiVersion: 'apps/v1' | 'argoproj.io/v1alpha1';
  readonly kind: 'Deployment' | 'Rollout';
  readonly name: string;
}

/** How scaling names what runs a service's pods. */
export const workloadReference = (service: string, { kind }: Release): WorkloadReference =>
  kind === 'rolling'
    ? { apiVersion: 'apps/v1', kind: 'Deployment', name: service }
    : { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: service };
