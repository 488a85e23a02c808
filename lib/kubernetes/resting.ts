import { azurePair } from '../platform/azure-sites';
import type { Service } from '../platform/nouns/service';
import { standsOn, type Platform } from '../platform/platform';
import type { ClusterContext } from './context';

/** Keeps the pods that KEDA scales at a number, whatever else asks for some, until somebody takes it away. */
export const restingAnnotation = 'autoscaling.keda.sh/paused-replicas';

/** Whether some services of a platform rest on its second site. */
export const hasResting = (platform: Pick<Platform, 'stage'>): boolean => azurePair(platform) !== undefined;

/**
 * Whether a service has no pods on a site until that leads. Two sites on Azure have one namespace of messages: a service that
 * received on both would take messages whose objects it cannot write, since buckets of the second site take none while they are copies.
 */
export const rests = (
  { platform, siteName }: Pick<ClusterContext, 'platform' | 'siteName'>,
  { uses }: Pick<Service, 'uses'>,
): boolean =>
  azurePair(platform)?.recovery.siteName === siteName &&
  uses.receives.some((queue) => standsOn(platform, siteName, 'queues', queue));
