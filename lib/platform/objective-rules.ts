import { burnWindows } from './burn-windows';
import { kongServiceName } from './gateway/paths';
import { gatewayWord, kubernetesNamespace, serviceContainer } from './names';
import { brokenPromise, busyDay, busyPromise, fewestBad, serviceLevelOf } from './objectives';
import { hasGateway, type Platform, type SiteName } from './platform';
import type { WorkloadAlert } from './workload-alert';

/** What Prometheus reckons every minute, and when somebody is called by it. */
export interface PrometheusRules {
  /** What is asked, by the name under which the answer is kept. */
  readonly figures: Readonly<Record<string, string>>;
  readonly alerts: Readonly<Record<string, WorkloadAlert>>;
}

/** Names under which figures are kept from which those of a day are reckoned: a day of every pod's would be too many. */
const recorded = {
  /** Requests a second. */
  calls: 'gateway:calls:rate5m',
  /** Those of them that took longer than is promised. */
  late: 'gateway:calls_late:rate5m',
  /** Processors in use, in percent of those that pods asked for, by namespace. */
  busy: 'service:processors:percent5m',
} as const;

/** Budgets that are gone in ten days can wait for the morning. */
const severities = { Fast: 1, Steady: 1, Slow: 2 } as const;

/**
 * How goals are measured where pods serve, whichever cloud keeps the cluster's figures: at the thresholds and over the windows at
 * which they are measured of tasks.
 */
export function objectiveRules(platform: Platform, site: SiteName): PrometheusRules {
  const { serviceLevel, steadyCpuPercent } = platform.goals;
  const level = serviceLevel === undefined || !hasGateway(platform, site) ? none : levelRules(platform, serviceLevel);
  const busy = steadyCpuPercent === undefined ? none : busyRules(platform, steadyCpuPercent);
  return { figures: { ...level.figures, ...busy.figures }, alerts: { ...level.alerts, ...busy.alerts } };
}

const none: PrometheusRules = { figures: {}, alerts: {} };

/**
 * What picks requests through the gateway. A connection that a client keeps open is no call that takes long, and what the gateway answers
 * itself, as it does whoever asks whether it is ready, is none that is fast: Kong counts it for no service.
 */
const throughGateway = (platform: Pick<Platform, 'name' | 'services'>): string =>
  [
    `namespace="${kubernetesNamespace(platform, gatewayWord)}"`,
    'service!=""',
    ...Object.entries(platform.services).flatMap(([name, service]) =>
      [
        ...new Set(
          service.routes.filter(({ websocket }) => websocket).map((route) => kongServiceName(name, service, route)),
        ),
      ].map((each) => `service!="${each}"`),
    ),
  ].join(',');

/** Where the balancer of tasks is asked, the gateway is: both see every call that goes on to a service, and the balancer what the gateway answers itself, too. */
function levelRules(platform: Platform, serviceLevel: NonNullable<Platform['goals']['serviceLevel']>): PrometheusRules {
  const own = throughGateway(platform);
  const rate = (part: string, more = '') => `sum(rate(kong_request_latency_ms_${part}{${own}${more}}[5m]))`;
  const all = rate('count');
  // Prometheus writes a bound with a fraction since its version 3, whoever tells it.
  const inTime = rate('bucket', `,le=~"${serviceLevel.milliseconds}([.]0)?"`);
  const objective = serviceLevelOf(serviceLevel);
  const counted = (figure: string, minutes: number) => `sum_over_time(${figure}[${minutes}m])`;
  const beyond = (minutes: number, thresholdPercent: number) => {
    const [calls, late] = [counted(recorded.calls, minutes), counted(recorded.late, minutes)];
    return `100 * ${late} / ${calls} >= ${thresholdPercent} and 60 * ${late} >= ${fewestBad}`;
  };
  return {
    figures: { [recorded.calls]: all, [recorded.late]: `${all} - (${inTime} or 0 * ${all})` },
    alerts: Object.fromEntries(
      burnWindows(objective.goalPercent).map(({ factor, id, longMinutes, shortMinutes, thresholdPercent }) => [
        `ServiceLevel${id}`,
        {
          expression: `${beyond(longMinutes, thresholdPercent)} and ${beyond(shortMinutes, thresholdPercent)}`,
          minutes: 1,
          severity: severities[id],
          description: `${brokenPromise(gatewayWord, objective)} The error budget is spent ${factor} times too fast over ${longMinutes} minutes.`,
          runbook: 'slo',
        },
      ]),
    ),
  };
}

/**
 * Of processors that pods of services asked for, the share in use: of those that stand by the hour, without jobs and migrations, and
 * without pods that ended and are kept.
 */
function busyRules(platform: Platform, percent: number): PrometheusRules {
  const services = Object.keys(platform.services).map((name) => kubernetesNamespace(platform, name));
  const ours = `namespace=~"${services.join('|')}"`;
  const container = `${ours},container="${serviceContainer}"`;
  const standing = `and on (namespace, pod) kube_pod_owner{${ours},owner_kind="ReplicaSet"}`;
  const usage = `container_cpu_usage_seconds_total{${container}}`;
  const used = `sum by (namespace) (rate(${usage}[5m]) ${standing})`;
  const asked = `sum by (namespace) (kube_pod_container_resource_requests{${container},resource="cpu"} and on (namespace, pod) ${usage} ${standing})`;
  const quarters = Array.from({ length: busyDay.quarters }, (_, quarter) => {
    const offset = quarter === 0 ? '' : ` offset ${quarter * busyDay.quarterHours}h`;
    return `avg_over_time(${recorded.busy}[${busyDay.quarterHours}h]${offset}) > ${percent}`;
  });
  return {
    figures: { [recorded.busy]: `100 * ${used} / ${asked}` },
    alerts: {
      BusyDay: {
        expression: quarters.join(' and '),
        minutes: 5,
        severity: 2,
        description: busyPromise('{{ $labels.namespace }}', percent),
        runbook: 'service',
      },
    },
  };
}
