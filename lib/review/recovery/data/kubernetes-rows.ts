import type { Rows } from '../capability';

const COMPONENT = ['spec', 'template', 'metadata', 'labels', 'app.kubernetes.io/component'];

const KONG = /\/release-kong\.yaml$/;

/** How objects of a cluster show what runs in it. What is missing here shows nothing. */
export const workloadRows: Rows = {
  Deployment: [
    { noun: 'services', path: /\/deployment-(.+)\.yaml$/, at: COMPONENT, is: /^service$/ },
    { noun: 'keeper', path: /\/deployment-keeper\.yaml$/, name: 'right-to-write' },
  ],
  Rollout: [
    { noun: 'services', path: /\/rollout-(.+)\.yaml$/, at: COMPONENT, is: /^service$/ },
    { noun: 'releases', path: /\/rollout-(.+)\.yaml$/, at: ['spec', 'strategy', 'canary', 'trafficRouting'] },
    { noun: 'releases', path: /\/rollout-(.+)\.yaml$/, at: ['spec', 'strategy', 'blueGreen'] },
  ],
  ScaledObject: [
    { noun: 'scaling', path: /\/scaledobject-(?!gateway\.)(.+)\.yaml$/ },
    // By requests or schedules too, which its chart could not do.
    { noun: 'gateway', path: /\/scaledobject-gateway\.yaml$/, name: 'scaling' },
  ],
  Job: [
    { noun: 'migrations', path: /\/job-(?!.+-contents-[0-9a-f]+\.yaml$)/, at: COMPONENT, is: /^(.+)$/ },
    // A database of SQL Server has one for all of its users.
    { noun: 'contents', path: /\/job-(.+)-contents-[0-9a-f]+\.yaml$/ },
  ],
  PeerAuthentication: [
    {
      noun: 'mesh',
      path: /\/peerauthentication-default\./,
      at: ['spec', 'mtls', 'mode'],
      is: /^STRICT$/,
      name: 'mutual-tls',
    },
  ],
  // Load tests are not needed while a site is lost, and flags in AppConfig move without a job.
  CronJob: [{ noun: 'jobs', path: /(?<!-(?:load-tests|flag-rollout))\/cronjob-(.+)\.yaml$/ }],
  Sidecar: [
    { noun: 'egress', at: ['spec', 'outboundTrafficPolicy', 'mode'], is: /^REGISTRY_ONLY$/, name: 'declared-hosts' },
  ],
  Release: [
    { noun: 'gateway', path: KONG, name: 'requests' },
    { noun: 'gateway', path: KONG, at: ['spec', 'values', 'autoscaling', 'enabled'], is: /^true$/, name: 'scaling' },
  ],
};

/** How objects of the recovery site's cluster show what the primary has: its secrets, too, which on AWS are resources of their own. */
export const kubernetesRows: Rows = {
  ...workloadRows,
  'ExternalSecret spec.data': [{ noun: 'secrets', at: ['remoteRef', 'key'], is: /^(.+-.+)$/ }],
};
