import { testFaults, testVariations } from '../../support/faults';

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
