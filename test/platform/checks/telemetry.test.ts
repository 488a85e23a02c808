import retailflow from '../../../platforms/retailflow';
import techflow from '../../../platforms/techflow';
import shopflow from '../../../platforms/shopflow';
import type { Definition } from '../../../lib/platform/definition';
import { applyPatch } from '../../../lib/platform/patch';
import { contractOf } from '../../../lib/platform/contract';
import { collectorShare, telemetryVariables } from '../../../lib/platform/telemetry';
import { clusterTelemetryAlerts, recordedFigures, telemetryAlerts } from '../../../lib/platform/telemetry-alerts';
import { problemsOf, resolved } from '../../support/platform';

const withPatch = (patch: unknown): Definition => applyPatch(shopflow, patch) as Definition;

test.each<[what: string, definition: Definition, path: string, allowed: RegExp]>([
  [
    'every site on Azure has its own',
    applyPatch(techflow, { telemetry: { dashboards: { signIn: { by: 'identity-center' } } } }) as Definition,
    'telemetry',
    /absent without a site on aws: a cluster on azure has a collector/,
  ],
  ['no request is traced', withPatch({ telemetry: { tracedPercent: 0 } }), 'telemetry.tracedPercent', /0\.1/],
  [
    'the provider of sign-in is not asked by TLS',
    withPatch({
      telemetry: { dashboards: { signIn: { by: 'saml', metadata: 'http://id.example.com', admins: ['all'] } } },
    }),
    'telemetry.dashboards.signIn.metadata',
    /a valid URL/,
  ],
])('fails when %s', (_, definition, path, allowed) => {
  const found = problemsOf(definition).filter((problem) => problem.path === path);
  expect(found.map((problem) => problem.allowed)).toContainEqual(expect.stringMatching(allowed));
});

test('a recovery site on Azure tells its services the same, and has them tell its cluster', () => {
  expect(problemsOf(retailflow)).toEqual([]);
  const told = (site: 'primary' | 'recovery') =>
    contractOf(
      {
        platform: resolved(retailflow),
        site,
        authentications: { databases: 'iam', caches: 'iam', searches: 'iam', messages: 'iam' },
      },
      'order',
    ).filter(({ variable }) => variable.startsWith('OTEL_'));
  const [there, here] = [told('primary'), told('recovery')];
  expect(here.map(({ variable }) => variable)).toEqual(there.map(({ variable }) => variable));
  expect(here.filter((each, index) => JSON.stringify(each) !== JSON.stringify(there[index]))).toEqual([
    expect.objectContaining({
      variable: 'OTEL_EXPORTER_OTLP_ENDPOINT',
      value: expect.stringMatching(/observability\.svc/),
    }),
  ]);
});

test('the smallest task has room for the collector, of which it leaves three quarters', () => {
  const problems = (memoryGiB: number) =>
    problemsOf(withPatch({ services: { pricing: { capacity: { vcpu: 0.25, memoryGiB } } } })).map(({ path }) => path);
  const least = (collectorShare.memoryMiB * 4) / 1024;
  expect(problems(least)).toEqual([]);
  expect(problems(least / 2)).toContain('services.pricing.capacity.memoryGiB');
});

test.each([
  ['ecs', 'http://127.0.0.1:4317'],
  ['eks', 'http://opentelemetry-collector.observability.svc.cluster.local:4317'],
] as const)(
  'on %s a service samples as its caller does, a share of what nobody called, and sends to %s',
  (runtime, endpoint) => {
    const of = { name: 'order', platform: 'shop', runtime, stage: 'production' };
    expect(telemetryVariables({ tracedPercent: 5 }, of)).toEqual({
      OTEL_SERVICE_NAME: 'order',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment=production,service.namespace=shop',
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.05',
      OTEL_PROPAGATORS: 'tracecontext,baggage',
    });
  },
);

test('somebody is called when fewer services speak than there are', () => {
  const platform = resolved(shopflow);
  // A collector is beside the gateway too.
  expect(telemetryAlerts(platform).ServicesSilent?.expression).toMatch(/< 14$/);
  expect(clusterTelemetryAlerts(platform).ServicesSilent?.expression).toMatch(/< 13$/);
  // As the collector of a cluster names who sent: by namespace and name of the service.
  expect(clusterTelemetryAlerts(platform).FiguresMissing?.expression).toBe(
    'absent_over_time(target_info{job=~"shopflow/.+"}[15m])',
  );
  expect(Object.keys(recordedFigures).every((name) => /^service:[a-z]+:\w+$/.test(name))).toBe(true);
});
