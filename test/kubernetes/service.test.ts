import { service as schema } from '../../lib/platform/nouns/service';
import { disruptionBudget, Service, serviceSpec } from '../../lib/kubernetes/service';
import { serviceImage } from '../../lib/kubernetes/service-image';
import { progressSeconds } from '../../lib/kubernetes/workload';
import { clusterOf, released, rendered, serviceOf } from '../support/kubernetes';

const made = (service: string, patch: unknown = {}) => {
  const context = clusterOf(patch, { releases: released });
  const spec = schema.parse(context.platform.services[service]);
  return rendered((options) => {
    new Service(service, { context, service, spec, image: serviceImage(context, service, spec), before: [] }, options);
  });
};
const kinds = async (service: string, patch: unknown = {}) =>
  (await made(service, patch)).all.map(({ kind, metadata }) => `${kind} ${metadata.name}`);

describe('what a service is made of', () => {
  test('a canary moves weights between two subsets, and is judged', async () => {
    expect(await kinds('order')).toEqual([
      'AnalysisTemplate release',
      'DestinationRule order',
      'PodDisruptionBudget order',
      'Rollout order',
      'Service order',
      'VirtualService order',
    ]);
  });

  test('two fleets have a service each', async () => {
    expect(await kinds('analytics')).toContain('Service analytics-preview');
    expect(await kinds('order')).not.toContain('Service order-preview');
  });

  test('a plain release is judged, too; without traffic it has no routes', async () => {
    expect(await kinds('notification')).toEqual([
      'AnalysisTemplate release',
      'PodDisruptionBudget notification',
      'Rollout notification',
      'Service notification',
    ]);
  });

  test('a plain release with traffic has routes, and moves none of it', async () => {
    const objects = await made('payment', serviceOf('payment', { release: { kind: 'rolling' } }));
    expect(objects.one('VirtualService', 'payment').spec).toMatchObject({ http: [{ route: [{ weight: 100 }] }] });
    expect(objects.one('Rollout', 'payment').spec).not.toHaveProperty('strategy.canary.trafficRouting');
  });
});

describe('a service', () => {
  test('is scaled by others: it does not say how many pods it has', async () => {
    expect((await made('order')).one('Rollout', 'order').spec).not.toHaveProperty('replicas');
  });

  test('is found under its name by the protocol that it speaks', () => {
    expect(serviceSpec('order', { port: 9000, protocol: 'grpc' })).toMatchObject({
      type: 'ClusterIP',
      ports: [{ name: 'grpc', port: 9000, targetPort: 'grpc', appProtocol: 'grpc' }],
    });
  });

  test('is replaced without being short of pods', async () => {
    expect((await made('notification')).one('Rollout', 'notification').spec).toMatchObject({
      strategy: { canary: { maxSurge: '25%', maxUnavailable: 0 } },
    });
  });

  test('is taken back when a release makes no progress', async () => {
    expect((await made('order')).one('Rollout', 'order').spec).toMatchObject({
      progressDeadlineSeconds: progressSeconds({ startSeconds: 60 }),
      progressDeadlineAbort: true,
    });
  });

  test('waits for what comes before it where Argo CD applies it, and knows nothing of Argo CD elsewhere', async () => {
    const wave = 'argocd.argoproj.io/sync-wave';
    const annotations = async (patch: unknown) =>
      (await made('order', patch)).one('Rollout', 'order').metadata.annotations ?? {};
    expect(await annotations({})).toMatchObject({ [wave]: '2' });
    expect(await annotations({ delivery: { manifests: { by: 'pulumi', repository: null } } })).not.toHaveProperty(wave);
  });

  test('never holds up an upgrade, with one pod or with many', () => {
    expect(disruptionBudget('order')).toMatchObject({
      maxUnavailable: '25%',
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    });
    expect(disruptionBudget('order')).not.toHaveProperty('minAvailable');
  });
});
