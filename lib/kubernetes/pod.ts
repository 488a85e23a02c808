import { ending, hasTraffic } from '../platform/ending';
import { meshProxy, meshProxyMostGiB } from '../platform/mesh';
import { upgradesStatistic } from '../platform/mesh-figures';
import { kubernetesAccount, serviceContainer } from '../platform/names';
import type { Service } from '../platform/nouns/service';
import { containerConfinement, podConfinement, resourcesOf, temporaryMount, temporaryVolume } from './confinement';
import type { ClusterContext } from './context';
import { labelsOf, selectorOf, versionHash } from './labels';
import { placement } from './placement';
import { probes } from './probes';
import { cpuQuantity, memoryQuantity } from './quantity';
import { jobEnvironment, serviceEnvironment, type Variable } from './service-environment';
import type { ServiceImage } from './service-image';
import { namesPastProxy } from './system-pods';
import { warehouseMounts, warehouseVolumes } from './warehouse-access';

/** What a pod of a service's namespace is for: requests and messages, bringing its tables up to date, or work by the clock. */
export type PodKind = 'job' | 'migration' | 'service';

/** Which pods are a service's own, and which bring its tables up to date. */
export const podSelector = (service: string, kind: PodKind): Record<string, string> =>
  selectorOf({ name: service, component: kind });

/** What pods of a service are made from. */
export interface PodInput {
  readonly context: Pick<ClusterContext, 'cloud' | 'platform' | 'siteName'>;
  readonly service: string;
  readonly spec: Service;
  readonly image: ServiceImage;
}

/** What the proxy of a pod is told: how much it may take, and to stay for as long as a connection is open. */
const proxyAnnotations: Record<string, string> = {
  'sidecar.istio.io/proxyCPU': cpuQuantity(meshProxy.vcpu),
  'sidecar.istio.io/proxyMemory': memoryQuantity(meshProxy.memoryGiB),
  'sidecar.istio.io/proxyMemoryLimit': memoryQuantity(meshProxyMostGiB),
  // It starts before the process and ends after it, so that a pod which is done once is done.
  'sidecar.istio.io/nativeSidecar': 'true',
  ...namesPastProxy,
};

/** Settings of a pod's proxy: where clients keep connections open, it counts them, too. */
const proxyConfig = ({ sockets }: Pick<Service, 'sockets'>): string =>
  JSON.stringify({
    proxyMetadata: { EXIT_ON_ZERO_ACTIVE_CONNECTIONS: 'true' },
    ...(sockets === undefined ? {} : { proxyStatsMatcher: { inclusionRegexps: [upgradesStatistic] } }),
  });

/** What every pod of a service's namespace has in common, whatever it is for. */
const commonSpec = ({ context, service, spec }: PodInput) => ({
  serviceAccountName: kubernetesAccount(service),
  // Tokens of the workload's identity and of the mesh are put in by those who need them.
  automountServiceAccountToken: false,
  enableServiceLinks: false,
  ...placement(context.cloud, service),
  securityContext: podConfinement,
  volumes: [temporaryVolume(spec.capacity), ...warehouseVolumes(context, service)],
});

const commonContainer = ({ context, image, service, spec }: PodInput, env = serviceEnvironment(context, service)) => ({
  image: image.reference,
  imagePullPolicy: 'IfNotPresent' as const,
  terminationMessagePolicy: 'FallbackToLogsOnError' as const,
  env,
  resources: resourcesOf(spec.capacity),
  securityContext: containerConfinement,
  volumeMounts: [temporaryMount, ...warehouseMounts(context, service)],
});

/** Labels and annotations of a pod. */
const podMetadata = ({ context, service, spec }: PodInput, kind: PodKind) => ({
  labels: {
    ...labelsOf({ platform: context.platform, name: service, component: kind, team: spec.team }),
    ...context.cloud.account(service).podLabels,
  },
  annotations: {
    'kubectl.kubernetes.io/default-container': serviceContainer,
    ...proxyAnnotations,
    'proxy.istio.io/config': proxyConfig(spec),
    ...context.cloud.account(service).podAnnotations,
  },
});

/**
 * Spreads pods over zones and nodes, each version by itself. Where a zone has no room, pods start in another: a service that is
 * short of pods is worse off than one that stands unevenly.
 */
const spread = (service: string) =>
  ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((topologyKey) => ({
    topologyKey,
    maxSkew: 1,
    whenUnsatisfiable: 'ScheduleAnyway' as const,
    labelSelector: { matchLabels: podSelector(service, 'service') },
    matchLabelKeys: [versionHash],
  }));

/** The pods of a service. */
export function servicePod(input: PodInput) {
  const { context, image, service, spec } = input;
  const { graceSeconds, waitSeconds } = ending(spec, hasTraffic(context.platform, service));
  return {
    metadata: podMetadata(input, 'service'),
    spec: {
      ...commonSpec(input),
      terminationGracePeriodSeconds: graceSeconds,
      topologySpreadConstraints: spread(service),
      containers: [
        {
          name: serviceContainer,
          ...commonContainer(input),
          ...(image.command === undefined ? {} : { command: [...image.command] }),
          ports: [{ name: spec.protocol, containerPort: spec.port, protocol: 'TCP' as const }],
          ...probes(spec, image),
          lifecycle: { preStop: { sleep: { seconds: waitSeconds } } },
        },
      ],
    },
  };
}

/** The pod that runs a command of the service's image once, as the service itself. */
const oncePod = (input: PodInput, kind: PodKind, command: readonly string[], env?: Variable[]) => ({
  metadata: podMetadata(input, kind),
  spec: {
    ...commonSpec(input),
    restartPolicy: 'Never' as const,
    containers: [{ name: serviceContainer, ...commonContainer(input, env), command: [...command] }],
  },
});

/** The pod that brings a service's tables up to date. */
export const migrationPod = (input: PodInput, command: readonly string[]) => oncePod(input, 'migration', command);

/** The pod that does a service's work by the clock. */
export const jobPod = (input: PodInput, job: string, command: readonly string[]) =>
  oncePod(input, 'job', command, jobEnvironment(input.context, input.service, job));
