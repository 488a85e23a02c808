import { parse } from 'yaml';
import { loadAllocations, loadPlatform } from '../../bin/inputs';
import { renderClusters } from '../../bin/rendered-cluster';
import { allocate } from '../../lib/platform/allocation';
import type { AwsOutputs } from '../../lib/platform/aws-outputs';
import type { Platform } from '../../lib/platform/platform';
import { allocationRequests, resolve, resolveUnallocated } from '../../lib/platform/resolve';
import type { Json } from '../../lib/review/json';
import type { Cluster } from '../../lib/review/kubernetes/cluster';
import { clustersOf } from '../../lib/review/kubernetes/read-cluster';
import { synthesize, type Synthesized } from './assembly';
import { alone } from './kubernetes';
import { production, retailflowWith } from './platform';
import { remember } from './remember';

/** RetailFlow's production with pods in place of tasks on AWS, and with something of the site changed. */
export const retailflowOnEks = (site: object = {}) =>
  retailflowWith(production({ sites: { primary: { runtime: 'eks', ...site } } }));

/** The same, resolved with the committed lock. */
export function platformOnEks(): Platform {
  const definition = retailflowOnEks();
  const locked = loadAllocations('retailflow');
  const lock = allocate(
    locked['production'] ?? { listenerPriorities: {}, addresses: {} },
    allocationRequests(resolveUnallocated(definition, 'production')),
  );
  return resolve(definition, { stage: 'production', allocations: { ...locked, production: lock } });
}

/** RetailFlow's production on EKS, as its inputs are loaded. */
const loaded = (aws?: AwsOutputs) => {
  const { outputs, releases } = loadPlatform('retailflow', 'production');
  return { platform: platformOnEks(), releases, outputs: aws === undefined ? outputs : { ...outputs, aws } };
};

/** What it is on AWS. Synthesized once. */
export const synthesizedOnEks = remember((): Synthesized => synthesize(loaded()));

/** A cluster of the stage as a reader of its files sees it, and from where it pulls images. */
export interface RenderedOnEks {
  readonly read: Cluster;
  readonly registry: string;
}

/** Its clusters: on AWS, and on Azure. */
export const clustersOnEks = remember(async (aws?: AwsOutputs): Promise<readonly RenderedOnEks[]> => {
  const rendered = await alone(() => renderClusters(loaded(aws)));
  return rendered.map(({ cluster, manifests, registry }) => {
    const [read] = clustersOf(
      manifests.map(({ file, text }) => [`${cluster}/${file}`, parse(text, { version: '1.1' }) as Json]),
    );
    if (read === undefined) throw new Error(`${cluster} must hold an object, got none`);
    return { read, registry };
  });
});
