import { service as schema } from '../../lib/platform/nouns/service';
import { loadTriggers, queuesOf, scaledObject, Scaling, scalingBehavior } from '../../lib/kubernetes/scaling';
import { gatewayScaling } from '../../lib/kubernetes/gateway-scaling';
import { clusterOf, rendered, serviceOf } from '../support/kubernetes';

const context = clusterOf();
const specOf = (service: string, from = context) => schema.parse(from.platform.services[service]);
const triggersOf = (service: string, from = context) => loadTriggers(from, service, specOf(service, from));
const made = (service: string, from = context) =>
  rendered((options) => {
    new Scaling(service, { context: from, service, spec: specOf(service, from) }, options);
  });

describe('what a service is scaled by', () => {
  test('are requests to its routes, a minute and task', () => {
    expect(triggersOf('user')).toEqual([
      {
        type: 'prometheus',
        name: 'requests',
        metricType: 'AverageValue',
        metadata: {
          serverAddress: 'http://prometheus-server.observability.svc.cluster.local:80',
          query:
            '60*sum(rate(istio_requests_total{reporter="destination",destination_workload_namespace="retailflow-user"}[2m]))',
          threshold: '1500',
        },
      },
    ]);
  });

  test('are messages in each queue that it empties, asked for as nobody but the scaler', () => {
    expect(triggersOf('notification')).toEqual(
      ['notifications', 'order-updates', 'undelivered'].map((queueName) => ({
        type: 'azure-servicebus',
        name: `queue-${queueName}`,
        metricType: 'AverageValue',
        metadata: {
          namespace: expect.stringMatching(/^sbns-retailflow-production-[a-z0-9]+$/),
          queueName,
          messageCount: '200',
        },
        authenticationRef: { name: 'queues' },
      })),
    );
  });

  test.each([
    ['a queue that it only sends to', serviceOf('user', { scale: { requestsPerTask: null } }), 'user'],
    ['requests, where nothing is said of them', serviceOf('payment', { scale: { requestsPerTask: null } }), 'payment'],
  ])('is not %s', (_, patch, service) => {
    expect(triggersOf(service, clusterOf(patch))).toEqual([]);
  });

  test('is no queue that the site does without', () => {
    const waives = {
      queues: { reason: 'messages wait at the primary until it is back', minutes: 0 },
      topics: { reason: 'messages wait at the primary until it is back', minutes: 0 },
    };
    const without = clusterOf({ stages: { production: { sites: { recovery: { waives } } } } });
    expect(queuesOf(context, specOf('order'))).toEqual(['orders']);
    expect(queuesOf(without, specOf('order', without))).toEqual([]);
  });
});

describe('scaling by load', () => {
  const spec = scaledObject('order', specOf('order'), triggersOf('order'));

  test('keeps to the bounds of the service, and names what runs its pods', () => {
    expect(spec).toMatchObject({
      scaleTargetRef: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'order' },
      minReplicaCount: 3,
      maxReplicaCount: 30,
    });
  });

  test('takes processor use of the service alone, as well', () => {
    expect(spec.triggers[0]).toEqual({
      type: 'cpu',
      metricType: 'Utilization',
      metadata: { value: '60', containerName: 'app' },
    });
    expect(spec.triggers.map(({ type }) => type)).toEqual(['cpu', 'prometheus', 'azure-servicebus']);
  });

  test('lets no pod go while nobody tells the load', () => {
    expect(spec.fallback).toEqual({ failureThreshold: 3, replicas: 3, behavior: 'currentReplicasIfHigher' });
  });

  test('grows at once and shrinks slowly', () => {
    const { scaleDown, scaleUp } = scalingBehavior({});
    expect(scaleUp.stabilizationWindowSeconds).toBe(0);
    expect(scaleUp.policies[0]).toEqual({ type: 'Percent', value: 100, periodSeconds: 60 });
    expect(scaleDown.stabilizationWindowSeconds).toBe(300);
  });

  test('grows by the largest step of the definition, as often as that says', () => {
    const above = [
      { cpuPercent: 75, addPercent: 50 },
      { cpuPercent: 90, addPercent: 200 },
    ];
    expect(scalingBehavior({ steps: { above, everySeconds: 90 } }).scaleUp.policies[0]).toEqual({
      type: 'Percent',
      value: 200,
      periodSeconds: 90,
    });
  });
});

describe('the scaling of a service', () => {
  const names = async (service: string, patch: unknown = {}) =>
    (await made(service, clusterOf(patch))).all.map(({ kind, metadata }) => `${kind} ${metadata.name}`);

  test('by queues asks as the scaler, an identity of its own', async () => {
    expect(await names('order')).toEqual(['ScaledObject order', 'TriggerAuthentication queues']);
    expect((await made('order')).one('TriggerAuthentication', 'queues').spec).toEqual({
      podIdentity: { provider: 'azure-workload', identityId: '00000000-0000-0000-0000-000000000000' },
    });
  });

  test('by requests asks nobody in the cloud', async () => {
    expect(await names('payment')).toEqual(['ScaledObject payment']);
  });

  test('by processor use alone is that of Kubernetes', async () => {
    const patch = serviceOf('payment', { scale: { requestsPerTask: null }, release: { kind: 'rolling' } });
    expect(await names('payment', patch)).toEqual(['HorizontalPodAutoscaler payment']);
    expect((await made('payment', clusterOf(patch))).one('HorizontalPodAutoscaler', 'payment').spec).toMatchObject({
      scaleTargetRef: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'payment' },
      minReplicas: 3,
      maxReplicas: 12,
      metrics: [
        {
          type: 'ContainerResource',
          containerResource: { name: 'cpu', container: 'app', target: { type: 'Utilization', averageUtilization: 60 } },
        },
      ],
    });
  });
});

describe('a schedule', () => {
  const sale = { from: '0 6 20 11 *', until: '0 6 1 12 *', timeZone: 'Asia/Singapore', min: 10 };
  /** Other stages are too small for the schedule. */
  const stages = { staging: null, development: null };
  const payment = { scale: { requestsPerTask: null, schedules: { sale } }, release: { kind: 'rolling' } };
  const patch = { services: { payment }, stages };
  const trigger = {
    type: 'cron',
    name: 'schedule-sale',
    metadata: { timezone: 'Asia/Singapore', start: '0 6 20 11 *', end: '0 6 1 12 *', desiredReplicas: '10' },
  };

  test('asks for its pods from one time to another, beside processor use', async () => {
    const { spec } = (await made('payment', clusterOf(patch))).one('ScaledObject', 'payment');
    expect(spec).toMatchObject({ minReplicaCount: 3, triggers: [{ type: 'cpu' }, trigger] });
  });

  test('of the gateway is kept by KEDA, and not by the chart as well', () => {
    const goals = { requestsPerUser: null };
    const { platform } = clusterOf({
      gateway: { scale: { requestsPerTask: null, schedules: { sale } } },
      goals,
      stages,
    });
    expect(gatewayScaling({ platform })).toMatchObject({
      fallback: { failureThreshold: 3, replicas: 3, behavior: 'currentReplicasIfHigher' },
      triggers: [expect.objectContaining({ type: 'cpu' }), trigger],
    });
    const byProcessor = clusterOf({ gateway: { scale: { requestsPerTask: null } }, goals });
    expect(gatewayScaling(byProcessor)).toBeUndefined();
  });
});
