import type { ComponentResourceOptions } from '@pulumi/pulumi';
import type { ClusterContext } from '../../lib/kubernetes/context';
import { failoverImage } from '../../lib/kubernetes/failover-image';
import { LoadTests } from '../../lib/kubernetes/load-tests';
import { loadsOn } from '../../lib/platform/load-tests/in-cluster';
import { loadsWord } from '../../lib/platform/names';
import { failoverDigest } from '../../lib/platform/releases';
import type { PlatformBase } from './layer';

/** What makes load by a schedule, where the site's cluster does. */
export function registerLoadTests(
  context: ClusterContext,
  { namespaces }: PlatformBase,
  options: ComponentResourceOptions,
): void {
  const loads = loadsOn(context.platform, context.siteName);
  const namespace = namespaces[loadsWord];
  if (loads === undefined || namespace === undefined) return;
  const image = failoverImage(context, failoverDigest(context.releases));
  new LoadTests(loadsWord, { context, loads, image, after: [namespace] }, options);
}
