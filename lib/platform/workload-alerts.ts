import { errorThreshold, minimumRequests } from './gateway/errors';
import { rolloutsOn } from './flag-rollout';
import { exceptJobs, jobAlerts } from './job-alerts';
import { ledgerAlerts } from './ledger-alerts';
import { ledgersOn } from './ledgers';
import { loadAlerts } from './load-tests/alerts';
import { loadsOn } from './load-tests/in-cluster';
import { flagsWord, gatewayWord, kubernetesNamespace, loadsWord, verificationWord } from './names';
import { hasGateway, type Platform, type SiteName } from './platform';
import type { WorkloadAlert } from './workload-alert';

const day = 86_400;

/** How long before its end a certificate of the mesh is somebody's affair, in days. It is renewed long before. */
const certificateDays = 7;

/** Failures that happened in five minutes, of whichever kind: a kind that never failed has no figure. */
const anyOf = (series: readonly string[]): string =>
  series.map((each) => `(sum(rate(${each}[5m])) or vector(0))`).join(' + ');

/** What runs by a schedule in a namespace of its own, and has alerts of its own: none of it is a migration. */
const programsOn = (platform: Platform, site: SiteName): readonly string[] => [
  ...(loadsOn(platform, site) === undefined ? [] : [loadsWord]),
  ...(ledgersOn(platform, site).length === 0 ? [] : [verificationWord]),
  ...(rolloutsOn(platform, site).length === 0 ? [] : [flagsWord]),
];

/**
 * Alerts of releases, migrations, secrets, certificates, delivery, the gateway and what watches, by name. What is slow or fails in a
 * service, and what is at its most, has alerts of its own on each cloud.
 */
export function workloadAlerts(platform: Platform, site: SiteName): Readonly<Record<string, WorkloadAlert>> {
  const { delivery, goals, name } = platform;
  const ours = `namespace=~"${name}-.+"`;
  const others = programsOn(platform, site).map((word) => `,namespace!="${kubernetesNamespace(platform, word)}"`);
  const migrations = [ours, exceptJobs(platform), ...others].join('');
  return {
    ReleaseTakenBack: {
      expression: `max by (namespace, name) (rollout_info{${ours},phase=~"Degraded|Error|Timeout"}) == 1`,
      minutes: 2,
      severity: 1,
      description: 'A release was taken back, or cannot go on.',
      runbook: 'kubernetes-release',
    },
    MigrationFailed: {
      expression: `sum by (namespace) (kube_job_spec_completions{${migrations}}) - sum by (namespace) (kube_job_status_succeeded{${migrations}}) > 0`,
      minutes: 20,
      severity: 1,
      description: 'A migration did not end: what waits for it is not released.',
      runbook: 'kubernetes-migration',
    },
    ...jobAlerts(platform),
    ...loadAlerts(platform, site),
    ...ledgerAlerts(platform, site),
    SecretNotRead: {
      expression: `max by (namespace, name) (externalsecret_status_condition{${ours},condition="Ready",status="False"}) == 1`,
      minutes: 15,
      severity: 1,
      description:
        'A secret cannot be read from the vault: pods go on with what was read last, and new ones may not start.',
      runbook: 'kubernetes-secrets',
    },
    CertificateEnds: {
      expression: `min by (namespace, name) (certmanager_certificate_expiration_timestamp_seconds) - time() < ${certificateDays * day}`,
      minutes: 60,
      severity: 1,
      description: `A certificate of the cluster ends in less than ${certificateDays} days and was not renewed: calls between services fail next.`,
      runbook: 'kubernetes-certificate',
    },
    ...(delivery.manifests.by === 'argocd' ? deliveryAlerts : {}),
    ...(hasGateway(platform, site) ? gatewayAlerts(platform, errorThreshold(goals)) : {}),
    CollectorDrops: collectorDrops('kubernetes-observability'),
    FiguresNotWritten: {
      expression: `${anyOf(['prometheus_remote_storage_samples_failed_total'])} > 0`,
      minutes: 15,
      severity: 2,
      description: 'Some figures of the cluster are refused where they are kept.',
      runbook: 'kubernetes-observability',
    },
    // What cannot be written cannot say so.
    FiguresMissing: {
      expression: 'absent_over_time(prometheus_build_info{job="prometheus"}[15m])',
      minutes: 5,
      severity: 1,
      description: 'No figures come from the cluster: other alerts are blind, and releases may be judged by nothing.',
      runbook: 'kubernetes-observability',
    },
    FiguresUnread: {
      expression: 'avg by (job) (up) < 0.5',
      minutes: 15,
      severity: 2,
      description: 'More than half of the pods of a kind cannot be asked for their figures.',
      runbook: 'kubernetes-observability',
    },
  };
}

/** What collectors could not hand on, wherever they run. */
export const collectorDrops = (runbook: string): WorkloadAlert => ({
  expression: `${anyOf([
    'otelcol_exporter_send_failed_spans_total',
    'otelcol_exporter_send_failed_metric_points_total',
    'otelcol_receiver_refused_spans_total',
    'otelcol_receiver_refused_metric_points_total',
  ])} > 0`,
  minutes: 10,
  severity: 2,
  description: 'Traces or metrics of services are lost on their way to the cloud.',
  runbook,
});

const deliveryAlerts: Readonly<Record<string, WorkloadAlert>> = {
  ApplicationDiffers: {
    expression: 'max by (name) (argocd_app_info{sync_status!="Synced"}) == 1',
    minutes: 30,
    severity: 2,
    description: 'What runs differs from what is committed, and stays so.',
    runbook: 'kubernetes-delivery',
  },
  ApplicationSick: {
    expression: 'max by (name) (argocd_app_info{health_status=~"Degraded|Missing"}) == 1',
    minutes: 15,
    severity: 1,
    description: 'What was committed does not run.',
    runbook: 'kubernetes-delivery',
  },
};

function gatewayAlerts(platform: Pick<Platform, 'name'>, threshold: number): Readonly<Record<string, WorkloadAlert>> {
  const own = `namespace="${kubernetesNamespace(platform, gatewayWord)}"`;
  const requests = (more = '') => `sum(rate(kong_http_requests_total{${own}${more}}[5m]))`;
  return {
    GatewayErrors: {
      expression: `100 * ${requests(',code=~"5.."')} / ${requests()} > ${threshold} and 60 * ${requests()} >= ${minimumRequests}`,
      minutes: 3,
      severity: 0,
      description: `More than ${threshold}% of the requests through the gateway fail.`,
      runbook: 'kubernetes-gateway',
    },
    // Its figures come with those of its proxies, which are read all the same where it gives none.
    GatewayUnread: {
      expression: `absent_over_time(kong_nginx_connections_total{${own}}[15m])`,
      minutes: 5,
      severity: 2,
      description: 'The gateway gives no figures: nobody would be called if its requests failed.',
      runbook: 'kubernetes-gateway',
    },
  };
}
