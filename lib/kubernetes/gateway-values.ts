import { createHash } from 'node:crypto';
import { gatewayOf, longestSilenceSeconds } from '../platform/gateway/configuration';
import { gatewayDrainSeconds, gatewayReadyPath, kongEnvironment } from '../platform/gateway/environment';
import { gatewayVariables } from '../platform/gateway/references';
import { admittedPerMinute } from '../platform/load-tests/admitted';
import { kubernetesAccount, gatewayWord } from '../platform/names';
import { gatewayStatusPort } from '../platform/ports';
import { containerConfinement, podConfinement, resourcesOf } from './confinement';
import type { ClusterContext } from './context';
import { scaledByKeda } from './gateway-scaling';
import { selectorOf } from './labels';
import { namesPastProxy } from './system-pods';

/** A key of a secret of the cluster, as charts refer to it. */
interface SecretKey {
  readonly valueFrom: { readonly secretKeyRef: { readonly name: string; readonly key: string } };
}

interface Probe {
  readonly httpGet: { readonly path: string; readonly port: number; readonly scheme: 'HTTPS' };
  readonly initialDelaySeconds: number;
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly successThreshold: number;
  readonly failureThreshold: number;
}

interface Off {
  readonly enabled: false;
}

/** What Kong's chart is told, as its own values name it: https://github.com/Kong/charts/blob/kong-3.4.1/charts/kong/values.yaml */
export interface KongValues {
  readonly nameOverride: string;
  readonly fullnameOverride: string;
  readonly image: {
    readonly unifiedRepoTag: string;
    readonly effectiveSemver: string;
    readonly pullPolicy: 'IfNotPresent';
  };
  readonly env: Readonly<Record<string, string>>;
  readonly customEnv: Readonly<Record<string, SecretKey>>;
  readonly dblessConfig: { readonly configMap: string; readonly secret: string; readonly config: '' };
  readonly secretVolumes: readonly string[];
  readonly ingressController: Off & { readonly admissionWebhook: Off };
  readonly admin: Off;
  readonly manager: Off;
  readonly portal: Off;
  readonly portalapi: Off;
  readonly cluster: Off;
  readonly proxy: Off;
  readonly status: {
    readonly enabled: true;
    readonly http: Off;
    readonly tls: { readonly enabled: true; readonly containerPort: number };
  };
  readonly deployment: {
    readonly kong: { readonly initContainers: { readonly clearStalePid: Off } };
    readonly serviceAccount: {
      readonly create: false;
      readonly name: string;
      readonly automountServiceAccountToken: false;
    };
    readonly minReadySeconds: number;
    readonly prefixDir: { readonly sizeLimit: string };
    readonly tmpDir: { readonly sizeLimit: string };
  };
  readonly replicaCount: number;
  readonly autoscaling:
    | Off
    | {
        readonly enabled: true;
        readonly minReplicas: number;
        readonly maxReplicas: number;
        readonly behavior: object;
        readonly metrics: readonly object[];
      };
  readonly podDisruptionBudget:
    | Off
    | { readonly enabled: true; readonly maxUnavailable: 1; readonly unhealthyPodEvictionPolicy: 'AlwaysAllow' };
  readonly updateStrategy: object;
  readonly podAnnotations: Readonly<Record<string, string>>;
  readonly topologySpreadConstraints: readonly object[];
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly securityContext: object;
  readonly containerSecurityContext: object;
  readonly resources: object;
  readonly readinessProbe: Probe;
  readonly livenessProbe: Probe;
  readonly startupProbe: Probe;
  readonly lifecycle: { readonly preStop: { readonly exec: { readonly command: readonly string[] } } };
  readonly terminationGracePeriodSeconds: number;
}

/** Names of the secrets that the gateway's pods are given. */
export const gatewaySecrets = {
  document: 'gateway-document',
  certificate: 'gateway-certificate',
  limits: 'limits',
} as const;

