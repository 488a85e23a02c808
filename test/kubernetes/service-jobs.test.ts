import { cronJobSpec, ServiceJobs } from '../../lib/kubernetes/service-jobs';
import { service as schema } from '../../lib/platform/nouns/service';
import { serviceImage } from '../../lib/kubernetes/service-image';
import type { Platform } from '../../lib/platform/platform';
import { clusterOf, released, rendered } from '../support/kubernetes';

async function jobsOf(service: string, patch: unknown = {}, releases: Record<string, { digest: string }> = released) {
  const context = clusterOf(patch, { releases });
  const spec = schema.parse(context.platform.services[service]);
  const image = serviceImage(context, service, spec);
  const objects = await rendered((options) => {
    new ServiceJobs(service, { context, service, spec, image }, options);
  });
  return objects.of('CronJob');
}

/** The settings of order's job where no other site leads. */
function leading() {
  const context = clusterOf({}, { releases: released });
  const { platform } = context;
  const spec = schema.parse(platform.services['order']);
  const image = serviceImage(context, 'order', spec);
  const { recovery } = platform.stage.sites;
  const stage = { ...platform.stage, sites: { primary: recovery, recovery } } as Platform['stage'];
  const input = { context: { ...context, platform: { ...platform, stage } }, service: 'order', spec, image };
  const [job] = Object.values(spec.jobs);
  if (job === undefined) throw new Error('order must have a job');
  return cronJobSpec(input, 'reconcile', job);
}

describe('a job in a cluster', () => {
  test('begins by its clock, never beside another, in time or not at all', async () => {
    const [job] = await jobsOf('payment');
    expect(job?.metadata).toMatchObject({ name: 'payment-reconcile', namespace: 'retailflow-payment' });
    expect(job?.spec).toMatchObject({
      schedule: '30 2 * * *',
      timeZone: 'Asia/Singapore',
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: 300,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 3,
    });
  });

  test('ends in its time, is tried once, and bears that its node leaves', async () => {
    const [job] = await jobsOf('order');
    expect(job?.spec).toMatchObject({
      jobTemplate: {
        spec: {
          backoffLimit: 0,
          activeDeadlineSeconds: 600,
          ttlSecondsAfterFinished: 604_800,
          podFailurePolicy: {
            rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }],
          },
          template: {
            metadata: {
              labels: { 'app.kubernetes.io/name': 'order', 'app.kubernetes.io/component': 'job' },
              annotations: { 'sidecar.istio.io/nativeSidecar': 'true' },
            },
            spec: {
              restartPolicy: 'Never',
              serviceAccountName: 'order',
              automountServiceAccountToken: false,
              securityContext: { runAsNonRoot: true },
              containers: [
                {
                  name: 'app',
                  command: ['node', 'dist/reconcile.js'],
                  securityContext: { readOnlyRootFilesystem: true, allowPrivilegeEscalation: false },
                },
              ],
            },
          },
        },
      },
    });
  });

  test('listens nowhere, and is told of no other service', () => {
    const [container] = leading().jobTemplate.spec.template.spec.containers;
    expect(container).not.toHaveProperty('ports');
    expect(container).not.toHaveProperty('livenessProbe');
    const names = container?.env.map(({ name }) => name) ?? [];
    expect(names).toEqual(expect.arrayContaining(['DATABASE_STORE_HOST', 'JOB_NAME']));
    expect(names.filter((name) => /^SERVICE_\w+_(URL|TIMEOUT_SECONDS)$/.test(name))).toEqual([]);
  });

  test('waits on a site that follows, and until the service is released, and nowhere else', async () => {
    const suspended = async (releases?: Record<string, { digest: string }>) =>
      (await jobsOf('order', {}, releases)).map(({ spec }) => (spec as { suspend: boolean }).suspend);
    expect(await suspended()).toEqual([true]);
    expect(await suspended({})).toEqual([true]);
    expect(leading().suspend).toBe(false);
  });

  test('is none where a service has none', async () => {
    expect(await jobsOf('user')).toEqual([]);
  });
});
