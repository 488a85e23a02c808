import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadPlatform } from '../../bin/inputs';
import { renderCluster, renderClusters, type RenderedCluster } from '../../bin/rendered-cluster';
import type { Platform, SiteName } from '../../lib/platform/platform';
import type { Cluster } from '../../lib/review/kubernetes/cluster';
import { clustersOf, manifestOf, readClusters as readRendered } from '../../lib/review/kubernetes/read-cluster';
import type { ClusterInput } from '../../stacks/kubernetes/cluster';
import { alone } from './kubernetes';
import { writtenOnceLater } from './once';
import { remember } from './remember';

/** A cluster as it is rendered, and as a reader of its files sees it. */
export interface ReadCluster extends RenderedCluster {
  readonly platform: Platform;
  /** As the review reads it. */
  readonly read: Cluster;
  /** What its files hold, by path below the cluster's folder. */
  readonly texts: Readonly<Record<string, string>>;
}

/**
 * Any platform's cluster, without gates.
 *
 * @param site @default - the one on Azure, the primary's of two
 */
export async function renderedFrom(input: ClusterInput, site?: SiteName): Promise<ReadCluster> {
  const rendered = await alone(() => renderCluster(input, 'everything', site));
  const { cluster, manifests } = rendered;
  const [read] = clustersOf(manifests.map(({ file, text }) => [`${cluster}/${file}`, manifestOf(text)]));
  if (read === undefined) throw new Error(`${cluster} must hold an object, got none`);
  return {
    ...rendered,
    platform: input.platform,
    read,
    texts: Object.fromEntries(manifests.map(({ file, text }) => [file, text])),
  };
}

/** Where every cluster of a committed platform in one of its stages lies. Rendered once a run: nobody may change its files. */
export const renderedOnce = (platform: string, stage: string): Promise<string> =>
  writtenOnceLater(`${platform}-${stage}-clusters`, async (draft) => {
    for (const { cluster, manifests } of await alone(() => renderClusters(loadPlatform(platform, stage)))) {
      for (const { file, text } of manifests) {
        const path = join(draft, cluster, file);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, text);
      }
    }
  });

/** The same, as the review reads them. */
export const readClusters = remember(async (platform: string, stage: string): Promise<readonly Cluster[]> =>
  readRendered(await renderedOnce(platform, stage)),
);

/** The cluster of a committed platform in one of its stages. Rendered once a run. */
export const renderedCluster = remember((platform: string, stage: string, site?: SiteName) =>
  renderedFrom(loadPlatform(platform, stage), site),
);
