import { gatewayOf } from '../platform/gateway/configuration';
import { gatewayWord, kubernetesNamespace } from '../platform/names';
import type { Gateway } from '../platform/nouns/gateway';
import type { Platform } from '../platform/platform';
import type { IScaledObject } from './custom-types';
import { metricsAddress } from './metrics-address';
import { scaledWithin } from './scaling';
import { scheduleTriggers } from './schedule-triggers';

/** Over which time requests are counted, as Prometheus writes it. */
const window = '2m';

/** Whether the gateway is scaled by more than processor time, which the chart alone could not do. */
export const scaledByKeda = ({
  requestsPerTask,
  schedules,
  steps,
}: Pick<Gateway['scale'], 'requestsPerTask' | 'schedules' | 'steps'>) =>
  requestsPerTask !== undefined || steps !== undefined || Object.keys(schedules).length > 0;

/**
 * How the gateway is scaled by requests, schedules, steps and processor time together, where the definition names any of the first three.
 * Without them the chart scales it by processor time, and there is nothing here: two of them would pull at the same pods.
 */
export function gatewayScaling({ platform }: { readonly platform: Platform }): IScaledObject['spec'] | undefined {
  const { scale } = gatewayOf(platform);
  if (!scaledByKeda(scale)) return undefined;
  const { cpuPercent, requestsPerTask } = scale;
  const requests = `kong_http_requests_total{namespace="${kubernetesNamespace(platform, gatewayWord)}"}`;
  return {
    scaleTargetRef: { name: gatewayWord },
    ...scaledWithin(scale),
    triggers: [
      {
        type: 'cpu',
        metricType: 'Utilization',
        metadata: { value: String(cpuPercent), containerName: 'proxy' },
      },
      ...(requestsPerTask === undefined
        ? []
        : [
            {
              type: 'prometheus',
              name: 'requests',
              metricType: 'AverageValue' as const,
              metadata: {
                serverAddress: metricsAddress,
                query: `60*sum(rate(${requests}[${window}]))`,
                threshold: String(requestsPerTask),
              },
            },
          ]),
      ...scheduleTriggers(scale),
    ],
  };
}
