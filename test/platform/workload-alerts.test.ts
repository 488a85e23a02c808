import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../bin/inputs';
import { workloadAlerts } from '../../lib/platform/workload-alerts';
import { resolved, retailflowWith } from '../support/platform';

const alertsOf = (patch: unknown = {}) => workloadAlerts(resolved(retailflowWith(patch)), 'recovery');
const all = Object.entries(alertsOf());

describe('alerts of what runs in a cluster', () => {
  test('are of everything that stops a release, a secret, a certificate, the gateway, or the watch itself', () => {
    expect(all.map(([name]) => name)).toEqual([
      'ReleaseTakenBack',
      'MigrationFailed',
      'JobFailed',
      'JobMissed',
      'SecretNotRead',
      'CertificateEnds',
      'ApplicationDiffers',
      'ApplicationSick',
      'GatewayErrors',
      'GatewayUnread',
      'CollectorDrops',
      'FiguresNotWritten',
      'FiguresMissing',
      'FiguresUnread',
    ]);
  });

  test.each(all)('%s has a runbook that names it', (name, { runbook }) => {
    const file = join(root, 'docs/runbooks', `${runbook}.md`);
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, 'utf8')).toContain(`\`${name}\``);
  });

  test.each(all)('%s says in a sentence what is wrong', (_, { description }) => {
    expect(description).toMatch(/^[A-Z].*\.$/);
  });

  test('are as many as one group of Azure’s may hold', () => {
    expect(all.length).toBeLessThanOrEqual(20);
  });

  test('tell of applications only where Argo CD delivers', () => {
    const platform = resolved(retailflowWith({}));
    const pushed = { ...platform, delivery: { ...platform.delivery, manifests: { by: 'pulumi' as const } } };
    const names = Object.keys(workloadAlerts(pushed, 'recovery'));
    expect(names.filter((name) => name.startsWith('Application'))).toEqual([]);
    expect(names).toContain('ReleaseTakenBack');
  });

  test('tell of the gateway only where there is one', () => {
    const waives = { gateway: { reason: 'x'.repeat(20), minutes: 1 } };
    const names = Object.keys(alertsOf({ stages: { production: { sites: { recovery: { waives } } } } }));
    expect(names.filter((name) => name.startsWith('Gateway'))).toEqual([]);
  });

  test('call for the gateway by the budget of errors, and not for a handful of requests', () => {
    const { GatewayErrors: alert } = alertsOf();
    expect(alert).toMatchObject({ severity: 0, minutes: 3, expression: expect.stringMatching(/> 1\.15 and .*>= 50$/) });
    const strict = alertsOf({ goals: { errorPercent: 0.05 } });
    expect(strict['GatewayErrors']?.expression).not.toBe(alert?.expression);
  });
});
