import type { Platform } from './platform';
import { collectorDrops, type WorkloadAlert } from './workload-alerts';

const runbook = 'telemetry';

/** What the collector beside every task says of itself, whatever its service says. */
const alive = 'otelcol_exporter_sent_metric_points_total';

/** When somebody is called because services say nothing of themselves, or what they say is lost. */
export const telemetryAlerts = ({ services }: Pick<Platform, 'services'>): Readonly<Record<string, WorkloadAlert>> => ({
  CollectorDrops: collectorDrops(runbook),
  ServicesSilent: {
    expression: `count(count by (job) (rate(${alive}[15m]) > 0)) < ${Object.keys(services).length}`,
    minutes: 15,
    severity: 2,
    description: 'The collectors of some service say nothing: its figures and traces are missing.',
    runbook,
  },
  // What cannot be written cannot say so.
  FiguresMissing: {
    expression: `absent_over_time(${alive}[15m])`,
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
