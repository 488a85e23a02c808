import type { ComponentResourceOptions } from '@pulumi/pulumi';
import type { ClusterContext } from '../../lib/kubernetes/context';
import { failoverImage } from '../../lib/kubernetes/failover-image';
import { FlagRollout } from '../../lib/kubernetes/flag-rollout';
import { rolloutsOn } from '../../lib/platform/flag-rollout';
import { flagsWord } from '../../lib/platform/names';
import { failoverDigest } from '../../lib/platform/releases';
import type { PlatformBase } from './layer';

/** What changes flags of the site step by step and takes them back, where the cloud does not. */
export function registerFlagRollout(
  context: ClusterContext,
  { namespaces }: PlatformBase,
  options: ComponentResourceOptions,
): void {
  const sets = rolloutsOn(context.platform, context.siteName);
  const namespace = namespaces[flagsWord];
  if (sets.length === 0 || namespace === undefined) return;
  const image = failoverImage(context, failoverDigest(context.releases));
  new FlagRollout(flagsWord, { context, sets, image, after: [namespace] }, options);
}
