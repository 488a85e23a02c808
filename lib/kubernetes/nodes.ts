import { ComponentResource, type ComponentResourceOptions } from '@pulumi/pulumi';
import type { OwnNodes } from './cloud';
import type { ClusterContext } from './context';
import { customResource } from './custom-resource';
import type { INodeClass, INodePool } from './custom-types';
import { labelsOf } from './labels';

export interface NodesArgs {
  readonly context: Pick<ClusterContext, 'platform'>;
  readonly nodes: OwnNodes;
}

/** Nodes that the cluster asks for by itself: what they are made of, and how many there may be. */
export class Nodes extends ComponentResource {
  public constructor(name: string, args: NodesArgs, opts: ComponentResourceOptions) {
    super('mainstay:kubernetes:Nodes', name, {}, opts);
    const { context, nodes } = args;
    const metadata = { name: nodes.name, labels: labelsOf({ platform: context.platform, name: 'nodes' }) };
    const nodeClass = customResource<INodeClass>(
      `${name}-class`,
      { apiVersion: 'eks.amazonaws.com/v1', kind: 'NodeClass', metadata, spec: nodes.nodeClass },
      { parent: this },
    );
    customResource<INodePool>(
      name,
      { apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata, spec: nodes.nodePool },
      { parent: this, dependsOn: [nodeClass] },
    );
    this.registerOutputs({});
  }
}
