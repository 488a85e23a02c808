import { analysisMetrics } from '../../lib/kubernetes/analysis';
import { errorPercent, p95Milliseconds, requestsPerMinute } from '../../lib/platform/mesh-figures';

const subject = { platform: { name: 'shop' }, service: 'order' };
const rollback = { errorPercent: 0.5, p95Milliseconds: 800, errorsAbove: 'nothing', minimumRequests: 50 } as const;
const metrics = (change: object = {}) => analysisMetrics({ ...subject, protocol: 'http', rollback, ...change });
const [errors, latency] = metrics();

describe('figures of a service', () => {
  test('are what its own proxies counted, in its own namespace', () => {
    expect(requestsPerMinute(subject, '2m')).toBe(
      '60*sum(rate(istio_requests_total{reporter="destination",destination_workload_namespace="shop-order"}[2m]))',
    );
  });

  test('are of one version where one is named', () => {
    expect(requestsPerMinute({ ...subject, version: 'abc' }, '2m')).toContain(',rollouts_pod_template_hash="abc"}');
  });

  test.each([
    ['http', 'response_code=~"5.."'],
    ['grpc', 'grpc_response_status=~"2|4|13|14|15"'],
  ] as const)('count as failures of %s %s', (protocol, matcher) => {
    expect(errorPercent(subject, protocol, '2m')).toContain(`,${matcher}}[2m]`);
  });

  test('are zero without requests, and not unknown', () => {
    expect(errorPercent(subject, 'http', '2m')).toMatch(/>0\) or vector\(0\)\)$/);
    expect(p95Milliseconds(subject, '2m')).toMatch(/\)>=0 or vector\(0\)\)$/);
  });
});

describe('a release is judged', () => {
  test('by how many percent more of its requests fail than of the version before', () => {
    const query = errors?.provider.prometheus?.query ?? '';
    expect(errors).toMatchObject({ name: 'errors', successCondition: 'result[0] <= 0.5' });
    expect(query.split('{{args.canary}}').length - 1).toBe(3);
    expect(query.split('{{args.stable}}').length - 1).toBe(2);
    expect(query).toContain(')-(100*');
  });

  test('by how slow it is where it is slower than the version before', () => {
    const query = latency?.provider.prometheus?.query ?? '';
    expect(latency).toMatchObject({ name: 'latency', successCondition: 'result[0] <= 800' });
    expect(query).toMatch(/histogram_quantile.*args\.canary.*>\(histogram_quantile.*args\.stable/);
  });

  test.each([
    ['errors', errors],
    ['latency', latency],
  ])('by %s, only with enough requests to say anything', (_, metric) => {
    expect(metric?.provider.prometheus?.query).toMatch(
      /and on\(\) \(60\*sum\(.*args\.canary.*\)>=50\)\) or vector\(0\)$/,
    );
  });

  test('for as long as it takes, and taken back at the third bad measurement', () => {
    expect(errors).toMatchObject({ interval: '2m', failureLimit: 2 });
    expect(errors).not.toHaveProperty('count');
  });

  test.each([
    [15, 7],
    [1, 1],
  ])('for %d minutes where it has so many, in %d measurements', (minutes, count) => {
    expect(metrics({ minutes }).map((metric) => metric.count)).toEqual([count, count]);
  });
});
