import { meshAnswers } from '../../../lib/platform/dashboards/mesh-answers';
import { about, pages, type Answers } from '../../../lib/platform/dashboards/pages';
import type { Dashboard, Measure } from '../../../lib/platform/dashboards/panels';
import { telemetryAnswers } from '../../../lib/platform/dashboards/telemetry-answers';
import { recordedFigures } from '../../../lib/platform/telemetry-alerts';
import shopflow from '../../../platforms/shopflow';
import { resolved } from '../../support/platform';

const platform = resolved(shopflow);
const services = Object.keys(platform.services);
const answers: Answers = {
  ...telemetryAnswers(platform),
  saturation: (some) => [
    {
      title: 'Full',
      description: 'How full.',
      unit: 'percent',
      asks: Object.fromEntries(
        some.map((service): readonly [string, Measure] => [
          service,
          {
            namespace: 'AWS/ECS',
            metric: 'CPUUtilization',
            statistic: 'Average',
            dimensions: { ServiceName: service },
          },
        ]),
      ),
    },
  ],
};
const drawn = pages(platform, answers);
const page = (name: string): Dashboard => {
  const found = drawn[name];
  if (found === undefined) throw new Error(`there is no page ${name}`);
  return found;
};
const limits = ({ panels }: Dashboard) =>
  Object.fromEntries(
    panels.map(({ fieldConfig: { defaults }, title }) => [title, defaults.thresholds?.steps.at(-1)?.value]),
  );

describe('pages', () => {
  test('are one of all services and one of each, under ids that are their own', () => {
    expect(Object.keys(drawn)).toEqual(['overview', ...services.map((service) => `service-${service}`)]);
    const ids = Object.values(drawn).map(({ uid }) => uid);
    expect(new Set(ids).size).toBe(ids.length);
    for (const uid of ids) expect(uid).toMatch(/^[a-z0-9-]{1,40}$/);
  });

  test('are the one of all services alone where the definition wants no others', () => {
    const { telemetry } = platform;
    if (telemetry === undefined) throw new Error('ShopFlow has no telemetry');
    const alone = { ...telemetry, dashboards: { ...telemetry.dashboards, pages: 'overview' as const } };
    expect(pages({ ...platform, telemetry: alone }, answers)).toEqual({ overview: page('overview') });
  });

  test('are told apart where their names differ behind what Grafana takes', () => {
    const long = { name: 'a-platform-with-a-long-name', stageName: 'production' };
    const [one, other] = ['service-notification', 'service-notifications'].map((name) => about(long, name, '').uid);
    expect(one).toHaveLength(40);
    expect(one).not.toBe(other);
  });

  test('show throughput, errors, p95 and saturation', () => {
    expect(page('service-order').panels.map(({ title }) => title)).toEqual([
      'Requests',
      'Errors',
      '95th percentile',
      'Full',
    ]);
    for (const { targets } of page('overview').panels) expect(targets).toHaveLength(services.length);
    for (const { targets } of page('service-order').panels) expect(targets).toHaveLength(1);
  });

  test('draw what the platform promises, and what a service promises of its own', () => {
    const { errorPercent, p95Milliseconds } = platform.goals;
    const promised = Object.entries(platform.services).find(([, spec]) => spec.p95Milliseconds !== undefined);
    if (promised === undefined) throw new Error('no service promises a time of its own');
    expect(limits(page('overview'))).toEqual({
      Requests: undefined,
      Errors: errorPercent,
      '95th percentile': p95Milliseconds,
      Full: undefined,
    });
    expect(limits(page(`service-${promised[0]}`))).toMatchObject({ '95th percentile': promised[1].p95Milliseconds });
    expect(promised[1].p95Milliseconds).not.toBe(p95Milliseconds);
  });

  test('take figures from Prometheus, measures from CloudWatch, and are changed by nobody', () => {
    const { editable, links, panels, tags } = page('service-order');
    expect(panels.map(({ datasource }) => datasource.type)).toEqual([
      'prometheus',
      'prometheus',
      'prometheus',
      'cloudwatch',
    ]);
    expect(panels.at(-1)?.targets).toEqual([
      expect.objectContaining({
        metricName: 'CPUUtilization',
        namespace: 'AWS/ECS',
        dimensions: { ServiceName: ['order'] },
        matchExact: true,
        label: 'order',
      }),
    ]);
    expect(editable).toBe(false);
    expect(links).toEqual([expect.objectContaining({ type: 'dashboards', tags })]);
  });
});

describe('what services tell of themselves', () => {
  const told = telemetryAnswers(platform);

  test('is what is recorded of HTTP', () => {
    const questions = [told.requests('order'), told.errors('order'), told.p95('order')];
    expect(questions).toEqual([
      '60 * service:requests:rate5m{job="shopflow/order"}',
      '100 * service:errors:ratio5m{job="shopflow/order"} or 0 * service:requests:rate5m{job="shopflow/order"}',
      '1000 * service:seconds:p95_5m{job="shopflow/order"}',
    ]);
    const names = questions.flatMap((question) => question.match(/service:[a-z0-9_:]+/g) ?? []);
    expect([...new Set(names)].sort()).toEqual(Object.keys(recordedFigures).sort());
  });

  test('is what is counted of gRPC, where a service is called by that', () => {
    expect(platform.services['pricing']?.protocol).toBe('grpc');
    expect(told.requests('pricing')).toBe(
      '60 * sum(rate(rpc_server_duration_milliseconds_count{job="shopflow/pricing"}[5m]))',
    );
    expect(told.errors('pricing')).toContain('rpc_grpc_status_code=~"2|4|13|14|15"');
    expect(told.p95('pricing')).toContain(
      'sum by (le) (rate(rpc_server_duration_milliseconds_bucket{job="shopflow/pricing"}[5m]))',
    );
    expect(told.p95('pricing')).not.toContain('1000');
  });
});

test('what a mesh tells is asked of the service’s own namespace', () => {
  const mesh = meshAnswers(platform);
  const [full] = mesh.saturation(['order']);
  for (const question of [mesh.requests('order'), mesh.errors('order'), mesh.p95('order'), full?.asks['order']])
    expect(question).toContain('namespace="shopflow-order"');
  expect(full?.limit).toBe(100);
});
