import { about, one, type Row } from '../../../support/about';
import { contentsOf } from '../../../support/contents';
import { absent, between, containing, exactly, like } from '../../../support/matchers';
import { registry, services } from './facts';

const pod = 'spec.template.spec';
const container = `${pod}.containers[*]`;
const users = [...Object.keys(services), 'feed-analytics', 'feed-archive'];

export const jobs: Row = {
  row: 'jobs',
  expectations: [
    ...users.map((user) =>
      one(`the user of ${user} is made in its database`, 'Job', `retailflow-migration/job-store-${user}`, {
        'metadata.labels[app.kubernetes.io/component]': user,
        [`${container}.env`]: containing({ name: 'PGDATABASE', value: 'store' }),
        [`${pod}.volumes`]: containing({ name: 'sql' }),
      }),
    ),
    ...users.map((user) =>
      one(`the SQL of ${user} can be read`, 'ConfigMap', `retailflow-migration/configmap-store-${user}`, {
        'data[migration.sql]': like(new RegExp(`CREATE ROLE "svc_${user.replaceAll('-', '_')}" LOGIN`)),
      }),
    ),
    ...contentsOf('retailflow', { 'analytics-backup': ['feed_analytics'] }, registry),
    ...about(
      { type: 'Job', where: /^retailflow-migration\//, count: users.length + 1 },
      {
        'a job that hangs ends': { path: 'spec.activeDeadlineSeconds', is: between(60, 1800) },
        'a job that fails is tried again': { path: 'spec.backoffLimit', is: between(1, 6) },
        'a job that failed is not started in the same pod': { path: `${pod}.restartPolicy`, is: 'Never' },
        'a job logs in as the identity of migrations': { path: `${pod}.serviceAccountName`, is: 'migration' },
        'a job has no credentials of the cluster': { path: `${pod}.automountServiceAccountToken`, is: false },
        'a job is told of no service': { path: `${pod}.enableServiceLinks`, is: false },
        'a job has no proxy that would outlive it': {
          path: 'spec.template.metadata.labels[sidecar.istio.io/inject]',
          is: 'false',
        },
        'nobody in a job is root': { path: `${pod}.securityContext.runAsNonRoot`, is: true },
        'a job is a user of its own': { path: `${pod}.securityContext.runAsUser`, is: 1000 },
        'calls of the kernel are those that a job needs': {
          path: `${pod}.securityContext.seccompProfile.type`,
          is: 'RuntimeDefault',
        },
        'a job never becomes more than it began as': {
          path: `${container}.securityContext.allowPrivilegeEscalation`,
          is: false,
        },
        'no job is privileged': { path: `${container}.securityContext.privileged`, is: false },
        'no job changes its own program': { path: `${container}.securityContext.readOnlyRootFilesystem`, is: true },
        'a job drops every capability': { path: `${container}.securityContext.capabilities.drop`, is: exactly('ALL') },
        'a job is apart from its node': { path: `${pod}.hostNetwork`, is: absent },
      },
    ),
    ...about(
      { type: 'Job', where: /^retailflow-migration\/job-store-/, count: users.length },
      {
        'a job of psql asks for a token for Azure alone': {
          path: `${pod}.volumes`,
          is: containing({
            name: 'account',
            projected: { sources: [{ serviceAccountToken: { audience: 'api://AzureADTokenExchange' } }] },
          }),
        },
        'a job of psql makes sure that the database is the one it means': {
          path: `${container}.env`,
          is: containing({ name: 'PGSSLMODE', value: 'verify-full' }, { name: 'PGSSLROOTCERT', value: 'system' }),
        },
        'a job of psql writes to memory alone': { path: `${pod}.volumes[name=scratch].emptyDir.medium`, is: 'Memory' },
        'a job of psql asks for what it needs': {
          path: `${container}.resources`,
          is: { limits: { memory: '128Mi' }, requests: { cpu: '50m', memory: '128Mi' } },
        },
        'a job of psql is named by its digest': {
          path: `${container}.image`,
          is: like(new RegExp(`^${registry}/retailflow-production/copies/postgres@sha256:[0-9a-f]{64}$`)),
        },
      },
    ),
    one(
      'the account of migrations gives its pods nothing by itself',
      'ServiceAccount',
      'retailflow-migration/serviceaccount-migration',
      {
        automountServiceAccountToken: false,
      },
    ),
  ],
};
