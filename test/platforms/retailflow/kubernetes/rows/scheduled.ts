import { about, one, type Row } from '../../../support/about';
import { absent, containing, exactly, like } from '../../../support/matchers';
import { registry } from './facts';

const job = 'spec.jobTemplate.spec';
const pod = `${job}.template.spec`;
const container = `${pod}.containers[*]`;

/** Work by the clock on a site that follows: it stands ready, and waits. */
export const scheduled: Row = {
  row: 'jobs of services',
  expectations: [
    one('orders are reconciled each quarter of an hour', 'CronJob', 'retailflow-order/cronjob-order-reconcile', {
      'spec.schedule': '*/15 * * * *',
      'spec.timeZone': 'UTC',
      [`${job}.activeDeadlineSeconds`]: 600,
      [`${pod}.serviceAccountName`]: 'order',
    }),
    one('payments are reconciled each night', 'CronJob', 'retailflow-payment/cronjob-payment-reconcile', {
      'spec.schedule': '30 2 * * *',
      'spec.timeZone': 'Asia/Singapore',
      [`${job}.activeDeadlineSeconds`]: 3600,
      [`${pod}.serviceAccountName`]: 'payment',
    }),
    ...about(
      { type: 'CronJob', where: /-reconcile$/, count: 2 },
      {
        'work by the clock waits where another site leads': { path: 'spec.suspend', is: true },
        'a run begins in time or not at all': { path: 'spec.startingDeadlineSeconds', is: 300 },
        'a pod whose node leaves is no failure of a run': {
          path: `${job}.podFailurePolicy.rules`,
          is: containing({ action: 'Ignore' }),
        },
        'a run ends with its proxy': {
          path: `${job}.template.metadata.annotations[sidecar.istio.io/nativeSidecar]`,
          is: 'true',
        },
      },
    ),
    ...about(
      { type: 'CronJob', count: 3 },
      {
        'no run is beside another': { path: 'spec.concurrencyPolicy', is: 'Forbid' },
        'a run that failed is left to the next': { path: `${job}.backoffLimit`, is: 0 },
        'a run that failed is not started in the same pod': { path: `${pod}.restartPolicy`, is: 'Never' },
        'a run has no credentials of the cluster': { path: `${pod}.automountServiceAccountToken`, is: false },
        'a run is told of no service by the cluster': { path: `${pod}.enableServiceLinks`, is: false },
        'nobody in a run is root': { path: `${pod}.securityContext.runAsNonRoot`, is: true },
        'calls of the kernel are those that a run needs': {
          path: `${pod}.securityContext.seccompProfile.type`,
          is: 'RuntimeDefault',
        },
        'a run never becomes more than it began as': {
          path: `${container}.securityContext.allowPrivilegeEscalation`,
          is: false,
        },
        'no run is privileged': { path: `${container}.securityContext.privileged`, is: false },
        'no run changes its own program': { path: `${container}.securityContext.readOnlyRootFilesystem`, is: true },
        'a run drops every capability': { path: `${container}.securityContext.capabilities.drop`, is: exactly('ALL') },
        'a run is of an image by its digest': {
          path: `${container}.image`,
          is: like(new RegExp(`^${registry}/retailflow-production/.+@sha256:[0-9a-f]{64}$`)),
        },
        'a run has a limit of memory': { path: `${container}.resources.limits.memory`, is: like(/^(256Mi|1Gi|2Gi)$/) },
        'a run is apart from its node': { path: `${pod}.hostNetwork`, is: absent },
        'a run listens nowhere': { path: `${container}.ports`, is: absent },
      },
    ),
  ],
};
