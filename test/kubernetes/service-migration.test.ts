import { service as schema } from '../../lib/platform/nouns/service';
import { serviceImage } from '../../lib/kubernetes/service-image';
import { migrationName, ServiceMigration } from '../../lib/kubernetes/service-migration';
import { clusterOf, released, rendered, serviceOf } from '../support/kubernetes';

const jobs = async (patch: unknown = {}, releases: Record<string, { digest: string }> = released) => {
  const context = clusterOf(patch, { releases });
  const spec = schema.parse(context.platform.services['order']);
  const image = serviceImage(context, 'order', spec);
  const objects = await rendered((options) => {
    new ServiceMigration('order', { context, service: 'order', spec, image }, options);
  });
  return objects.of('Job');
};

describe('the run of a migration', () => {
  const command = ['node', 'migrate.js'];
  const name = migrationName('order', 'registry/order@sha256:1', command);

  test('has the same name as long as it runs the same', () => {
    expect(name).toMatch(/^order-migration-[0-9a-f]{10}$/);
    expect(migrationName('order', 'registry/order@sha256:1', [...command])).toBe(name);
  });

  test.each([
    ['image', 'registry/order@sha256:2', command],
    ['command', 'registry/order@sha256:1', ['node', 'migrate.js', '--all']],
    ['division of the same words', 'registry/order@sha256:1', ['node migrate.js']],
  ])('has another name with another %s', (_, reference, words) => {
    expect(migrationName('order', reference, words)).not.toBe(name);
  });
});

describe('the migration of a service', () => {
  test('ends in its time, is tried again, and bears that its node leaves', async () => {
    const [job] = await jobs(serviceOf('order', { migration: { timeoutMinutes: 5 } }));
    expect(job?.spec).toMatchObject({
      activeDeadlineSeconds: 300,
      backoffLimit: 2,
      ttlSecondsAfterFinished: 604_800,
      podFailurePolicy: {
        rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }],
      },
    });
  });

  test('runs after what it needs and before the pods, where Argo CD applies it', async () => {
    const [job] = await jobs();
    expect(job?.metadata.annotations).toEqual({
      'argocd.argoproj.io/hook': 'Sync',
      'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
      'argocd.argoproj.io/sync-wave': '1',
    });
  });

  test('knows nothing of Argo CD elsewhere', async () => {
    const [job] = await jobs({ delivery: { manifests: { by: 'pulumi', repository: null } } });
    expect(job?.metadata.annotations ?? {}).toEqual({});
  });

  test.each([
    ['has none', serviceOf('order', { migration: null }), released],
    ['is not released yet', {}, {}],
  ])('is not run where the service %s', async (_, patch, releases) => {
    expect(await jobs(patch, releases)).toEqual([]);
  });
});
