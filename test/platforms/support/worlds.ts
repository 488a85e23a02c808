import { basename } from 'node:path';
import { stagePrefix } from '../../../lib/platform/names';
import type { KubernetesObject } from '../../../lib/review/kubernetes/cluster';
import { synthesizedSite } from '../../support/azure-site';
import { readClusters, renderedCluster } from '../../support/clusters';
import { AzureGraph } from './azure-graph';
import { World } from './expectations';
import type { Block } from './graph';

/** A hash of contents at the end of a name, which changes with them. */
const HASH = /-[0-9a-f]{10}$/;

/** An object as its reader sees it: in its namespace, at the path of its file, as the kind that it is. */
export const blockOf = ({ file, kind, namespace, value }: KubernetesObject): Block => ({
  stack: namespace === '' ? 'cluster' : namespace,
  path: file.split('/').slice(1, -1).concat(basename(file, '.yaml').replace(HASH, '')).join('/'),
  type: kind,
  body: { Properties: value },
});

/** What a platform has as Terraform in a stage. */
export function siteWorld(name: string, stage: string): World {
  const { platform, site } = synthesizedSite(name, stage);
  return World.of(new AzureGraph(site, stagePrefix(platform)).blocks);
}

/** What stands in a platform's cluster in a stage. */
export async function clusterWorld(name: string, stage: string): Promise<World> {
  const { read } = await renderedCluster(name, stage);
  return World.of(read.objects.map(blockOf));
}

/** What stands in one of several clusters of a platform in a stage. */
export async function clusterWorldOf(name: string, stage: string, cluster: string): Promise<World> {
  const found = (await readClusters(name, stage)).find((each) => each.name === cluster);
  if (found === undefined) throw new Error(`${name} ${stage} must have the cluster ${cluster}`);
  return World.of(found.objects.map(blockOf));
}
