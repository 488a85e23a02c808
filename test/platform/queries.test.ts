import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../bin/inputs';
import { clusterDashboards } from '../../lib/platform/dashboards/cluster';
import { pages } from '../../lib/platform/dashboards/pages';
import type { Dashboard } from '../../lib/platform/dashboards/panels';
import { taskAnswers } from '../../lib/aws/task-answers';
import type { Definition } from '../../lib/platform/definition';
import { applyPatch } from '../../lib/platform/patch';
import type { Platform } from '../../lib/platform/platform';
import { queryAlerts, queryFigures, queryPanels } from '../../lib/platform/queries';
import { clusterTelemetryAlerts, telemetryAlerts } from '../../lib/platform/telemetry-alerts';
import solutions from '../../platforms/techflow-solutions';
import retailflowAzure from '../../platforms/retailflow-azure';
import { platformOnEks } from '../support/eks';
import { problemsOf, resolved } from '../support/platform';

const platform = resolved(solutions);
const promising = (queryMilliseconds: number | undefined): Platform => ({
  ...platform,
  goals: { ...platform.goals, queryMilliseconds },
});
const silent = promising(undefined);

const panel = (page: Dashboard | undefined) => page?.panels.find(({ title }) => title === 'Queries');
const figures = Object.entries(platform.services).map(([name, { scale }]) => ({
  name,
  scale,
  clusterName: 'cluster',
  serviceName: name,
}));
const shownOf = (of: Platform) => pages(of, taskAnswers(of, figures));

describe('queries of databases', () => {
  test('are counted by service, of its databases alone, with the goal in seconds', () => {
    const all =
      'job=~"techflow-solutions/(billing|notification|project|reporting|user)",db_namespace=~"(store)([|.].+)?"';
    expect(queryFigures(platform)).toEqual({
      'service:queries:rate5m': `sum by (job) (rate(db_client_operation_duration_seconds_count{${all}}[5m]))`,
      'service:queries:within5m': `sum by (job) (rate(db_client_operation_duration_seconds_bucket{${all},le="0.28"}[5m]))`,
      'service:queries:p95_5m': `histogram_quantile(0.95, sum by (job, le) (rate(db_client_operation_duration_seconds_bucket{${all}}[5m])))`,
    });
  });

  test.each([
    [1, '0.001'],
    [1000, '1'],
    [1500, '1.5'],
  ])('have a bound at %s ms as collectors write it, %s', (goal, bound) => {
    expect(queryFigures(promising(goal))['service:queries:within5m']).toContain(`,le="${bound}"}`);
  });

  test('call somebody when they are slow and many enough, or not counted', () => {
    expect(queryAlerts(platform)).toEqual({
      QueriesSlow: expect.objectContaining({
        expression: 'service:queries:p95_5m > 0.28 and 300 * service:queries:rate5m >= 100',
        runbook: 'database',
      }) as unknown,
      QueriesUntold: expect.objectContaining({
        expression: '(count(last_over_time(service:queries:within5m[1d])) or vector(0)) < 5',
        runbook: 'database',
      }) as unknown,
    });
  });

  test.each(Object.keys(queryAlerts(platform)))('that raise %s have a runbook, with tasks and with pods', (name) => {
    expect(readFileSync(join(root, 'docs/runbooks/database.md'), 'utf8')).toContain(`\`${name}\``);
    for (const alerts of [telemetryAlerts(platform), clusterTelemetryAlerts(platform)]) {
      expect(alerts[name]).toEqual(queryAlerts(platform)[name]);
    }
  });

  test('are neither reckoned nor shown, and call nobody, where nothing is promised of them', () => {
    expect([queryFigures(silent), queryAlerts(silent), queryPanels(silent, 'user')]).toEqual([{}, {}, []]);
    expect(Object.values(shownOf(silent)).filter((page) => panel(page) !== undefined)).toEqual([]);
    expect(Object.keys(telemetryAlerts(silent))).not.toContain('QueriesSlow');
    expect(Object.keys(clusterTelemetryAlerts(silent))).not.toContain('QueriesSlow');
  });

  test('are on the page of each service that makes some, with a red line at the goal', () => {
    const shown = shownOf(platform);
    expect(Object.keys(shown).filter((page) => panel(shown[page]) !== undefined)).toEqual(
      ['billing', 'notification', 'project', 'reporting', 'user'].map((service) => `service-${service}`),
    );
    const { fieldConfig, targets } = panel(shown['service-user']) ?? {};
    expect(fieldConfig?.defaults.thresholds?.steps.at(-1)).toEqual({ color: 'red', value: 280 });
    expect(targets).toEqual([
      expect.objectContaining({ expr: '1000 * service:queries:p95_5m{job="techflow-solutions/user"}' }),
    ]);
  });

  test('are on the same pages with pods on AWS, and on none on Azure, where they are not reckoned', () => {
    const pods = clusterDashboards(platformOnEks('techflow-solutions'), 'primary');
    expect(panel(pods['service-user'])).toBeDefined();
    expect(panel(pods['service-web'])).toBeUndefined();
    const azure = resolved(retailflowAzure);
    const there = clusterDashboards({ ...azure, goals: { ...azure.goals, queryMilliseconds: 280 } }, 'primary');
    expect(Object.values(there).filter((page) => panel(page) !== undefined)).toEqual([]);
  });
});

const without = (patch: unknown): Definition => applyPatch(solutions, patch) as Definition;

test.each<[what: string, patch: unknown, allowed: string]>([
  [
    'no telemetry keeps what services tell of queries',
    { telemetry: null },
    'absent without telemetry, by which services tell how long their queries take',
  ],
  [
    'no service makes queries',
    {
      services: Object.fromEntries(
        Object.keys(solutions.services).map((name) => [name, { uses: { databases: null } }]),
      ),
    },
    'absent where no service uses a database',
  ],
])('fails when %s', (_, patch, allowed) => {
  const found = problemsOf(without(patch)).filter(({ path }) => path === 'goals.queryMilliseconds');
  expect(found).toEqual([expect.objectContaining({ got: 280, allowed })]);
  expect(problemsOf(solutions)).toEqual([]);
});
