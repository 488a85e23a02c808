import { meshProxy, meshProxyMostGiB } from '../platform/mesh';
import type { ClusterContext } from './context';
import { copiedImage } from './copied-image';
import { meshConfig, type MeshConfig } from './mesh-config';
import { cpuQuantity, memoryQuantity } from './quantity';
import {
  criticalPriority,
  oneAtATime,
  restrictedPod,
  systemProcess,
  systemResources,
  type Resources,
  type RestrictedPod,
  type SystemProcess,
} from './system-pod';

type Context = Pick<ClusterContext, 'cloud' | 'cluster' | 'platform'>;

/** Secret of the authority of the mesh, which cert-manager keeps and the control plane signs with. */
export const meshAuthoritySecret = 'cacerts';

/** Values of the chart `base`, as far as they are set. */
export interface IstioBaseValues {
  readonly defaultRevision: 'default';
  readonly base: { readonly validationFailurePolicy: 'Fail' };
  readonly global: { readonly enableReaderRBAC: false };
}

/** Kinds of the mesh, and the webhook that refuses what it would not understand. One cluster needs no reader of others. */
export const istioBaseValues = (): IstioBaseValues => ({
  defaultRevision: 'default',
  base: { validationFailurePolicy: 'Fail' },
  global: { enableReaderRBAC: false },
});

/** Values of the chart `istiod`, as far as they are set. */
export interface IstiodValues extends SystemProcess {
  readonly image: string;
  readonly autoscaleEnabled: true;
  readonly autoscaleMin: number;
  readonly autoscaleMax: number;
  readonly rollingMaxSurge: number;
  readonly rollingMaxUnavailable: number;
  readonly seccompProfile: RestrictedPod['seccompProfile'];
  readonly pdb: { readonly minAvailable: number; readonly unhealthyPodEvictionPolicy: 'AlwaysAllow' };
  readonly cni: { readonly enabled: true; readonly provider: 'default' };
  readonly env: { readonly ENABLE_NATIVE_SIDECARS: 'true' };
  readonly volumes: readonly { readonly name: string; readonly secret: { readonly secretName: string } }[];
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string; readonly readOnly: true }[];
  readonly base: { readonly validationFailurePolicy: 'Fail' };
  readonly meshConfig: MeshConfig;
  readonly global: {
    readonly priorityClassName: string;
    readonly logAsJson: true;
    readonly multiCluster: { readonly clusterName: string };
    readonly proxy: {
      readonly image: string;
      readonly privileged: false;
      readonly seccompProfile: RestrictedPod['seccompProfile'];
      readonly resources: Resources;
    };
    readonly proxy_init: { readonly image: string };
  };
}

/**
 * The control plane of the mesh. It does not start before it has the authority that cert-manager keeps, or it would make one of
 * its own, which nothing else trusts. Proxies are started before their pods' containers and end after them.
 */
export function istiodValues(context: Context): IstiodValues {
  const proxy = copiedImage(context, 'istio-proxy');
  const { seccompProfile } = restrictedPod;
  return {
    ...systemProcess(context.cloud.systemNodes, { app: 'istiod' }, { vcpu: 0.5, memoryGiB: 1 }),
    image: copiedImage(context, 'istio-pilot'),
    autoscaleEnabled: true,
    autoscaleMin: 2,
    autoscaleMax: 5,
    rollingMaxSurge: 1,
    rollingMaxUnavailable: 0,
    seccompProfile,
    pdb: { minAvailable: oneAtATime.maxUnavailable, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
    cni: { enabled: true, provider: 'default' },
    env: { ENABLE_NATIVE_SIDECARS: 'true' },
    // The chart mounts the secret where it may be missing; this one may not.
    volumes: [{ name: 'authority', secret: { secretName: meshAuthoritySecret } }],
    volumeMounts: [{ name: 'authority', mountPath: '/etc/authority', readOnly: true }],
    base: { validationFailurePolicy: 'Fail' },
    meshConfig,
    global: {
      priorityClassName: criticalPriority,
      logAsJson: true,
      multiCluster: { clusterName: context.cluster },
      proxy: {
        image: proxy,
        privileged: false,
        seccompProfile,
        resources: {
          requests: { cpu: cpuQuantity(meshProxy.vcpu), memory: memoryQuantity(meshProxy.memoryGiB) },
          limits: { memory: memoryQuantity(meshProxyMostGiB) },
        },
      },
      // What looks whether the network of a pod is set up, where an agent on the node does it.
      proxy_init: { image: proxy },
    },
  };
}

/** Values of the chart `cni`, as far as they are set. */
export interface IstioCniValues {
  readonly image: string;
  readonly chained: true;
  readonly ambient: { readonly enabled: false };
  readonly repair: {
    readonly enabled: true;
    readonly repairPods: true;
    readonly deletePods: false;
    readonly labelPods: false;
  };
  readonly useAppArmorAnnotation: false;
  readonly excludeNamespaces: readonly string[];
  readonly resources: Resources;
  readonly updateStrategy: {
    readonly type: 'RollingUpdate';
    readonly rollingUpdate: { readonly maxUnavailable: number };
  };
  readonly global: { readonly logAsJson: true };
}

/**
 * The agent that sets up the network of pods in the mesh, on every node whatever its taints: pods need no rights over the
 * network themselves. A pod that started before it is set up later.
 */
export const istioCniValues = (context: Context): IstioCniValues => ({
  image: copiedImage(context, 'istio-cni'),
  chained: true,
  ambient: { enabled: false },
  repair: { enabled: true, repairPods: true, deletePods: false, labelPods: false },
  useAppArmorAnnotation: false,
  excludeNamespaces: ['kube-system'],
  resources: systemResources({ vcpu: 0.1, memoryGiB: 0.125 }),
  updateStrategy: { type: 'RollingUpdate', rollingUpdate: oneAtATime },
  global: { logAsJson: true },
});
