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
export type { IDestinationRule } from '@kubernetes-models/istio/networking.istio.io/v1/DestinationRule' with {
  'resolution-mode': 'import',
};
export type { ISidecar } from '@kubernetes-models/istio/networking.istio.io/v1/Sidecar' with {
  'resolution-mode': 'import',
};
export type { IServiceEntry } from '@kubernetes-models/istio/networking.istio.io/v1/ServiceEntry' with {
  'resolution-mode': 'import',
};
export type { IAuthorizationPolicy } from '@kubernetes-models/istio/security.istio.io/v1/AuthorizationPolicy' with {
  'resolution-mode': 'import',
};
export type { IScaledObject } from '@kubernetes-models/keda/keda.sh/v1alpha1/ScaledObject' with {
  'resolution-mode': 'import',
};
export type { ITriggerAuthentication } from '@kubernetes-models/keda/keda.sh/v1alpha1/TriggerAuthentication' with {
  'resolution-mode': 'import',
};
export type { ISecretStore } from '@kubernetes-models/external-secrets/external-secrets.io/v1/SecretStore' with {
  'resolution-mode': 'import',
};
export type { IExternalSecret } from '@kubernetes-models/external-secrets/external-secrets.io/v1/ExternalSecret' with {
  'resolution-mode': 'import',
};
export type { IPeerAuthentication } from '@kubernetes-models/istio/security.istio.io/v1/PeerAuthentication' with {
  'resolution-mode': 'import',
};
export type { IPassword } from '@kubernetes-models/external-secrets/generators.external-secrets.io/v1alpha1/Password' with {
  'resolution-mode': 'import',
};
export type { ITelemetry } from '@kubernetes-models/istio/telemetry.istio.io/v1/Telemetry' with {
  'resolution-mode': 'import',
};
export type { ICertificate } from '@kubernetes-models/cert-manager/cert-manager.io/v1/Certificate' with {
  'resolution-mode': 'import',
};
export type { IIssuer } from '@kubernetes-models/cert-manager/cert-manager.io/v1/Issuer' with {
  'resolution-mode': 'import',
};
export type { IClusterIssuer } from '@kubernetes-models/cert-manager/cert-manager.io/v1/ClusterIssuer' with {
  'resolution-mode': 'import',
};
export type { IApplication } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1/Application' with {
  'resolution-mode': 'import',
};
export type { IAppProject } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1/AppProject' with {
  'resolution-mode': 'import',
};
export type { IPodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor' with {
  'resolution-mode': 'import',
};
export type { INodePool } from '@kubernetes-models/karpenter/karpenter.sh/v1/NodePool' with {
  'resolution-mode': 'import',
};
export type { INodeClass, ITargetGroupBinding } from './eks-types';
