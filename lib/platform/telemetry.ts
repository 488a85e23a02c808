import type { Telemetry } from './nouns/telemetry';
import type { PlacedSite } from './platform';

/** Ports at which a collector listens: beside a task inside that alone, in a cluster under the name of its service. */
export const collectorPorts = { grpc: 4317, http: 4318, health: 13_133 } as const;

/** What the collector takes of its task. Memory is a bound: beyond it, it refuses what comes, and drops what waits. */
export const collectorShare = { memoryMiB: 128, limitMiB: 96, spikeMiB: 24 } as const;

/** The collector of a cluster, as pods and their proxies find it: the service that its chart makes. */
export const clusterCollector = 'opentelemetry-collector.observability.svc.cluster.local';

/** Where a service sends to, by what runs it: to the collector beside it in its task, or to that of its cluster. */
const collectorHost = (runtime: PlacedSite['runtime']): string => (runtime === 'ecs' ? '127.0.0.1' : clusterCollector);

/** Whose figures and traces they are, beside the name of the service: `service.namespace` and the stage. */
export const resourceAttributes = (platform: string, stage: string): Readonly<Record<string, string>> => ({
  'deployment.environment': stage,
  'service.namespace': platform,
});

/** Variables by which an SDK of OpenTelemetry finds the collector, samples, and names its service. */
export const telemetryVariables = (
  { tracedPercent }: Pick<Telemetry, 'tracedPercent'>,
  {
    name,
    platform,
    runtime,
    stage,
  }: {
    readonly name: string;
    readonly platform: string;
    /** What runs the service. */
    readonly runtime: PlacedSite['runtime'];
    readonly stage: string;
  },
): Readonly<Record<string, string>> => ({
  OTEL_SERVICE_NAME: name,
  OTEL_RESOURCE_ATTRIBUTES: Object.entries(resourceAttributes(platform, stage))
    .map(([attribute, value]) => `${attribute}=${value}`)
    .join(','),
  OTEL_EXPORTER_OTLP_ENDPOINT: `http://${collectorHost(runtime)}:${collectorPorts.grpc}`,
  OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
  // Whoever is called does what its caller does: a trace is whole or is not there.
  OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
  OTEL_TRACES_SAMPLER_ARG: String(tracedPercent / 100),
  OTEL_PROPAGATORS: 'tracecontext,baggage',
});
