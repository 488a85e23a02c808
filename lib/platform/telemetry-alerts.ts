import type { Platform } from './platform';
import { queryAlerts } from './queries';
import type { WorkloadAlert } from './workload-alert';
import { collectorDrops } from './workload-alerts';

const runbook = 'telemetry';

/** What the collector beside every task says of itself, whatever its service says. */
const collectorAlive = 'otelcol_exporter_sent_metric_points_total';

/** When somebody is called because services say nothing of themselves, or what they say is lost, where each task has a collector. */
export const telemetryAlerts = (
  platform: Pick<Platform, 'gateway' | 'goals' | 'name' | 'services'>,
): Readonly<Record<string, WorkloadAlert>> => ({
  CollectorDrops: collectorDrops(runbook),
  // One is beside the gateway.
  ...silence(Object.keys(platform.services).length + (platform.gateway === undefined ? 0 : 1), {
    speaking: `rate(${collectorAlive}[15m]) > 0`,
    absent: collectorAlive,
    who: 'The collectors of some service say nothing',
  }),
  ...queryAlerts(platform),
});

/**
 * The same where a cluster has one collector for all, whose own figures the alerts of the cluster look at. What it writes of whoever
 * sends to it tells whether a service speaks, whatever it says.
 */
export function clusterTelemetryAlerts(
  platform: Pick<Platform, 'goals' | 'name' | 'services'>,
): Readonly<Record<string, WorkloadAlert>> {
  const told = `target_info{job=~"${platform.name}/.+"}`;
  return {
    ...silence(Object.keys(platform.services).length, {
      speaking: `last_over_time(${told}[15m])`,
      absent: told,
      who: 'Some service says nothing',
    }),
    ...queryAlerts(platform),
  };
}

/** What tells that a service speaks, and what is absent when none does. */
interface Speech {
  readonly speaking: string;
  readonly absent: string;
  /** Who is silent, for people. */
  readonly who: string;
}

const silence = (speakers: number, { absent, speaking, who }: Speech): Readonly<Record<string, WorkloadAlert>> => ({
  ServicesSilent: {
    expression: `count(count by (job) (${speaking})) < ${speakers}`,
    minutes: 15,
    severity: 2,
    description: `${who}: its figures and traces are missing.`,
    runbook,
  },
  // What cannot be written cannot say so.
  FiguresMissing: {
    expression: `absent_over_time(${absent}[15m])`,
    minutes: 5,
    severity: 1,
    description: 'No figures come from any service: alerts on them are blind.',
    runbook,
  },
});

/** Answers of a service by OpenTelemetry's conventions for HTTP, of which the SDK counts how long each took. */
const answers = 'http_server_request_duration_seconds';

/** Figures that are reckoned once and asked often, by the name under which they are kept: each by service. */
export const recordedFigures: Readonly<Record<string, string>> = {
  'service:requests:rate5m': `sum by (job) (rate(${answers}_count[5m]))`,
  'service:errors:ratio5m': `sum by (job) (rate(${answers}_count{http_response_status_code=~"5.."}[5m])) / sum by (job) (rate(${answers}_count[5m]))`,
  'service:seconds:p95_5m': `histogram_quantile(0.95, sum by (job, le) (rate(${answers}_bucket[5m])))`,
};
