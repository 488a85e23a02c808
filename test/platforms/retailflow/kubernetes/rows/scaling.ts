import { about, none, one, type Row } from '../../../support/about';
import { between, containing, oneOf } from '../../../support/matchers';
import { ofEach, ofServices, prometheus } from './facts';

const behavior = 'spec.advanced.horizontalPodAutoscalerConfig.behavior';

/** Processors by which each service scales, in percent; requests a minute and pod; messages a pod, by queue. */
const scales: Readonly<
  Record<
    string,
    { readonly cpu: string; readonly requests?: string; readonly queues: Readonly<Record<string, string>> }
  >
> = {
  analytics: { cpu: '70', requests: '300', queues: { 'analytics-events': '500' } },
  catalog: { cpu: '60', requests: '2000', queues: {} },
  notification: { cpu: '70', queues: { notifications: '200', 'order-updates': '200', undelivered: '200' } },
  order: { cpu: '60', requests: '1000', queues: { orders: '20' } },
  payment: { cpu: '60', requests: '1000', queues: {} },
  user: { cpu: '60', requests: '1500', queues: {} },
};

export const scaling: Row = {
  row: 'scaling',
  expectations: [
    ...ofEach((name, { least, most }) => {
      const path = `retailflow-${name}/scaledobject-${name}`;
      const { cpu, queues, requests } = scales[name] ?? { cpu: '', queues: {} };
      return [
        one(`${name} has ${least} to ${most} pods`, 'ScaledObject', path, {
          'spec.minReplicaCount': least,
          'spec.maxReplicaCount': most,
        }),
        one(`${name} itself is scaled`, 'ScaledObject', path, {
          'spec.scaleTargetRef.name': name,
          'spec.scaleTargetRef.kind': 'Rollout',
          'spec.scaleTargetRef.apiVersion': 'argoproj.io/v1alpha1',
        }),
        one(`${name} keeps its pods while nobody tells how much there is to do`, 'ScaledObject', path, {
          'spec.fallback': { behavior: 'currentReplicasIfHigher', failureThreshold: 3, replicas: least },
        }),
        one(`${name} scales by its own processors, and not by those of its proxy`, 'ScaledObject', path, {
          'spec.triggers': containing({
            type: 'cpu',
            metricType: 'Utilization',
            metadata: { containerName: 'app', value: cpu },
          }),
        }),
        ...(requests === undefined
          ? []
          : [
              one(`${name} scales by requests a minute`, 'ScaledObject', path, {
                'spec.triggers': containing({
                  type: 'prometheus',
                  name: 'requests',
                  metricType: 'AverageValue',
                  metadata: { serverAddress: prometheus, threshold: requests },
                }),
              }),
            ]),
        ...Object.entries(queues).map(([queue, messages]) =>
          one(`${name} scales by what waits in ${queue}`, 'ScaledObject', path, {
            'spec.triggers': containing({
              type: 'azure-servicebus',
              name: `queue-${queue}`,
              metricType: 'AverageValue',
              authenticationRef: { name: 'queues' },
              metadata: { queueName: queue, messageCount: messages, namespace: 'sbns-retailflow-production-fsjcx1' },
            }),
          }),
        ),
      ];
    }),
    ...about(
      { type: 'ScaledObject', where: ofServices, count: 6 },
      {
        'pods go slowly': { path: `${behavior}.scaleDown.stabilizationWindowSeconds`, is: between(300, 900) },
        'a tenth of the pods goes in a minute, and one at least': {
          path: `${behavior}.scaleDown.policies`,
          is: [
            { periodSeconds: 60, type: 'Percent', value: 10 },
            { periodSeconds: 60, type: 'Pods', value: 1 },
          ],
        },
        'pods come at once': { path: `${behavior}.scaleUp.stabilizationWindowSeconds`, is: 0 },
        'pods are doubled in a minute, and four come at least': {
          path: `${behavior}.scaleUp.policies`,
          is: [
            { periodSeconds: 60, type: 'Percent', value: 100 },
            { periodSeconds: 60, type: 'Pods', value: 4 },
          ],
        },
      },
    ),
    ...about(
      { type: 'TriggerAuthentication', where: ofServices, count: 3 },
      { 'queues are counted without a secret': { path: 'spec.podIdentity.provider', is: oneOf('azure-workload') } },
    ),
    none({ type: 'HorizontalPodAutoscaler', where: ofServices }, 'no service is scaled twice'),
  ],
};
