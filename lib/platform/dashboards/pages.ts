import { digest } from '../digest';
import { stagePrefix } from '../names';
import { promisesOf, type Platform } from '../platform';
import { dashboard, type Dashboard, type PanelSpec } from './panels';

/** How whatever runs services is asked about them: what Prometheus is asked, and what tells how full they are. */
export interface Answers {
  /** Requests a minute. */
  requests(service: string): string;
  /** Share of requests that failed by the service's own fault, in percent. */
  errors(service: string): string;
  /** 95th percentile of the response time, in milliseconds. */
  p95(service: string): string;
  /** How full services are: a line each, and where there is one alone, its bounds. */
  saturation(services: readonly string[]): readonly PanelSpec[];
  /** How long queries of a service take. @default - nothing tells it */
  queries?(service: string): readonly PanelSpec[];
}

/** Grafana takes ids of at most so many characters. */
const longestUid = 40;

const uidOf = (words: string): string =>
  words.length <= longestUid ? words : `${words.slice(0, longestUid - 7)}-${digest(words)}`;

/** By what a dashboard of a stage is found: an id that stays, a title, and the tags that it shares with all others of the stage. */
export const about = (
  platform: Pick<Platform, 'name' | 'stageName'>,
  name: string,
  title: string,
): Pick<Dashboard, 'tags' | 'title' | 'uid'> => ({
  uid: uidOf(`${stagePrefix(platform)}-${name}`),
  title: `${title} (${platform.name} ${platform.stageName})`,
  tags: [platform.name, platform.stageName],
});

/** Throughput, errors, p95 and saturation of services, beside what they promise. */
function panelsOf(
  services: readonly string[],
  answers: Answers,
  { errorPercent, p95Milliseconds }: Pick<Platform['goals'], 'errorPercent' | 'p95Milliseconds'>,
): readonly PanelSpec[] {
  const each = (ask: (service: string) => string) =>
    Object.fromEntries(services.map((service) => [service, ask(service)]));
  return [
    {
      title: 'Requests',
      description: 'How many requests a minute each answers.',
      unit: 'reqpm',
      asks: each((service) => answers.requests(service)),
    },
    {
      title: 'Errors',
      description: `Share of requests that failed by the service’s own fault. Promised: ${errorPercent}% at most.`,
      unit: 'percent',
      limit: errorPercent,
      asks: each((service) => answers.errors(service)),
    },
    {
      title: '95th percentile',
      description: `How long the slowest twentieth of requests takes. Promised: ${p95Milliseconds} ms at most.`,
      unit: 'ms',
      limit: p95Milliseconds,
      asks: each((service) => answers.p95(service)),
    },
    ...answers.saturation(services),
  ];
}

/** One page of all services beside each other, and one of each where the definition wants it, with the bounds that it sets, by name. */
export function pages(
  platform: Pick<Platform, 'goals' | 'name' | 'services' | 'stageName' | 'telemetry'>,
  answers: Answers,
): Readonly<Record<string, Dashboard>> {
  const all = Object.keys(platform.services);
  const services = platform.telemetry?.dashboards.pages === 'overview' ? [] : Object.entries(platform.services);
  return {
    overview: dashboard(about(platform, 'overview', 'All services'), panelsOf(all, answers, platform.goals)),
    ...Object.fromEntries(
      services.map(([service, spec]) => [
        `service-${service}`,
        dashboard(about(platform, `service-${service}`, `Service ${service}`), [
          ...panelsOf([service], answers, promisesOf(platform, spec)),
          ...(answers.queries?.(service) ?? []),
        ]),
      ]),
    ),
  };
}