/** Fields of the secret of the limits' counter. */
export const limitsFields = { user: 'username', password: 'password' } as const;

/** Which pods are the gateway's, by labels that the chart gives them. */
export const gatewaySelector = (): Record<string, string> => selectorOf({ name: gatewayWord, component: 'app' });

/** Where the proxy of the mesh comes from when it hands on what it took: nobody else has this address. */
export const meshInboundAddress = '127.0.0.6/32';

/** How long the balancer goes on sending to a pod that leaves, in seconds: two of its probes, and the news of it. */
export const farewellSeconds = 15;

/** After its drain the proxy of the mesh leaves, in seconds. */
const lastSeconds = 10;

/** Port at which Kong gives its figures to the proxy beside it, and to nobody outside of the pod. */
const figuresPort = 8101;

/**
 * By these the proxy adds the pod's figures to its own: Prometheus is not in the mesh, which knows it by no name and would have to
 * let in every pod.
 */
const figures = {
  'prometheus.io/scrape': 'true',
  'prometheus.io/port': String(figuresPort),
  'prometheus.io/path': '/metrics',
} as const;

/** The directory that the chart mounts a secret into. */
const certificateFolder = `/etc/secrets/${gatewaySecrets.certificate}`;

export interface GatewayValuesInput {
  readonly context: ClusterContext;
  /** Kong, by digest. */
  readonly image: string;
  /** Version of Kong, by which the chart knows what it can do. */
  readonly version: string;
  /** The document as a template. Pods are replaced when it changes, since Kong reads it once. */
  readonly document: string;
}

/**
 * Kong as its chart installs it: without a database, an administration, a controller or a balancer of the chart's own, with the
 * same settings as on ECS.
 */
export function gatewayValues({ context, document, image, version }: GatewayValuesInput): KongValues {
  const { cloud, platform, siteName } = context;
  const gateway = gatewayOf(platform);
  const off = { enabled: false } as const;
  const counts = gateway.kind === 'kong';
  return {
    nameOverride: gatewayWord,
    fullnameOverride: gatewayWord,
    image: { unifiedRepoTag: image, effectiveSemver: version, pullPolicy: 'IfNotPresent' },
    env: chartEnvironment(
      kongEnvironment({
        gateway,
        trustedRanges: [...cloud.balancer().proxies, meshInboundAddress],
        longestTimeoutSeconds: longestSilenceSeconds(platform),
        drainSeconds: gatewayDrainSeconds,
        certificate: { certificate: `${certificateFolder}/tls.crt`, key: `${certificateFolder}/tls.key` },
        admitsLoads: counts && admittedPerMinute(platform, siteName) !== undefined,
      }),
    ),
    customEnv: counts
      ? {
          [gatewayVariables.cacheUser.toLowerCase()]: fromLimits(limitsFields.user),
          [gatewayVariables.cachePassword.toLowerCase()]: fromLimits(limitsFields.password),
        }
      : {},
    // The config is empty, since the chart's own default is a text of comments, which it takes for a document. Without a key in it, the
    // document is no secret.
    dblessConfig: {
      configMap: counts ? '' : gatewaySecrets.document,
      secret: counts ? gatewaySecrets.document : '',
      config: '',
    },
    secretVolumes: [gatewaySecrets.certificate],
    ingressController: { ...off, admissionWebhook: off },
    admin: off,
    manager: off,
    portal: off,
    portalapi: off,
    cluster: off,
    // The balancer is an object of its own: the chart's has no port for health.
    proxy: off,
    status: { enabled: true, http: off, tls: { enabled: true, containerPort: gatewayStatusPort } },
    deployment: {
      // A pod begins with an empty directory, and Kong overwrites what an earlier container of it left.
      kong: { initContainers: { clearStalePid: off } },
      serviceAccount: { create: false, name: kubernetesAccount(gatewayWord), automountServiceAccountToken: false },
      minReadySeconds: 10,
      prefixDir: { sizeLimit: '16Mi' },
      tmpDir: { sizeLimit: '512Mi' },
    },
    ...scaling(gateway.scale),
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 } },
    podAnnotations: {
      'mainstay/document': createHash('sha256').update(document).digest('hex'),
      // The chart would take everything that comes in past the mesh.
      'traffic.sidecar.istio.io/includeInboundPorts': '*',
      'kubectl.kubernetes.io/default-container': 'proxy',
      ...figures,
      ...namesPastProxy,
    },
    topologySpreadConstraints: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((topologyKey) => ({
      topologyKey,
      maxSkew: 1,
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: gatewaySelector() },
      matchLabelKeys: ['pod-template-hash'],
    })),
    nodeSelector: { 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': cloud.architecture },
    securityContext: podConfinement,
    containerSecurityContext: { enabled: true, ...containerConfinement },
    resources: resourcesOf(gateway.capacity),
    ...gatewayProbes(),
    lifecycle: { preStop: { exec: { command: ['sleep', String(farewellSeconds)] } } },
    // The image asks for SIGQUIT, on which nginx finishes what it has begun.
    terminationGracePeriodSeconds: farewellSeconds + gatewayDrainSeconds + lastSeconds,
  };
}

