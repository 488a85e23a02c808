import { production } from '../../support/platform';
import { testFaults, testVariations } from '../../support/faults';

const store = (patch: unknown) => ({ databases: { store: patch } });
const awsOnly = production({ sites: { recovery: null } }) as object;
const withoutRecovery = { goals: { recovery: null }, ...awsOnly };
const reports = { engine: 'sqlserver', capacity: { vcpu: 2, memoryGiB: 8 } };

describe('databases', () => {
  testFaults([
    {
      when: 'there are more read replicas than Azure allows',
      patch: store({ readReplicas: 6 }),
      answers: [
        {
          path: 'databases.store.readReplicas',
          got: 6,
          allowed: '0 to 5 on azure',
          remedy: 'lower it, or move readers to a second database',
        },
      ],
    },
    {
      when: 'a Multi-AZ cluster has other than two readers',
      patch: store({ topology: 'multi-az-cluster', readReplicas: 1, readerScaling: null }),
      answers: [
        {
          path: 'databases.store.readReplicas',
          got: 1,
          allowed: '2 with topology multi-az-cluster on aws',
          remedy: 'correct the number, or choose another topology',
        },
      ],
    },
    {
      when: 'a Multi-AZ instance has more replicas than an alarm watches',
      patch: { ...withoutRecovery, ...store({ topology: 'multi-az-instance', readReplicas: 10, readerScaling: null }) },
      answers: [
        {
          path: 'databases.store.readReplicas',
          got: 10,
          allowed: '0 to 9 with topology multi-az-instance on aws',
          remedy: 'correct the number, or choose another topology',
        },
      ],
    },
    ...['multi-az-cluster', 'multi-az-instance'].map((topology) => ({
      when: `readers are added under load with topology ${topology}`,
      patch: store({ topology }),
      answers: [
        {
          path: 'databases.store.readerScaling',
          got: { max: 6, cpuPercent: 60 },
          allowed: 'absent unless the topology is aurora',
          remedy: 'remove it, or choose topology aurora',
        },
      ],
    })),
    {
      when: 'readers are scaled to fewer than there are',
      patch: store({ readerScaling: { max: 1 } }),
      answers: [
        {
          path: 'databases.store.readerScaling.max',
          got: 1,
          allowed: 'at least readReplicas, which is 2',
          remedy: 'raise it, or lower readReplicas',
        },
      ],
    },
    {
      when: 'SQL Server stands on AWS',
      patch: { databases: { reports } },
      answers: [
        {
          path: 'databases.reports.on',
          got: ['primary', 'recovery'],
          allowed: 'a site on azure, sqlserver is not offered on aws',
          remedy: `place it with on: ['recovery'], or use engine 'postgres'`,
        },
      ],
    },
  ]);
  testVariations([
    { accepts: 'SQL Server on the recovery site', patch: { databases: { reports: { ...reports, on: ['recovery'] } } } },
    {
      accepts: 'more read replicas where there is no Azure',
      patch: { ...withoutRecovery, ...store({ readReplicas: 15, readerScaling: null }) },
    },
    {
      accepts: 'a Multi-AZ cluster with two readers',
      patch: store({ topology: 'multi-az-cluster', readReplicas: 2, readerScaling: null }),
    },
  ]);
});

describe('event stores', () => {
  testFaults([
    {
      when: 'the owner has no user in the database',
      patch: { services: { catalog: { uses: { databases: [] } } } },
      answers: [
        {
          path: 'eventStores.inventory.owner',
          got: 'catalog',
          allowed: 'a service whose uses.databases names store',
          remedy: 'add store to services.catalog.uses.databases',
        },
      ],
    },
    {
      when: 'the database stands where nobody appends',
      patch: {
        databases: { reports: { ...reports, on: ['recovery'] } },
        eventStores: { reports: { database: 'reports', owner: 'analytics' } },
        services: { analytics: { uses: { databases: ['store', 'reports'] } } },
      },
      answers: [
        {
          path: 'eventStores.reports.database',
          got: 'reports',
          allowed: 'a database on primary, where its owner appends',
          remedy: 'add primary to databases.reports.on, or choose another database',
        },
      ],
    },
  ]);
});

