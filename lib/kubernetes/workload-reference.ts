/** What runs the pods of a service: Argo Rollouts, however its releases go. */
export const rollout = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout' } as const;

/** How scaling names what runs a service's pods. */
export const workloadReference = (service: string) => ({ ...rollout, name: service });
