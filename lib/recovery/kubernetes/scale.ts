import { Refusal, type Clock, type Facts, type Step } from '../step';
import type { KubernetesApi } from './api';

/** What runs a service in a cluster, and how many of it the full load needs. */
export interface ScaledWorkload {
  readonly namespace: string;
  readonly name: string;
  readonly kind: 'Deployment' | 'Rollout';
  /** Pods for the full load. */
  readonly pods: number;
}

export interface ScaleOptions {
  /** How long pods may take to be ready, in seconds. @default 900 */
  readonly seconds?: number;
  /** Why fewer pods will do than are asked for. @default - nobody said so */
  readonly acceptFewer?: string;
}

const places = {
  Deployment: 'apis/apps/v1',
  Rollout: 'apis/argoproj.io/v1alpha1',
} as const;

const pathOf = ({ kind, name, namespace }: ScaledWorkload): string =>
  `/${places[kind]}/namespaces/${namespace}/${kind.toLowerCase()}s/${name}`;

interface Workload {
  readonly spec: { readonly replicas?: number };
  readonly status?: { readonly readyReplicas?: number };
}

/** Pause between two looks, in milliseconds. */
const pause = 5000;

/**
 * Has every service stand at the size that the full load needs, before the load comes. The number of pods is what a scaler moves
 * and no file fixes, so nobody changes it back at once; the scaler lets go of what is not needed, a tenth a minute.
 */
export const scaleServices = (
  api: KubernetesApi,
  workloads: readonly ScaledWorkload[],
  options: ScaleOptions = {},
): Step => ({
  name: 'scale services',
  does: `has ${workloads.map(({ name, pods }) => `${pods} pods of ${name}`).join(', ')} stand and be ready`,
  check: async (_, before) => {
    if (before !== undefined)
      return { state: 'done', because: `${String(before['ready'])} pods were ready in this run` };
    const standing = await Promise.all(workloads.map(async (one) => api.get<Workload>(pathOf(one))));
    const pods = standing.reduce((sum, { spec }) => sum + (spec.replicas ?? 1), 0);
    return { state: 'due', because: `${pods} pods are asked for` };
  },
  run: async ({ clock }) => {
    for (const workload of workloads) {
      const { spec } = await api.get<Workload>(pathOf(workload));
      if ((spec.replicas ?? 1) >= workload.pods) continue;
      await api.merge(`${pathOf(workload)}/scale`, { spec: { replicas: workload.pods } });
    }
    return ready(api, workloads, options, clock);
  },
  verify: () => Promise.resolve(),
});

/** Waits until every pod is ready that is asked for by now: the scaler may have let go of some. */
async function ready(
  api: KubernetesApi,
  workloads: readonly ScaledWorkload[],
  { acceptFewer, seconds = 900 }: ScaleOptions,
  clock: Clock,
): Promise<Facts> {
  const began = clock.now();
  for (;;) {
    const standing = await Promise.all(
      workloads.map(async (workload) => {
        const { spec, status } = await api.get<Workload>(pathOf(workload));
        return { name: workload.name, asked: spec.replicas ?? 1, ready: status?.readyReplicas ?? 0 };
      }),
    );
    const behind = standing.filter((one) => one.ready < one.asked);
    const facts: Facts = {
      asked: standing.reduce((sum, { asked }) => sum + asked, 0),
      ready: standing.reduce((sum, one) => sum + one.ready, 0),
      seconds: Math.round((clock.now() - began) / 1000),
    };
    if (behind.length === 0) return facts;
    if (clock.now() - began >= seconds * 1000) {
      if (acceptFewer !== undefined) return { ...facts, accepted: acceptFewer };
      const listed = behind.map((one) => `${one.name} ${one.ready} of ${one.asked}`).join(', ');
      throw new Refusal(
        `pods are not ready after ${seconds} s: ${listed}`,
        'look why they are not, and run this again, or with the reason why fewer will do',
      );
    }
    await clock.sleep(pause);
  }
}