describe('searches', () => {
  testFaults([
    {
      when: 'data nodes with standby do not come in threes',
      patch: { searches: { products: { nodes: 4 } } },
      answers: [
        {
          path: 'searches.products.nodes',
          got: 4,
          allowed: 'a multiple of 3 with topology standby',
          remedy: 'choose 6, or topology single',
        },
      ],
    },
    {
      when: 'standby has two zones',
      patch: production({ sites: { primary: { zones: ['ap-southeast-1a', 'ap-southeast-1b'] } } }),
      answers: [
        {
          path: 'searches.products.topology',
          got: 'standby',
          allowed: 'single on a site with 2 zones',
          remedy: 'name three zones, or choose topology single',
        },
      ],
    },
    {
      when: 'a single node is three',
      patch: { searches: { products: { topology: 'single' } } },
      answers: [
        {
          path: 'searches.products.nodes',
          got: 3,
          allowed: '1 with topology single',
          remedy: 'set it to 1, or choose topology standby',
        },
      ],
    },
  ]);
  testVariations([
    { accepts: 'six nodes with standby', patch: { searches: { products: { nodes: 6 } } } },
    { accepts: 'one single node', patch: { searches: { products: { topology: 'single', nodes: 1 } } } },
  ]);
});

describe('recovery goal', () => {
  testFaults([
    {
      when: 'a protected stage has a recovery goal and no site to recover on',
      patch: awsOnly,
      answers: [
        {
          path: 'stages.production.sites.recovery',
          got: undefined,
          allowed: 'declared, because goals.recovery is',
          remedy: 'declare the recovery site, or remove goals.recovery',
        },
      ],
    },
  ]);
  testVariations([
    { accepts: 'one site without the goal', patch: withoutRecovery },
    { accepts: 'one site in a stage that is not protected', patch: {}, stage: 'development' },
  ]);
});

describe('ages of objects', () => {
  testFaults([
    {
      when: 'objects leave before they cool down',
      patch: { buckets: { archive: { coldAfterDays: 90, expireDays: 90 } } },
      answers: [
        {
          path: 'buckets.archive.coldAfterDays',
          got: 90,
          allowed: 'less than expireDays, which is 90',
          remedy: 'lower it, or leave it out',
        },
      ],
    },
  ]);
  testVariations([{ accepts: 'objects that cool down first', patch: { buckets: { archive: { expireDays: 91 } } } }]);
});

describe('connections', () => {
  testFaults([
    {
      when: 'services may open more connections than the pool holds',
      patch: { services: { analytics: { scale: { max: 100 } } } },
      answers: [
        {
          path: 'databases.store.capacity.memoryGiB',
          got: 32,
          allowed: 'connections that its services may open',
          remedy: 'raise it, or lower scale.max',
        },
      ],
    },
  ]);
});

describe('undoing in time', () => {
  const step = { name: 'hold', service: 'catalog', compensation: 'release' };
  const saga = (patch: object) => ({ workflows: { 'order-saga': { steps: [{ ...step, ...patch }] } } });
  const path = 'workflows.order-saga.steps.0.compensates';
  testFaults([
    {
      when: 'a step is undone in time that nothing undoes',
      patch: saga({
        compensation: { none: 'a message that was sent stays sent' },
        compensates: { withinMilliseconds: 200, workMilliseconds: 20 },
      }),
      answers: [
        {
          path,
          got: { withinMilliseconds: 200, workMilliseconds: 20 },
          allowed: 'absent for a step that cannot be undone',
          remedy: 'name the command',
        },
      ],
    },
    {
      when: 'two steps are each to be undone before the other',
      patch: {
        workflows: {
          'order-saga': {
            steps: ['hold', 'keep'].map((name) => ({
              ...step,
              name,
              compensation: `undo-${name}`,
              compensates: { withinMilliseconds: 200, workMilliseconds: 20 },
            })),
          },
        },
      },
      answers: [
        {
          path: 'workflows.order-saga.steps.1.compensates',
          got: { withinMilliseconds: 200, workMilliseconds: 20 },
          allowed: 'absent: steps.0 is undone before all others',
          remedy: 'that others wait for most',
        },
      ],
    },
    {
      when: 'the work alone takes as long as is promised',
      patch: saga({ compensates: { withinMilliseconds: 200, workMilliseconds: 200 } }),
      answers: [
        { path: `${path}.workMilliseconds`, got: 200, allowed: 'less than withinMilliseconds', remedy: 'lower it' },
      ],
    },
  ]);
});
