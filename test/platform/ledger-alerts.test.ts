import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../bin/inputs';
import { ledgerAlerts } from '../../lib/platform/ledger-alerts';
import { workloadAlerts } from '../../lib/platform/workload-alerts';
import retailflowAzure from '../../platforms/retailflow-azure';
import { resolved, retailflowWith } from '../support/platform';

const azure = resolved(retailflowAzure);
const postgres = resolved(retailflowWith({}));
const alerts = ledgerAlerts(azure, 'primary');
const own = 'namespace="retailflow-azure-ledger-verification"';

describe('alerts of ledgers', () => {
  test('call people by night for a verification that failed within a day', () => {
    const { LedgerNotVerified: alert } = alerts;
    expect(alert).toMatchObject({ severity: 0, minutes: 1 });
    expect(alert?.expression).toContain(`kube_job_failed{${own},condition="true"}`);
    expect(alert?.expression).toMatch(/^time\(\) - \(.* == 1\)\) < 86400$/);
  });

  test('call people by night when none went well for two days', () => {
    const { LedgerVerificationMissed: alert } = alerts;
    const [late, never, ...others] = alert?.expression.split(' or ') ?? [];
    expect(others).toEqual([]);
    expect(alert).toMatchObject({ severity: 1 });
    expect(late).toContain(`kube_job_status_succeeded{${own},job_name=~"order-[0-9]+"}`);
    expect(late).toMatch(/^time\(\) - max by \(namespace\) .* > 172800$/);
    // What never went well counts from when the namespace was two days old, and not from the first minute.
    expect(never).toMatch(
      /^\(max by \(namespace\) \(kube_namespace_status_phase\{.*\} offset 48h\) == 1 unless on \(namespace\) /,
    );
    expect(never).toContain(`kube_job_status_succeeded{${own},job_name=~"order-[0-9]+"}`);
  });

  test('are none where there is no ledger', () => {
    expect(ledgerAlerts(postgres, 'recovery')).toEqual({});
    expect(workloadAlerts(postgres, 'recovery')['MigrationFailed']?.expression).not.toContain('ledger-verification');
  });

  test('are among those of the cluster, whose migrations do not count them', () => {
    const all = workloadAlerts(azure, 'primary');
    expect(all).toMatchObject(alerts);
    expect(all['MigrationFailed']?.expression).toContain(`,${own.replace('=', '!=')}`);
  });

  test.each(Object.entries(alerts))('%s has a runbook that names it', (name, { runbook }) => {
    const file = join(root, 'docs/runbooks', `${runbook}.md`);
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, 'utf8')).toContain(`\`${name}\``);
  });
});
