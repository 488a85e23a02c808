import { began } from './job-alerts';
import { ledgersOn, verifiedHours } from './ledgers';
import { kubernetesNamespace, verificationWord } from './names';
import type { Platform, SiteName } from './platform';
import type { WorkloadAlert } from './workload-alert';

const runbook = 'azure-ledger';
const hour = 3600;

/** What is true of runs that verify ledgers alone. */
const runs = (platform: Pick<Platform, 'name'>): string =>
  `namespace="${kubernetesNamespace(platform, verificationWord)}"`;

/**
 * When somebody is called for ledgers in a cluster: a verification failed within a day, or none went well for too long. Where none ever
 * did, the time counts from when the cluster had a place for them, so that a new platform calls nobody before its first night.
 */
export function ledgerAlerts(platform: Platform, site: SiteName): Readonly<Record<string, WorkloadAlert>> {
  const databases = ledgersOn(platform, site);
  if (databases.length === 0) return {};
  const own = runs(platform);
  const failed = `max by (namespace, job_name) (kube_job_failed{${own},condition="true"})`;
  const there = `max by (namespace) (kube_namespace_status_phase{${own},phase="Active"} offset ${verifiedHours}h) == 1`;
  const late = databases.flatMap((database) => {
    const labels = `${own},job_name=~"${database}-[0-9]+"`;
    const good = `max by (namespace) (${began(labels, `max by (namespace, job_name) (kube_job_status_succeeded{${labels}})`)})`;
    return [`time() - ${good} > ${verifiedHours * hour}`, `(${there} unless on (namespace) ${good})`];
  });
  return {
    LedgerNotVerified: {
      expression: `time() - (${began(own, failed)}) < ${24 * hour}`,
      minutes: 1,
      severity: 0,
      description:
        'A ledger does not agree with its digests, or could not be compared: events may have been changed past the database.',
      runbook,
    },
    LedgerVerificationMissed: {
      expression: late.join(' or '),
      minutes: 5,
      severity: 1,
      description: `No verification of a ledger went well for ${verifiedHours} hours.`,
      runbook,
    },
  };
}
