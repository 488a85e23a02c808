import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { manifestsOf, type Manifest } from '../lib/kubernetes/manifests';
import { stagePrefix } from '../lib/platform/names';
import { reviewCluster } from '../lib/review/kubernetes/review';
import { ReviewError } from '../lib/review/finding';
import { clusterContext, registerCluster, type ClusterInput, type Layers } from '../stacks/kubernetes/cluster';
import { loadCluster } from './inputs';
import { replaceOutput } from './output';
import { registrationsOf } from './registrations';

/** Which stage of which platform, and where its output goes. */
export interface KubernetesSynthesis {
  readonly platform: string;
  readonly stage: string;
  readonly outdir: string;
  /** Whether what is written passes every gate. */
  readonly gated: boolean;
}

/** A cluster as it is rendered. */
export interface RenderedCluster {
  readonly cluster: string;
  readonly manifests: readonly Manifest[];
  /** Host of the registry from which it pulls. */
  readonly registry: string;
}

/** The manifests of a cluster. One at a time. */
export async function renderCluster(input: ClusterInput, layers: Layers = 'everything'): Promise<RenderedCluster> {
  const context = clusterContext(input);
  const registered = await registrationsOf(() => registerCluster(context, layers), {
    project: 'mainstay',
    stack: stagePrefix(input.platform),
  });
  return { cluster: context.cluster, manifests: manifestsOf(registered), registry: context.cloud.registry };
}

/**
 * Renders the workloads of one stage of one platform, runs every gate, and replaces the last output only if all passed.
 *
 * @throws PlatformError or ReviewError that lists what was refused
 */
export async function synthesizeKubernetes({ gated, outdir, platform, stage }: KubernetesSynthesis): Promise<void> {
  const input = loadCluster(platform, stage);
  await replaceOutput(outdir, async (draft) => {
    mkdirSync(draft);
    const { cluster, manifests, registry } = await renderCluster(input);
    for (const { file, text } of manifests) {
      const path = join(draft, cluster, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    if (!gated) return;
    const findings = reviewCluster(draft, { registry });
    if (findings.length > 0) throw new ReviewError(`platform ${platform}, stage ${stage}`, findings);
  });
  if (!gated) console.error('gates are off: this output is for reading');
}
