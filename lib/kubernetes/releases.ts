import type { SystemNamespace } from '../platform/system-namespaces';

/** A chart that somebody else publishes, at the one version that is installed. */
export interface Chart {
  /** Name of the chart in its repository. */
  readonly chart: string;
  /** Version of the chart. */
  readonly version: string;
  readonly repository: string;
  /** Version of what the chart installs. Its images are of this version. */
  readonly appVersion: string;
  readonly namespace: SystemNamespace | 'gateway';
  /** Where the version was read. */
  readonly source: string;
  /**
   * Whether the chart's folder of custom resource definitions is left out. Definitions among a chart's templates are always
   * installed, and brought up to date with the chart.
   */
  readonly skipCrds: boolean;
}

/** Where Istio has its charts from 1.31 on: https://istio.io/latest/blog/2026/, 21 August 2026. The former place closes in December 2026. */
const istio = {
  version: '1.31.1',
  repository: 'https://blob.istio.io/istio-release/charts',
  appVersion: '1.31.1',
  namespace: 'istio-system',
  source: 'https://github.com/istio/istio/releases/tag/1.31.1',
  skipCrds: false,
} as const satisfies Omit<Chart, 'chart'>;

const argo = { repository: 'https://argoproj.github.io/argo-helm', skipCrds: false } as const;

/**
 * Every system of others that a cluster runs, by the name under which it is installed. A version is changed here alone, with
 * the images of the same version in `images.ts`.
 */
export const charts = {
  'cert-manager': {
    chart: 'cert-manager',
    version: 'v1.21.1',
    repository: 'https://charts.jetstack.io',
    appVersion: 'v1.21.1',
    namespace: 'cert-manager',
    source: 'https://github.com/cert-manager/cert-manager/releases/tag/v1.21.1',
    skipCrds: false,
  },
  'istio-base': { ...istio, chart: 'base' },
  istiod: { ...istio, chart: 'istiod' },
  'istio-cni': { ...istio, chart: 'cni' },
  keda: {
    chart: 'keda',
    version: '2.20.2',
    repository: 'https://kedacore.github.io/charts',
    appVersion: '2.20.2',
    namespace: 'keda',
    source: 'https://github.com/kedacore/charts/releases/tag/v2.20.2',
    skipCrds: false,
  },
  'external-secrets': {
    chart: 'external-secrets',
    version: '2.8.0',
    repository: 'https://charts.external-secrets.io',
    appVersion: 'v2.8.0',
    namespace: 'external-secrets',
    source: 'https://github.com/external-secrets/external-secrets/releases/tag/helm-chart-2.8.0',
    skipCrds: false,
  },
  'argo-rollouts': {
    ...argo,
    chart: 'argo-rollouts',
    version: '2.41.1',
    appVersion: 'v1.9.1',
    namespace: 'argo-rollouts',
    source: 'https://github.com/argoproj/argo-helm/releases/tag/argo-rollouts-2.41.1',
  },
  argocd: {
    ...argo,
    chart: 'argo-cd',
    version: '10.1.4',
    appVersion: 'v3.4.5',
    namespace: 'argocd',
    source: 'https://github.com/argoproj/argo-helm/releases/tag/argo-cd-10.1.4',
  },
  kong: {
    chart: 'kong',
    version: '3.4.1',
    repository: 'https://charts.konghq.com',
    appVersion: '3.9',
    namespace: 'gateway',
    source: 'https://github.com/Kong/charts/releases/tag/kong-3.4.1',
    // They are for an ingress controller, which does not run here.
    skipCrds: true,
  },
  prometheus: {
    chart: 'prometheus',
    version: '29.27.0',
    repository: 'https://prometheus-community.github.io/helm-charts',
    appVersion: 'v3.14.0',
    namespace: 'observability',
    source: 'https://github.com/prometheus-community/helm-charts/releases/tag/prometheus-29.27.0',
    skipCrds: true,
  },
  'opentelemetry-collector': {
    chart: 'opentelemetry-collector',
    version: '0.170.0',
    repository: 'https://open-telemetry.github.io/opentelemetry-helm-charts',
    appVersion: '0.158.0',
    namespace: 'observability',
    source: 'https://github.com/open-telemetry/opentelemetry-helm-charts/releases/tag/opentelemetry-collector-0.170.0',
    skipCrds: true,
  },
} as const satisfies Readonly<Record<string, Chart>>;

export type System = keyof typeof charts;

/** Names of the systems. */
export const systems = Object.keys(charts) as readonly System[];
