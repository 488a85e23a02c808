import type { Dashboard } from '../../../lib/platform/dashboards/panels';
import { weekFigures, weekPage } from '../../../lib/platform/dashboards/week';
import type { Platform } from '../../../lib/platform/platform';
import retailflowAzure from '../../../platforms/retailflow-azure';
import shopflow from '../../../platforms/shopflow';
import techflow from '../../../platforms/techflow';
import { resolved } from '../../support/platform';

const shop = resolved(shopflow);
const flow = resolved(techflow);
const { gateway: _gateway, ...open } = resolved(retailflowAzure);

const pageOf = (platform: Platform): Dashboard => {
  const { week } = weekPage(platform, 'primary');
  if (week === undefined) throw new Error('there is no page of the week');
  return week;
};
const asked = ({ panels }: Dashboard, named: string): readonly string[] =>
  panels
    .filter(({ title }) => title === named)
    .flatMap(({ targets }) => targets.map((target) => ('expr' in target ? target.expr : '')));

describe('what is reckoned for a week', () => {
  test.each([
    ['Kong counts, where it is the gateway', flow, 'kong_http_requests_total{namespace="techflow-gateway"}'],
    [
      'proxies count at services that people reach, where there is no gateway',
      open,
      'destination_workload_namespace=~"retailflow-azure-(',
    ],
    ['services tell on AWS', shop, 'http_server_request_duration_seconds_count{job=~"shopflow/('],
  ])('is what %s', (_what, platform, counted) => {
    const figures = weekFigures(platform, 'primary');
    expect(Object.keys(figures)).toEqual([
      'platform:requests:rate5m',
      'platform:failures:rate5m',
      'platform:duration_bucket:rate5m',
    ]);
    expect(figures['platform:requests:rate5m']).toContain(counted);
    expect(figures['platform:failures:rate5m']).toMatch(/code=~"5\.\."\}\[5m\]\)\) or 0 \* sum\(/);
    expect(figures['platform:duration_bucket:rate5m']).toMatch(/^sum by \(le\) \(rate\(\w+_bucket\{/);
  });

  test('is of services with routes, and of no other', () => {
    const { 'platform:requests:rate5m': requests = '' } = weekFigures(shop, 'primary');
    const [, names = ''] = /shopflow\/\(([^)]+)\)/.exec(requests) ?? [];
    const routed = Object.entries(shop.services).filter(([, { routes }]) => routes.length > 0);
    expect(names.split('|')).toEqual(routed.map(([name]) => name));
    expect(routed.length).toBeLessThan(Object.keys(shop.services).length);
  });

  test('is nothing where services of a site on AWS tell nothing', () => {
    const { telemetry: _telemetry, ...silent } = shop;
    expect([weekFigures(silent, 'primary'), weekPage(silent, 'primary')]).toEqual([{}, {}]);
  });
});

describe('the page of the week', () => {
  test('asks each figure once, for this week and the one before', () => {
    const { panels, refresh, time } = pageOf(flow);
    expect(panels.map(({ title }) => title)).toEqual([
      '95th percentile',
      'Good requests',
      'Minutes until it was well again',
      'Releases',
      'Releases taken back',
    ]);
    expect([refresh, time]).toEqual(['1h', { from: 'now-7d', to: 'now' }]);
    for (const { targets, title, type } of panels) {
      expect([title, type]).toEqual([title, 'stat']);
      expect(targets).toEqual([
        expect.objectContaining({ legendFormat: 'this week', instant: true, range: false }),
        expect.objectContaining({ legendFormat: 'the week before', instant: true, range: false }),
      ]);
    }
  });

  test('asks for what is reckoned, and for nothing of every proxy', () => {
    const reckoned = Object.keys(weekFigures(flow, 'primary'));
    const questions = ['95th percentile', 'Good requests', 'Minutes until it was well again'].flatMap((title) =>
      asked(pageOf(flow), title),
    );
    const names = questions.flatMap((question) => question.match(/platform:[a-z0-9_:]+/g) ?? []);
    expect([...new Set(names)].sort()).toEqual([...reckoned].sort());
    expect(questions.join('\n')).not.toMatch(/istio_|kong_/);
    expect(asked(pageOf(flow), 'Minutes until it was well again')[1]).toBe(
      'sum_over_time((100 * platform:failures:rate5m / platform:requests:rate5m > bool 0.1)[7d:1m] offset 7d) / ' +
        'clamp_min(ceil(changes((100 * platform:failures:rate5m / platform:requests:rate5m > bool 0.1)[7d:1m] offset 7d) / 2), 1)',
    );
  });

  test('is red where a goal is not reached', () => {
    const bounds = Object.fromEntries(
      pageOf(flow).panels.map(({ fieldConfig, title }) => [title, fieldConfig.defaults.thresholds?.steps]),
    );
    const { availabilityPercent, p95Milliseconds, releasesPerWeek, repairMinutes } = flow.goals;
    const atMost = (value: unknown) => [
      { color: 'green', value: null },
      { color: 'red', value },
    ];
    const atLeast = (value: unknown) => [
      { color: 'red', value: null },
      { color: 'green', value },
    ];
    expect(bounds).toEqual({
      '95th percentile': atMost(p95Milliseconds),
      'Good requests': atLeast(availabilityPercent),
      'Minutes until it was well again': atMost(repairMinutes),
      Releases: atLeast(releasesPerWeek),
      'Releases taken back': [{ color: 'green', value: null }],
    });
  });

  test('reckons in milliseconds what services tell in seconds', () => {
    expect(asked(pageOf(shop), '95th percentile')[0]).toMatch(/^1000 \* histogram_quantile/);
    expect(asked(pageOf(flow), '95th percentile')[0]).toMatch(/^1 \* histogram_quantile/);
  });

  test('shows no releases where no cluster counts them', () => {
    expect(asked(pageOf(shop), 'Releases')).toEqual([]);
    expect(asked(pageOf(flow), 'Releases')[0]).toBe(
      'sum(increase(rollout_events_total{namespace=~"techflow-.+",reason="RolloutCompleted"}[7d])) or vector(0)',
    );
  });
});
