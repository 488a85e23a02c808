import type { ComponentResourceOptions } from '@pulumi/pulumi';
import type { ClusterContext } from '../../lib/kubernetes/context';
import { failoverImage } from '../../lib/kubernetes/failover-image';
import { Keeper } from '../../lib/kubernetes/keeper';
import { keepingOf } from '../../lib/platform/keeping';
import { keeperWord } from '../../lib/platform/names';
import { failoverDigest } from '../../lib/platform/releases';
import type { PlatformBase } from './layer';

/** What keeps the site's right to write, where there is something to keep. */
export function registerKeeper(
  context: ClusterContext,
  { namespaces }: PlatformBase,
  options: ComponentResourceOptions,
): void {
  const keeping = keepingOf(context.platform);
  const namespace = namespaces[keeperWord];
  if (keeping === undefined || namespace === undefined) return;
  const image = failoverImage(context, failoverDigest(context.releases));
  new Keeper(keeperWord, { context, keeping, image, after: [namespace] }, options);
}
