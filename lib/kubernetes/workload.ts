import { isPooled } from '../platform/gateway/pools';
import type { Service } from '../platform/nouns/service';
import type { Release } from '../platform/nouns/release';
import type { IRollout } from './custom-types';
import { podSelector, servicePod, type PodInput } from './pod';
import { releaseStrategy } from './release';
import { rollout } from './workload-reference';

/** Versions that can be gone back to. */
const revisionHistoryLimit = 3;

/** Time to place a pod and fetch its image, in seconds: a node may have to be added first. */
const placementSeconds = 600;

/** How long a version may make no progress before its release has failed, in seconds. */
export const progressSeconds = ({ startSeconds }: Pick<Service['health'], 'startSeconds'>): number =>
  placementSeconds + startSeconds;

/** What runs a service's pods and replaces them, however a release goes. How many there are is not said: whoever scales them says it. */
export const rolloutSpec = (input: PodInput, release: Release): IRollout['spec'] => ({
  selector: { matchLabels: podSelector(input.service, 'service') },
  revisionHistoryLimit,
  progressDeadlineSeconds: progressSeconds(input.spec.health),
  progressDeadlineAbort: true,
  // The way back to one of these takes no steps.
  rollbackWindow: { revisions: revisionHistoryLimit },
  strategy: releaseStrategy(
    release,
    input.service,
    input.spec.scale,
    isPooled(input.context.platform, input.context.siteName, input.service),
  ),
  template: servicePod(input),
});

/** What runs a service's pods, as it is applied. */
export const workload = (input: PodInput, release: Release, metadata: NonNullable<IRollout['metadata']>): IRollout => ({
  ...rollout,
  metadata,
  spec: rolloutSpec(input, release),
});