const fromLimits = (key: string): SecretKey => ({
  valueFrom: { secretKeyRef: { name: gatewaySecrets.limits, key } },
});

/**
 * Variables of Kong as the chart spells them, `KONG_SSL_CERT` as `ssl_cert`, and with what else the chart sets that is otherwise
 * on ECS.
 */
export function chartEnvironment(environment: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const named = Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [name.replace(/^KONG_/, '').toLowerCase(), value]),
  );
  return {
    ...named,
    status_listen: `${named['status_listen'] ?? 'off'}, 127.0.0.1:${figuresPort}`,
    router_flavor: 'traditional_compatible',
    nginx_worker_processes: environment['KONG_NGINX_MAIN_WORKER_PROCESSES'] ?? '1',
    stream_listen: 'off',
  };
}

/** Pods are taken away slowly: the next peak may follow the last one, in seconds. */
const calmSeconds = 300;

/**
 * Between which numbers of pods the gateway moves, by the processor time of Kong itself. Where there are requests or schedules too,
 * an object of KEDA does all of it, and the chart nothing.
 */
function scaling(
  scale: ReturnType<typeof gatewayOf>['scale'],
): Pick<KongValues, 'autoscaling' | 'podDisruptionBudget' | 'replicaCount'> {
  const off = { enabled: false } as const;
  const { cpuPercent, max, min } = scale;
  return {
    replicaCount: min,
    autoscaling: !scaledByKeda(scale)
      ? {
          enabled: true,
          minReplicas: min,
          maxReplicas: max,
          behavior: { scaleDown: { stabilizationWindowSeconds: calmSeconds } },
          metrics: [
            {
              type: 'ContainerResource',
              containerResource: {
                name: 'cpu',
                container: 'proxy',
                target: { type: 'Utilization', averageUtilization: cpuPercent },
              },
            },
          ],
        }
      : off,
    // One pod alone would keep its node from being drained.
    podDisruptionBudget:
      min > 1 ? { enabled: true, maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow' } : off,
  };
}

/** How Kong is asked: whether it runs, and whether it has read its document and takes requests. */
function gatewayProbes(): Pick<KongValues, 'livenessProbe' | 'readinessProbe' | 'startupProbe'> {
  const probe = (path: string, periodSeconds: number, failureThreshold: number): Probe => ({
    httpGet: { path, port: gatewayStatusPort, scheme: 'HTTPS' },
    initialDelaySeconds: 1,
    periodSeconds,
    timeoutSeconds: 5,
    successThreshold: 1,
    failureThreshold,
  });
  return {
    startupProbe: probe('/status', 2, 30),
    readinessProbe: probe(gatewayReadyPath, 5, 3),
    livenessProbe: probe('/status', 10, 3),
  };
}
