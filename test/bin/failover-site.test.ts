import type { TokenCredential } from '@azure/identity';
import { failoverSettings } from '../../bin/failover-settings';
import { fullSize, siteSteps, type SitePart } from '../../bin/failover-site';
import { nodePoolSize } from '../../lib/platform/azure-nodes';
import { siteOn } from '../../lib/platform/platform';
import { TestClock } from '../support/answering-server';
import { resolved, retailflowWith } from '../support/platform';

const platform = resolved(retailflowWith({}), 'production');
const credential: TokenCredential = { getToken: () => Promise.reject(new Error('nobody is asked for a token')) };
const stepsTo = (to: string, ...without: readonly SitePart[]) =>
  siteSteps({
    settings: failoverSettings({
      platform,
      to,
      task: 'failover',
      unreconciled: 'it is a test',
      environment: {
        FAILOVER_ADDRESS: '20.212.0.7',
        FAILOVER_KUBERNETES: 'http://127.0.0.1:8001',
        FAILOVER_PRIMARY_STORE: 'unreachable',
      },
    }),
    without: new Set(without),
    clock: new TestClock(),
    credential,
  });

describe('the steps of a site beside its databases', () => {
  test('bring a site on Azure to its full size, and wait for names', () => {
    const { nodes, services, traffic } = stepsTo('recovery');
    const site = siteOn(platform, 'azure');
    if (site === undefined) throw new Error('RetailFlow must recover on azure');
    const { minCount } = nodePoolSize(platform, { ...site, size: 'full' });
    expect(nodes?.does).toBe(
      `has ${minCount} nodes stand in the pool services of aks-retailflow-production, and goes on while they come`,
    );
    expect(services?.does).toMatch(/^has 8 pods of analytics, .* 24 pods of gateway stand and be ready$/);
    expect(traffic?.does).toBe('waits until shop.example.com leads to the recovery site, and answers well there');
  });

  test('are names alone of a site on AWS, which scales by itself, and jobs that wait on the other', () => {
    const { holdJobs, ...others } = stepsTo('primary');
    expect(Object.keys(others)).toEqual(['traffic']);
    expect(holdJobs?.does).toBe('has the jobs order-reconcile, payment-reconcile wait');
    expect(Object.keys(stepsTo('primary', 'jobs'))).toEqual(['traffic']);
  });

  test('begin the jobs of a site that is to lead', () => {
    expect(stepsTo('recovery').startJobs?.does).toBe(
      'has the jobs order-reconcile, payment-reconcile begin by the clock',
    );
    expect(stepsTo('recovery').holdJobs).toBeUndefined();
  });

  test('are left out where a person says so', () => {
    expect(Object.keys(stepsTo('recovery', 'nodes', 'jobs'))).toEqual(['traffic', 'services']);
    expect(stepsTo('recovery', 'nodes', 'services', 'jobs', 'traffic')).toEqual({});
  });

  test('are as large as the most of every service, and of the gateway', () => {
    const size = Object.fromEntries(fullSize(platform).map(({ kind, name, pods }) => [name, [kind, pods]]));
    expect(size).toEqual({
      ...Object.fromEntries(
        Object.entries(platform.services).map(([name, { scale }]) => [name, ['Rollout', scale.max]]),
      ),
      gateway: ['Deployment', platform.gateway?.scale.max],
    });
  });
});
