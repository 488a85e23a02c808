/**
 * Types of custom resources, as their own projects define them. Types alone: nothing of these packages is loaded.
 */
export type { IRollout } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/Rollout' with {
  'resolution-mode': 'import',
};
export type { IAnalysisTemplate } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/AnalysisTemplate' with {
  'resolution-mode': 'import',
};
export type { IVirtualService } from '@kubernetes-models/istio/networking.istio.io/v1/VirtualService' with {
  'resolution-mode': 'import',
};
