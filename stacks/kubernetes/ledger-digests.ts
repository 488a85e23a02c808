import type { ComponentResourceOptions } from '@pulumi/pulumi';
import type { ClusterContext } from '../../lib/kubernetes/context';
import { failoverImage } from '../../lib/kubernetes/failover-image';
import { LedgerDigests } from '../../lib/kubernetes/ledger-digests';
import { ledgersOn } from '../../lib/platform/ledgers';
import { digestsWord } from '../../lib/platform/names';
import { failoverDigest } from '../../lib/platform/releases';
import type { PlatformBase } from './layer';

/** What takes digests of the site's ledgers, where there are some. */
export function registerLedgerDigests(
  context: ClusterContext,
  { namespaces }: PlatformBase,
  options: ComponentResourceOptions,
): void {
  const databases = ledgersOn(context.platform, context.siteName);
  const namespace = namespaces[digestsWord];
  if (databases.length === 0 || namespace === undefined) return;
  const image = failoverImage(context, failoverDigest(context.releases));
  new LedgerDigests(digestsWord, { context, databases, image, after: [namespace] }, options);
}
