import { kubernetesNamespace } from './names';
import type { Service } from './nouns/service';
import type { Platform } from './platform';

/** The label by which figures tell the versions of a release apart, as Prometheus spells the label of the pods. */
export const versionLabel = 'rollouts_pod_template_hash';

/** What a figure is of. */
export interface Subject {
  readonly platform: Pick<Platform, 'name'>;
  readonly service: string;
  /** Hash of one version's pods. @default - all versions together */
  readonly version?: string;
}

/**
 * What picks the requests to a service, as its own proxies counted them; a service has its namespace for itself. Callers count
 * as well, and know nothing of versions.
 */
const matchers = ({ platform, service, version }: Subject, ...more: readonly string[]): string =>
  [
    'reporter="destination"',
    `destination_workload_namespace="${kubernetesNamespace(platform, service)}"`,
    ...(version === undefined ? [] : [`${versionLabel}="${version}"`]),
    ...more,
  ].join(',');

const perSecond = (window: string, given: string): string => `sum(rate(istio_requests_total{${given}}[${window}]))`;

/** Requests a minute, in a window such as `2m`. Nothing, where there are none. */
export const requestsPerMinute = (subject: Subject, window: string): string =>
  `60*${perSecond(window, matchers(subject))}`;

/** What a proxy counts of connections that clients keep open through it, as a proxy is asked for it. */
export const upgradesStatistic = String.raw`http\.inbound_.*\.downstream_cx_upgrades_active`;

/** Connections that clients keep open to a service: to all its pods, or to the pod with most of them. */
export const openConnections = ({ platform, service }: Omit<Subject, 'version'>, of: 'max' | 'sum'): string =>
  `${of}({__name__=~"envoy_http_.*downstream_cx_upgrades_active",namespace="${kubernetesNamespace(platform, service)}"})`;

/** What picks requests that failed by the service's own fault: 5xx, and the codes of gRPC that say the same. */
const failed: Readonly<Record<Service['protocol'], string>> = {
  http: 'response_code=~"5.."',
  grpc: 'grpc_response_status=~"2|4|13|14|15"',
};

/** Share of requests that failed, in percent. Zero, where there are no requests. */
export function errorPercent(subject: Subject, protocol: Service['protocol'], window: string): string {
  const failures = perSecond(window, matchers(subject, failed[protocol]));
  return `(100*(${failures} or vector(0))/(${perSecond(window, matchers(subject))}>0) or vector(0))`;
}

/** 95th percentile of the response time, in milliseconds. Zero, where there are no requests. */
export function p95Milliseconds(subject: Subject, window: string): string {
  const buckets = `sum by (le) (rate(istio_request_duration_milliseconds_bucket{${matchers(subject)}}[${window}]))`;
  return `(histogram_quantile(0.95,${buckets})>=0 or vector(0))`;
}
