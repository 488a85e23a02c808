import type { ComponentResourceOptions } from '@pulumi/pulumi';
import type { ClusterContext } from '../../lib/kubernetes/context';
import { failoverImage } from '../../lib/kubernetes/failover-image';
import { digesting, LedgerJobs, verifying } from '../../lib/kubernetes/ledger-jobs';
import { ledgersOn } from '../../lib/platform/ledgers';
import { failoverDigest } from '../../lib/platform/releases';
import type { PlatformBase } from './layer';

/** What takes digests of the site's ledgers and what verifies these, where there are some. */
export function registerLedgerJobs(
  context: ClusterContext,
  { namespaces }: PlatformBase,
  options: ComponentResourceOptions,
): void {
  const databases = ledgersOn(context.platform, context.siteName);
  for (const task of [digesting, verifying]) {
    const namespace = namespaces[task.word];
    if (databases.length === 0 || namespace === undefined) continue;
    const image = failoverImage(context, failoverDigest(context.releases));
    new LedgerJobs(task.word, { context, task, databases, image, after: [namespace] }, options);
  }
}
