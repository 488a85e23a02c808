import { nodePoolSize } from '../../../lib/platform/azure-nodes';
import { loadPods, loadsInCluster, loadsOn } from '../../../lib/platform/load-tests/in-cluster';
import { identityWords } from '../../../lib/platform/outputs';
import { imageWords } from '../../../lib/platform/releases';
import { workloadAlerts } from '../../../lib/platform/workload-alerts';
import retailflow from '../../../platforms/retailflow';
import techflow from '../../../platforms/techflow';
import { resolved } from '../../support/platform';

const staging = resolved(techflow, 'staging');
const production = resolved(techflow, 'production');
const onAws = resolved(retailflow, 'staging');

describe('load tests of a cluster', () => {
  test('run on the primary on Azure, where the stage says so', () => {
    expect(loadsOn(staging, 'primary')).toMatchObject({ schedule: '0 4 * * 6' });
    expect(loadsOn(staging, 'recovery')).toBeUndefined();
    expect([staging, production, onAws].map(loadsInCluster)).toEqual([true, false, false]);
  });

  test('are as many pods as their users need, for which nodes may be added', () => {
    expect(loadPods(staging, 'primary')).toEqual([{ count: 6, vcpu: 2, memoryGiB: 8 }]);
    expect(loadPods(production, 'primary')).toEqual([]);
    const { primary } = staging.stage.sites;
    if (primary.cloud !== 'azure') throw new Error('techflow must stand on azure');
    const [without, beside] = [
      nodePoolSize(staging, primary),
      nodePoolSize(staging, primary, loadPods(staging, 'primary')),
    ];
    expect(beside.maxCount).toBeGreaterThan(without.maxCount);
    expect(beside.minCount).toBe(without.minCount);
  });

  test('have an identity and the image of the platform’s programs', () => {
    expect(identityWords(staging)).toContain('load-tests');
    expect(imageWords(staging)).toContain('failover');
    expect(identityWords(production)).not.toContain('load-tests');
  });

  test('call somebody when they fail, and when none was good for eight days or ever', () => {
    const {
      LoadTestFailed: failed,
      LoadTestMissed: missed,
      MigrationFailed: migration,
    } = workloadAlerts(staging, 'primary');
    const labels = 'namespace="techflow-load-tests"';
    expect(failed).toMatchObject({
      expression: `time() - (max by (job_name) (kube_job_status_start_time{${labels}}) and on (job_name) max by (job_name) (kube_job_failed{${labels},condition="true"}) == 1) < 7860`,
      runbook: 'load-tests',
    });
    const own = `${labels},job_name=~"regression-[0-9]+"`;
    const good = `max(max by (job_name) (kube_job_status_start_time{${own}}) and on (job_name) max by (job_name) (kube_job_status_succeeded{${own}}) == 6)`;
    expect(missed?.expression).toBe(`time() - ${good} > 691200 or absent(${good})`);
    expect(migration?.expression).toContain('namespace!="techflow-load-tests"');
  });

  test('call nobody where none run', () => {
    for (const [platform, site] of [
      [production, 'primary'],
      [staging, 'recovery'],
    ] as const) {
      const alerts = workloadAlerts(platform, site);
      expect(Object.keys(alerts).filter((name) => name.startsWith('LoadTest'))).toEqual([]);
      expect(alerts['MigrationFailed']?.expression).not.toContain('load-tests');
    }
  });
});
