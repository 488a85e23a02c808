import { gatewayWord, kubernetesNamespace } from '../names';
import { hasGateway, type Platform, type SiteName } from '../platform';
import { about } from './pages';
import { dashboard, type Dashboard, type PanelSpec } from './panels';

/** Of what a site tells how its requests went: how many, and how long each took. */
interface Source {
  /** Counts requests. */
  readonly count: string;
  /** Counts them by how long they took, in `milliseconds` each. */
  readonly buckets: string;
  /** What a unit of `buckets` is, in milliseconds. */
  readonly milliseconds: 1 | 1000;
  /** What picks the requests of people. */
  readonly people: string;
  /** What picks those that failed besides. */
  readonly failed: string;
}

/** Over which time a figure is reckoned each minute. */
const window = '5m';

/** Names under which figures are kept from which those of a week are reckoned: a week of every proxy's would be too many. */
const recorded = {
  requests: 'platform:requests:rate5m',
  failures: 'platform:failures:rate5m',
  buckets: 'platform:duration_bucket:rate5m',
} as const;

const routed = (platform: Pick<Platform, 'services'>): string =>
  Object.entries(platform.services)
    .filter(([, { routes }]) => routes.length > 0)
    .map(([name]) => name)
    .join('|');

/** What the gateway counts; where a site has none, what proxies count at services that people reach; on AWS, what services tell. */
function sourceOf(platform: Platform, site: SiteName): Source | undefined {
  if (platform.stage.sites[site]?.cloud === 'aws') {
    return platform.telemetry === undefined
      ? undefined
      : {
          count: 'http_server_request_duration_seconds_count',
          buckets: 'http_server_request_duration_seconds_bucket',
          milliseconds: 1000,
          people: `job=~"${platform.name}/(${routed(platform)})"`,
          failed: 'http_response_status_code=~"5.."',
        };
  }
  return hasGateway(platform, site)
    ? {
        count: 'kong_http_requests_total',
        buckets: 'kong_request_latency_ms_bucket',
        milliseconds: 1,
        people: `namespace="${kubernetesNamespace(platform, gatewayWord)}"`,
        failed: 'code=~"5.."',
      }
    : {
        count: 'istio_requests_total',
        buckets: 'istio_request_duration_milliseconds_bucket',
        milliseconds: 1,
        people: `reporter="destination",destination_workload_namespace=~"${kubernetesNamespace(platform, `(${routed(platform)})`)}"`,
        failed: 'response_code=~"5.."',
      };
}

/** Figures that are reckoned once a minute so that a week of them can be looked at, by the name under which they are kept. */
export function weekFigures(platform: Platform, site: SiteName): Readonly<Record<string, string>> {
  const source = sourceOf(platform, site);
  if (source === undefined) return {};
  const rate = (series: string, ...chosen: readonly string[]) => `rate(${series}{${chosen.join(',')}}[${window}])`;
  return {
    [recorded.requests]: `sum(${rate(source.count, source.people)})`,
    // What never failed has no figure.
    [recorded.failures]: `sum(${rate(source.count, source.people, source.failed)}) or 0 * sum(${rate(source.count, source.people)})`,
    [recorded.buckets]: `sum by (le) (${rate(source.buckets, source.people)})`,
  };
}

/** The week that ends now, and the one before. */
const weeks = (ask: (offset: string) => string): Readonly<Record<string, string>> => ({
  'this week': ask(''),
  'the week before': ask(' offset 7d'),
});

/** What was promised of requests, and what became of it. */
const requestPanels = ({ goals }: Pick<Platform, 'goals'>, { milliseconds }: Source): readonly PanelSpec[] => {
  const average = (figure: string, offset: string) => `avg_over_time(${figure}[7d]${offset})`;
  const isBad = `(100 * ${recorded.failures} / ${recorded.requests} > bool ${goals.errorPercent})`;
  const minutes = (offset: string) => `${isBad}[7d:1m]${offset}`;
  return [
    {
      title: '95th percentile',
      description: `How long the slowest twentieth of the week’s requests took. Promised: ${goals.p95Milliseconds} ms at most.`,
      unit: 'ms',
      limit: goals.p95Milliseconds,
      now: true,
      asks: weeks((offset) => `${milliseconds} * histogram_quantile(0.95, ${average(recorded.buckets, offset)})`),
    },
    {
      title: 'Good requests',
      description: `Share of the week’s requests that did not fail by a fault of ours. Promised: ${goals.availabilityPercent}%.`,
      unit: 'percent',
      least: goals.availabilityPercent,
      now: true,
      asks: weeks(
        (offset) => `100 - 100 * ${average(recorded.failures, offset)} / ${average(recorded.requests, offset)}`,
      ),
    },
    {
      title: 'Minutes until it was well again',
      description: `How long more than ${goals.errorPercent}% of requests failed, each time on average.`,
      unit: 'm',
      limit: goals.repairMinutes,
      now: true,
      asks: weeks(
        (offset) => `sum_over_time(${minutes(offset)}) / clamp_min(ceil(changes(${minutes(offset)}) / 2), 1)`,
      ),
    },
  ];
};

/** How often services were released, and how often that was taken back, as what releases them counts it. */
const releasePanels = (platform: Pick<Platform, 'goals' | 'name'>): readonly PanelSpec[] => {
  const events = (reason: string) =>
    weeks(
      (offset) =>
        `sum(increase(rollout_events_total{namespace=~"${platform.name}-.+",reason="${reason}"}[7d]${offset})) or vector(0)`,
    );
  return [
    {
      title: 'Releases',
      description: 'How many releases of services came to their end.',
      unit: 'short',
      least: platform.goals.releasesPerWeek,
      now: true,
      asks: events('RolloutCompleted'),
    },
    {
      title: 'Releases taken back',
      description: 'How many were taken back, by their measurements or by a person.',
      unit: 'short',
      now: true,
      asks: events('RolloutAborted'),
    },
  ];
};

/** The few figures by which a platform is judged each week, beside its goals; nothing where a site has not the figures for it. */
export function weekPage(platform: Platform, site: SiteName): Readonly<Record<string, Dashboard>> {
  const source = sourceOf(platform, site);
  if (source === undefined) return {};
  return {
    week: dashboard(
      // A week changes slowly, and is much to read.
      { ...about(platform, 'week', 'The week'), refresh: '1h', time: { from: 'now-7d', to: 'now' } },
      [
        ...requestPanels(platform, source),
        ...(platform.stage.sites[site]?.runtime === 'ecs' ? [] : releasePanels(platform)),
      ],
    ),
  };
}
