import { programStart } from '../platform/keeper-process';
import { failoverDigest } from '../platform/releases';
import { cloudToken } from './cloud-token';
import { containerConfinement, resourcesOf, temporaryMount, temporaryVolume } from './confinement';
import type { ClusterContext } from './context';
import type { IAnalysisTemplate } from './custom-types';
import { failoverImage } from './failover-image';
import { labelsOf } from './labels';
import type { PodGroup } from './namespace-limits';
import { plainPod } from './plain-pod';

/** Name of the template by which a release moves the weights of its service in the gateway; each namespace has its own. */
export const weightsName = 'weights';

/** Argument of the template: the share of the new version, in percent. */
export const weightsArgument = 'percent';

/** Ours: Node.js, and three requests. */
const capacity = { vcpu: 0.1, memoryGiB: 0.25 };

/** What the namespace of such a service must have room for beside its pods. */
export const weightsRoom: PodGroup = { count: 1, capacity };

/** How long it may take, in seconds: a pod that starts, and some tries. A release whose weights do not move is taken back. */
const mostSeconds = 240;

/** Tries after the first one. */
const backoffLimit = 2;

/**
 * Moves the weights of a service in the gateway, as a job of the release: as the service, whose identity may change this one pool. The
 * release waits for it, and is taken back if it fails.
 *
 * @throws Error if the cloud has no gateway that moves weights
 */
export function weightsTemplate(context: ClusterContext, service: string): IAnalysisTemplate['spec'] {
  const { cloud, platform, releases } = context;
  const pool = cloud.releasePool?.(service);
  if (pool === undefined) throw new Error(`services.${service} has no pool of versions on ${cloud.name}`);
  const token = cloudToken(cloud.identity(service));
  const labels = labelsOf({ platform, name: service, component: 'release', team: platform.services[service]?.team });
  return {
    args: [{ name: weightsArgument }],
    metrics: [
      {
        name: weightsName,
        count: 1,
        failureLimit: 0,
        provider: {
          job: {
            metadata: { labels },
            spec: {
              backoffLimit,
              activeDeadlineSeconds: mostSeconds,
              template: plainPod(service, labels, cloud.architecture, {
                restartPolicy: 'Never' as const,
                containers: [
                  {
                    name: weightsName,
                    image: failoverImage(context, failoverDigest(releases)),
                    command: [
                      ...programStart,
                      'bin/release-weights.ts',
                      '--pool',
                      pool,
                      '--percent',
                      `{{args.${weightsArgument}}}`,
                    ],
                    env: token.env,
                    securityContext: containerConfinement,
                    resources: resourcesOf(capacity),
                    volumeMounts: [token.mount, temporaryMount],
                  },
                ],
                volumes: [token.volume, temporaryVolume(capacity)],
              }),
            },
          },
        },
      },
    ],
  };
}
