import type { Telemetry } from './nouns/telemetry';

/** Ports at which the collector beside a task listens, inside the task alone. */
export const collectorPorts = { grpc: 4317, http: 4318, health: 13_133 } as const;

/** What the collector takes of its task. Memory is a bound: beyond it, it refuses what comes, and drops what waits. */
export const collectorShare = { memoryMiB: 128, limitMiB: 96, spikeMiB: 24 } as const;

/** Variables by which an SDK of OpenTelemetry finds the collector, samples, and names its service. */
export const telemetryVariables = (
  { tracedPercent }: Pick<Telemetry, 'tracedPercent'>,
  { name, platform, stage }: { readonly name: string; readonly platform: string; readonly stage: string },
): Readonly<Record<string, string>> => ({
  OTEL_SERVICE_NAME: name,
  OTEL_RESOURCE_ATTRIBUTES: `deployment.environment=${stage},service.namespace=${platform}`,
  OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collectorPorts.grpc}`,
  OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
  // Whoever is called does what its caller does: a trace is whole or is not there.
  OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
  OTEL_TRACES_SAMPLER_ARG: String(tracedPercent / 100),
  OTEL_PROPAGATORS: 'tracecontext,baggage',
});
