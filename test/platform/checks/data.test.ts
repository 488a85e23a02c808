import { describe } from '@jest/globals';
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
      when: 'the database is not PostgreSQL',
      patch: {
        databases: { reports: { ...reports, on: ['recovery'] } },
        eventStores: { reports: { database: 'reports', owner: 'analytics' } },
        services: { analytics: { uses: { databases: ['store', 'reports'] } } },
      },
      answers: [
        {
          path: 'eventStores.reports.database',
          got: 'reports',
          allowed: 'a database with engine postgres',
          remedy: 'choose a PostgreSQL database',
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

describe('queues and topics', () => {
  testFaults([
    {
      when: 'a message reappears before its consumer may give up',
      patch: { queues: { 'analytics-events': { visibilitySeconds: 119 } } },
      answers: [
        {
          path: 'queues.analytics-events.visibilitySeconds',
          got: 119,
          allowed: 'at least 120, the timeoutSeconds of its consumer analytics',
          remedy: 'raise the visibility or lower the timeout, or a message is worked on twice at once',
        },
      ],
    },
    {
      when: `a consumer's timeout outgrows two of its queues`,
      patch: { services: { notification: { timeoutSeconds: 130 } } },
      answers: ['notifications', 'order-updates'].map((queue) => ({
        path: `queues.${queue}.visibilitySeconds`,
        got: 120,
        allowed: 'at least 130, the timeoutSeconds of its consumer notification',
        remedy: 'raise the visibility or lower the timeout',
      })),
    },
    {
      when: 'a topic without order feeds a queue with order',
      patch: { topics: { 'order-events': { subscribers: ['analytics-events', 'orders'] } } },
      answers: [
        {
          path: 'topics.order-events.subscribers',
          got: 'orders',
          allowed: 'a queue without fifo',
          remedy: 'let the topic and its queues agree',
        },
      ],
    },
    {
      when: 'a topic with order feeds queues without',
      patch: { topics: { 'order-events': { fifo: true, subscribers: ['orders', 'order-updates'] } } },
      answers: [
        {
          path: 'topics.order-events.subscribers',
          got: 'order-updates',
          allowed: 'a queue with fifo: true',
          remedy: 'let the topic and its queues agree',
        },
      ],
    },
    {
      when: 'a topic has no subscriber',
      patch: { topics: { 'order-events': { subscribers: [] } } },
      answers: [
        { path: 'topics.order-events.subscribers', got: [], allowed: 'at least 1 entries', remedy: 'add to it' },
      ],
    },
  ]);
  testVariations([
    {
      accepts: 'a visibility as long as the timeout',
      patch: { queues: { 'analytics-events': { visibilitySeconds: 120 } } },
    },
    {
      accepts: 'a topic with order before a queue with order',
      patch: { topics: { 'order-events': { fifo: true, subscribers: ['orders'] } } },
    },
  ]);
});

describe('workflows', () => {
  const step = { name: 'take-payment', service: 'payment', compensation: 'refund-payment' };
  const steps = (...more: readonly object[]) => ({ workflows: { 'order-saga': { steps: [step, ...more] } } });

  testFaults([
    {
      when: 'two steps have one name',
      patch: steps({ ...step, compensation: 'refund-again' }),
      answers: [
        {
          path: 'workflows.order-saga.steps.1.name',
          got: 'take-payment',
          allowed: 'a name that no other step or compensation of the workflow has',
          remedy: 'give each command its own name',
        },
      ],
    },
    {
      when: 'a compensation has the name of a step',
      patch: steps({ ...step, name: 'refund-payment', compensation: 'take-payment' }),
      answers: ['compensation', 'name'].map((field) => ({
        path: `workflows.order-saga.steps.1.${field}`,
        got: field === 'name' ? 'refund-payment' : 'take-payment',
        allowed: 'a name that no other step or compensation of the workflow has',
        remedy: 'give each command its own name',
      })),
    },
    {
      when: 'a step cannot be undone, and nobody says why',
      patch: steps({ name: 'send-parcel', service: 'order', compensation: { none: 'no' } }),
      answers: [
        {
          path: 'workflows.order-saga.steps.1.compensation.none',
          got: 'no',
          allowed: 'at least 20 characters',
          remedy: 'write more',
        },
      ],
    },
    {
      when: 'the end is told to a queue with order',
      patch: { workflows: { 'order-saga': { notifies: 'orders' } } },
      answers: [
        {
          path: 'workflows.order-saga.notifies',
          got: 'orders',
          allowed: 'a queue without fifo',
          remedy: 'choose a standard queue',
        },
      ],
    },
  ]);
  testVariations([
    {
      accepts: 'a step that cannot be undone, with a reason',
      patch: steps({
        name: 'send-parcel',
        service: 'order',
        compensation: { none: 'a parcel that left is not recalled' },
      }),
    },
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
