import { gatewayOf } from '../platform/gateway/configuration';
import { gatewayWord, kubernetesNamespace } from '../platform/names';
import type { Platform } from '../platform/platform';
import type { IScaledObject } from './custom-types';
import { metricsAddress } from './metrics-address';

/** Over which time requests are counted, as Prometheus writes it. */
const window = '2m';

/**
 * How the gateway is scaled by requests and processor time together, where the definition names requests. Without them the
 * chart scales it by processor time, and there is nothing here: two of them would pull at the same pods.
 */
export function gatewayScaling({ platform }: { readonly platform: Platform }): IScaledObject['spec'] | undefined {
  const { cpuPercent, max, min, requestsPerTask } = gatewayOf(platform).scale;
  if (requestsPerTask === undefined) return undefined;
  const requests = `kong_http_requests_total{namespace="${kubernetesNamespace(platform, gatewayWord)}"}`;
  return {
    scaleTargetRef: { name: gatewayWord },
    minReplicaCount: min,
    maxReplicaCount: max,
    triggers: [
      {
        type: 'cpu',
        metricType: 'Utilization',
        metadata: { value: String(cpuPercent), containerName: 'proxy' },
      },
      {
        type: 'prometheus',
        metricType: 'AverageValue',
        metadata: {
          serverAddress: metricsAddress,
          query: `60*sum(rate(${requests}[${window}]))`,
          threshold: String(requestsPerTask),
        },
      },
    ],
  };
}
