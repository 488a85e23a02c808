import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { burnWindows } from '../../lib/platform/burn-windows';
import { objectiveRules } from '../../lib/platform/objective-rules';
import type { SiteName } from '../../lib/platform/platform';
import { resolved, retailflowWith } from '../support/platform';

const rulesOf = (patch: unknown = {}, site: SiteName = 'recovery') =>
  objectiveRules(resolved(retailflowWith(patch)), site);
const without = (goal: string) => rulesOf({ goals: { [goal]: null } });
const all = rulesOf();

describe('99.7% of calls in 2 s', () => {
  test('are counted by the gateway, of what goes on to a service, at a bound of its own, whichever way it is written', () => {
    expect(all.figures).toMatchObject({
      'gateway:calls:rate5m':
        'sum(rate(kong_request_latency_ms_count{namespace="retailflow-gateway",service!=""}[5m]))',
      'gateway:calls_late:rate5m':
        'sum(rate(kong_request_latency_ms_count{namespace="retailflow-gateway",service!=""}[5m])) - ' +
        '(sum(rate(kong_request_latency_ms_bucket{namespace="retailflow-gateway",service!="",le=~"2000([.]0)?"}[5m])) or ' +
        '0 * sum(rate(kong_request_latency_ms_count{namespace="retailflow-gateway",service!=""}[5m])))',
    });
  });

  test.each(burnWindows(99.7))(
    'are an error budget: $id, at the threshold and over the windows of tasks',
    ({ id, longMinutes, shortMinutes, thresholdPercent }) => {
      const share = (minutes: number) =>
        `100 * sum_over_time(gateway:calls_late:rate5m[${minutes}m]) / sum_over_time(gateway:calls:rate5m[${minutes}m]) >= ${thresholdPercent}` +
        ` and 60 * sum_over_time(gateway:calls_late:rate5m[${minutes}m]) >= 5`;
      expect(all.alerts[`ServiceLevel${id}`]).toMatchObject({
        expression: `${share(longMinutes)} and ${share(shortMinutes)}`,
        minutes: 1,
        runbook: 'slo',
        description: expect.stringContaining('take longer than 2000 ms that 99.7% good ones over 30 days') as unknown,
      });
    },
  );

  test('call in the night for a budget that is gone in days, and in the morning for one that lasts ten', () => {
    const severities = ['Fast', 'Steady', 'Slow'].map((id) => all.alerts[`ServiceLevel${id}`]?.severity);
    expect(severities).toEqual([1, 1, 2]);
  });

  test('leave out connections that clients keep open', () => {
    const sockets = { perTask: 100, idleSeconds: 60, cache: 'sessions', lifetimeMinutes: 30 };
    const routes = [{ path: '/api/orders/live', websocket: true, authentication: 'token' }];
    const platform = resolved(retailflowWith({}));
    const order = { ...platform.services['order'], routes, sockets, contract: undefined } as never;
    const { figures } = objectiveRules({ ...platform, services: { ...platform.services, order } }, 'recovery');
    expect(figures['gateway:calls:rate5m']).toBe(
      'sum(rate(kong_request_latency_ms_count{namespace="retailflow-gateway",service!="",service!="order~sockets"}[5m]))',
    );
  });
});

describe('a steady load of 35%', () => {
  test('is of processors that containers of services asked for, without jobs, migrations and pods that ended', () => {
    const services =
      'retailflow-analytics|retailflow-catalog|retailflow-notification|retailflow-order|retailflow-payment|retailflow-user';
    const container = `namespace=~"${services}",container="app"`;
    const standing = `and on (namespace, pod) kube_pod_owner{namespace=~"${services}",owner_kind="ReplicaSet"}`;
    const usage = `container_cpu_usage_seconds_total{${container}}`;
    expect(all.figures['service:processors:percent5m']).toBe(
      `100 * sum by (namespace) (rate(${usage}[5m]) ${standing}) / ` +
        `sum by (namespace) (kube_pod_container_resource_requests{${container},resource="cpu"} and on (namespace, pod) ${usage} ${standing})`,
    );
  });

  test('is exceeded by four quarters of a day, each on the average', () => {
    const figure = 'service:processors:percent5m';
    expect(all.alerts['BusyDay']).toEqual({
      expression:
        `avg_over_time(${figure}[6h]) > 35 and avg_over_time(${figure}[6h] offset 6h) > 35 and ` +
        `avg_over_time(${figure}[6h] offset 12h) > 35 and avg_over_time(${figure}[6h] offset 18h) > 35`,
      minutes: 5,
      severity: 2,
      description: '{{ $labels.namespace }} has used more than 35% of its processors in every quarter of a day.',
      runbook: 'service',
    });
  });
});

describe('rules of goals', () => {
  test('are the same on both sites', () => {
    expect(rulesOf({}, 'primary')).toEqual(all);
  });

  test('are absent where a goal is not set, or has nothing to be measured by', () => {
    const [level, busy] = [
      [
        'gateway:calls:rate5m',
        'gateway:calls_late:rate5m',
        'ServiceLevelFast',
        'ServiceLevelSteady',
        'ServiceLevelSlow',
      ],
      ['service:processors:percent5m', 'BusyDay'],
    ];
    const namesOf = ({ alerts, figures }: typeof all) => [...Object.keys(figures), ...Object.keys(alerts)].sort();
    expect(namesOf(without('serviceLevel'))).toEqual([...busy].sort());
    expect(namesOf(without('steadyCpuPercent'))).toEqual([...level].sort());
    const waives = { gateway: { reason: 'x'.repeat(20), minutes: 1 } };
    expect(namesOf(rulesOf({ stages: { production: { sites: { recovery: { waives } } } } }))).toEqual([...busy].sort());
  });

  test('name runbooks that there are, and figures that they reckon', () => {
    const names = new Set(Object.keys(all.figures));
    for (const { expression, runbook } of Object.values(all.alerts)) {
      expect(existsSync(resolve(__dirname, `../../docs/runbooks/${runbook}.md`))).toBe(true);
      for (const [figure] of expression.matchAll(/[a-z]+:\w+:\w+/g)) expect(names).toContain(figure);
    }
  });
});
