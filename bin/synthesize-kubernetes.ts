import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { reviewCluster } from '../lib/review/kubernetes/review';
import { ReviewError } from '../lib/review/finding';
import { clustersAlone } from '../lib/review/goals/outputs';
import { reviewGoals } from '../lib/review/goals/review';
import { readClusters } from '../lib/review/kubernetes/read-cluster';
import { loadPlatform } from './inputs';
import { replaceOutput } from './output';
import { renderClusters } from './rendered-cluster';

/** Which stage of which platform, and where its output goes. */
export interface KubernetesSynthesis {
  readonly platform: string;
  readonly stage: string;
  readonly outdir: string;
  /** Whether what is written passes every gate. */
  readonly gated: boolean;
}

/**
 * Renders the workloads of one stage of one platform, runs every gate, and replaces the last output only if all passed.
 *
 * @throws PlatformError or ReviewError that lists what was refused
 */
export async function synthesizeKubernetes({ gated, outdir, platform, stage }: KubernetesSynthesis): Promise<void> {
  const input = loadPlatform(platform, stage);
  await replaceOutput(outdir, async (draft) => {
    mkdirSync(draft);
    const clusters = await renderClusters(input);
    for (const { cluster, manifests } of clusters) {
      for (const { file, text } of manifests) {
        const path = join(draft, cluster, file);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, text);
      }
    }
    if (!gated) return;
    const findings = clusters.flatMap(({ cluster, registry }) => reviewCluster(draft, { registry }, cluster));
    findings.push(...reviewGoals(clustersAlone(readClusters(draft), input.platform), input.platform).findings);
    if (findings.length > 0) throw new ReviewError(`platform ${platform}, stage ${stage}`, findings);
  });
  if (!gated) console.error('gates are off: this output is for reading');
}
