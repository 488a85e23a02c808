import { basename } from 'node:path';
import type { KubernetesObject } from '../../../../lib/review/kubernetes/cluster';
import { renderedCluster } from '../../../support/clusters';
import { World } from '../../support/expectations';
import type { Block } from '../../support/graph';

/** A hash of contents at the end of a name, which changes with them. */
const HASH = /-[0-9a-f]{10}$/;

/** An object as its reader sees it: in its namespace, at the path of its file, as the kind that it is. */
const blockOf = ({ file, kind, namespace, value }: KubernetesObject): Block => ({
  stack: namespace === '' ? 'cluster' : namespace,
  path: file.split('/').slice(1, -1).concat(basename(file, '.yaml').replace(HASH, '')).join('/'),
  type: kind,
  body: { Properties: value },
});

/** What stands in RetailFlow's cluster in a stage. */
export async function worldOf(stage: string): Promise<World> {
  const { read } = await renderedCluster('retailflow', stage);
  return World.of(read.objects.map(blockOf));
}
