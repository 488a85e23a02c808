import { numberOf, objectOf, type JsonObject } from '../json';
import { oncePer } from '../../platform/once';
import { boundsOf, containerTold, ecsServicesOf } from '../aws/ecs-services';
import type { Assembly } from '../aws/stack';
import type { Cluster } from '../kubernetes/cluster';
import { ofKind } from '../kubernetes/find';
import { placeIn } from '../kubernetes/place';
import { amount } from '../kubernetes/quantity';
import { replicasOf, scalersOf, workloadsOf } from '../kubernetes/workloads';
import { SERVICE_NAME } from './contract';
import { awsOf, type SiteOutputs } from './outputs';
import { runsService } from './service-pods';

/** How many of something there may be at most, and how large each of them is. */
export interface Replicas {
  /** `services.order`, `gateway` */
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly vcpu: number;
  readonly memoryGiB: number;
  readonly at: string;
}

const GATEWAY_NAME = 'gateway';

/** Tasks of services and of the gateway, as what scales them says. */
export const tasksOf = (assembly: Assembly): readonly Replicas[] =>
  ecsServicesOf(assembly).map((each) => {
    const { stack, target, task } = each;
    const service = containerTold(each, SERVICE_NAME)?.value;
    return {
      name: service === undefined ? GATEWAY_NAME : `services.${service}`,
      ...boundsOf(each),
      vcpu: (numberOf(task.properties.Cpu) ?? 0) / 1024,
      memoryGiB: (numberOf(task.properties.Memory) ?? 0) / 1024,
      at: `cdk.out ${stack.name}: ${target.logicalId}`,
    };
  });

/** Replicas of pods, with what the mesh puts beside each. */
export interface PodReplicas extends Replicas {
  readonly proxy: { readonly vcpu: number; readonly memoryGiB: number };
}

const GIB = 2 ** 30;

const sizeOf = (requests: JsonObject) => ({ vcpu: amount(requests.cpu), memoryGiB: amount(requests.memory) / GIB });

/** How many pods the gateway has: an object of its own says so where it is scaled by more than processor use, else its chart. */
function gatewayBounds(cluster: Cluster, release: JsonObject): Pick<Replicas, 'least' | 'most'> {
  const scaler = scalersOf(cluster).find(({ target }) => target.kind === 'Deployment' && target.name === GATEWAY_NAME);
  return {
    least: scaler?.least ?? numberOf(placeIn(release, 'spec.values.autoscaling.minReplicas')) ?? 0,
    most: scaler?.most ?? numberOf(placeIn(release, 'spec.values.autoscaling.maxReplicas')) ?? 0,
  };
}

/** Pods of services and of the gateway in a cluster. */
export const podsOf = oncePer((cluster: Cluster): readonly PodReplicas[] => [
  ...workloadsOf(cluster).flatMap((workload) => {
    const container = workload.containers.find(runsService);
    if (container === undefined) return [];
    const { annotations, object } = workload;
    return [
      {
        name: `services.${object.name}`,
        ...replicasOf(cluster, workload),
        ...sizeOf(objectOf(objectOf(container.value.resources).requests)),
        proxy: sizeOf({
          cpu: annotations['sidecar.istio.io/proxyCPU'] ?? '0',
          memory: annotations['sidecar.istio.io/proxyMemory'] ?? '0',
        }),
        at: `k8s.out ${object.file}`,
      },
    ];
  }),
  ...ofKind(cluster, 'Release')
    .filter(({ value }) => placeIn(value, 'spec.chart') === 'kong')
    .map(({ file, value }) => ({
      name: GATEWAY_NAME,
      ...gatewayBounds(cluster, value),
      ...sizeOf(objectOf(placeIn(value, 'spec.values.resources.requests'))),
      proxy: { vcpu: 0, memoryGiB: 0 },
      at: `k8s.out ${file}`,
    })),
]);

/** What nodes must hold when there are as many of all pods as there may be, each with what the mesh puts beside it. */
export const mostPods = (clusters: readonly Cluster[]) =>
  clusters.flatMap(podsOf).map(({ memoryGiB, most: count, proxy, vcpu }) => ({
    count,
    vcpu: vcpu + proxy.vcpu,
    memoryGiB: memoryGiB + proxy.memoryGiB,
  }));

/** Tasks and pods of services and of the gateway at a site. */
export const replicasAt = (site: SiteOutputs): readonly Replicas[] => [
  ...awsOf(site).flatMap(tasksOf),
  ...site.clusters.flatMap(podsOf),
];
