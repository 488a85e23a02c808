import type { PanelSpec } from './dashboards/panels';
import { databaseName } from './names';
import type { Platform } from './platform';
import type { WorkloadAlert } from './workload-alert';

type Asked = Pick<Platform, 'goals' | 'name' | 'services'>;

/** How long calls of a database took, by OpenTelemetry's conventions for its clients, as collectors write it: in seconds. */
const durations = 'db_client_operation_duration_seconds';

/** Fewer than so many in five minutes tell nothing of the slowest twentieth. */
const fewest = 100;

/** Names under which figures are kept, each by service. */
const recorded = {
  all: 'service:queries:rate5m',
  /** Those within the goal: nothing, where a service counts by bounds of which the goal is none. */
  within: 'service:queries:within5m',
  /** In seconds. */
  p95: 'service:queries:p95_5m',
} as const;

/** Services that use a database. */
export const queryingServices = ({ services }: Pick<Platform, 'services'>): readonly string[] =>
  Object.entries(services)
    .filter(([, { uses }]) => uses.databases.length > 0)
    .map(([name]) => name);

/**
 * Picks what services count of databases: caches and documents are counted under the same name. A library tells the name of the database
 * as services are told it, and some the schema behind it.
 */
function counted(platform: Asked): string {
  const services = queryingServices(platform);
  const databases = new Set(services.flatMap((service) => platform.services[service]?.uses.databases ?? []));
  return `job=~"${platform.name}/(${services.join('|')})",db_namespace=~"(${[...databases].map(databaseName).sort().join('|')})([|.].+)?"`;
}

/** What is reckoned of queries once a minute, where something is promised of them. */
export function queryFigures(platform: Asked): Readonly<Record<string, string>> {
  const { queryMilliseconds } = platform.goals;
  if (queryMilliseconds === undefined) return {};
  const rate = (part: string, more = '') => `rate(${durations}_${part}{${counted(platform)}${more}}[5m])`;
  return {
    [recorded.all]: `sum by (job) (${rate('count')})`,
    [recorded.within]: `sum by (job) (${rate('bucket', `,le="${queryMilliseconds / 1000}"`)})`,
    [recorded.p95]: `histogram_quantile(0.95, sum by (job, le) (${rate('bucket')}))`,
  };
}

/** When somebody is called because queries take longer than is promised, or because nobody can tell. */
export function queryAlerts(platform: Asked): Readonly<Record<string, WorkloadAlert>> {
  const { queryMilliseconds } = platform.goals;
  if (queryMilliseconds === undefined) return {};
  return {
    QueriesSlow: {
      expression: `${recorded.p95} > ${queryMilliseconds / 1000} and 300 * ${recorded.all} >= ${fewest}`,
      minutes: 5,
      severity: 2,
      description: `More than one in twenty queries of {{ $labels.job }} takes longer than ${queryMilliseconds} ms.`,
      runbook: 'database',
    },
    // A day: who works at night alone has asked by then.
    QueriesUntold: {
      expression: `(count(last_over_time(${recorded.within}[1d])) or vector(0)) < ${queryingServices(platform).length}`,
      minutes: 15,
      severity: 3,
      description: `Some service does not count its queries with a bound at ${queryMilliseconds} ms: nobody is called when they are slow.`,
      runbook: 'database',
    },
  };
}

/** How long queries of a service take, beside what is promised; nothing of a service that makes none, or without a promise. */
export function queryPanels(platform: Asked, service: string): readonly PanelSpec[] {
  const { queryMilliseconds } = platform.goals;
  return queryMilliseconds === undefined || !queryingServices(platform).includes(service)
    ? []
    : [
        {
          title: 'Queries',
          description: `How long the slowest twentieth of its queries takes, where it waits for them. Promised: ${queryMilliseconds} ms at most.`,
          unit: 'ms',
          limit: queryMilliseconds,
          asks: { [service]: `1000 * ${recorded.p95}{job="${platform.name}/${service}"}` },
        },
      ];
}
