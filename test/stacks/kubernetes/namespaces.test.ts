import { ownedNamespaces, serviceRoom } from '../../../stacks/kubernetes/namespaces';
import { clusterOf, serviceOf } from '../../support/kubernetes';

const { platform } = clusterOf();
const capacity = { vcpu: 1, memoryGiB: 2 };

describe('what the namespace of a service holds', () => {
  test.each([
    ['two fleets at their largest, where a release has two', 'order', {}, 62],
    ['two fleets, where all traffic moves at once', 'analytics', {}, 17],
    ['one fleet and a quarter, where pods are replaced', 'notification', {}, 14],
    ['no run of a migration that there is not', 'order', serviceOf('order', { migration: null }), 61],
    ['no run of a job that there is not', 'order', serviceOf('order', { jobs: null }), 61],
  ])('is %s', (_, service, patch, count) => {
    const [room] = serviceRoom(clusterOf(patch).platform, 'recovery', service);
    expect(room?.count).toBe(count);
  });

  test('is measured by what one of its pods asks for', () => {
    expect(serviceRoom(platform, 'recovery', 'order')[0]?.capacity).toEqual(capacity);
  });

  test('fails when there is no such service', () => {
    expect(() => serviceRoom(platform, 'recovery', 'ordr')).toThrow(/^no service ordr in analytics, /);
  });
});

describe('namespaces of the platform', () => {
  test('are those of services, of the gateway, of migrations, of the keeper and of what moves flags', () => {
    expect(Object.keys(ownedNamespaces(platform, 'recovery')).sort()).toEqual([
      'analytics',
      'catalog',
      'flag-rollout',
      'gateway',
      'keeper',
      'migration',
      'notification',
      'order',
      'payment',
      'user',
    ]);
  });

  test('let a balancer stand before the gateway, and before nobody else', () => {
    const owned = ownedNamespaces(platform, 'recovery');
    expect(Object.keys(owned).filter((word) => (owned[word]?.balancers ?? 0) > 0)).toEqual(['gateway']);
  });

  test('hold a job for each PostgreSQL database and whoever uses it on the site, functions too, and for each database of SQL Server, outside of the mesh', () => {
    const { holds = [], inMesh } = ownedNamespaces(platform, 'recovery')['migration'] ?? {};
    expect([holds[0]?.count, inMesh]).toEqual([9, false]);
  });

  test('have room for one failover control where there is something to fail over, and none elsewhere', () => {
    const { platform: alone } = clusterOf({
      databases: { store: { on: ['primary', 'recovery'] } },
      edge: null,
      stages: { staging: { loadTests: null } },
    });
    expect(ownedNamespaces(platform, 'recovery')['migration']?.holds[1]).toEqual({
      count: 1,
      capacity: { vcpu: 0.25, memoryGiB: 0.5 },
    });
    expect(ownedNamespaces(alone, 'recovery')['migration']?.holds).toHaveLength(1);
  });

  test('are none for a gateway that the site does without', () => {
    const waives = { gateway: { reason: 'the application takes tokens by itself', minutes: 0 } };
    const without = clusterOf({ stages: { production: { sites: { recovery: { waives } } } } });
    expect(ownedNamespaces(without.platform, 'recovery')).not.toHaveProperty('gateway');
  });
});
