import { NetworkPolicy } from '@pulumi/kubernetes/networking/v1/networkPolicy';
import { ComponentResource, type ComponentResourceOptions } from '@pulumi/pulumi';
import type { ClusterContext } from './context';
import { labelsOf } from './labels';
import { Namespace } from './namespace';
import { installed, type InstalledNamespace } from './system-namespaces';
import { systemPolicies } from './system-policies';

export interface SystemNamespaceArgs {
  readonly context: Pick<ClusterContext, 'cloud' | 'kubernetes' | 'mesh' | 'platform'>;
  readonly namespace: InstalledNamespace;
}

/** A namespace of a system of others, with its guard rails, and the network that the system needs. */
export class SystemNamespace extends ComponentResource {
  public readonly namespace: Namespace;

  public constructor(name: string, args: SystemNamespaceArgs, opts: ComponentResourceOptions) {
    super('mainstay:kubernetes:SystemNamespace', name, {}, opts);
    const { context, namespace } = args;
    const { inMesh, podSecurity } = installed[namespace];
    this.namespace = new Namespace(
      name,
      { context, namespace, owner: namespace, inMesh, podSecurity: podSecurity.level },
      { parent: this },
    );
    const labels = labelsOf({ platform: context.platform, name: namespace });
    // What watches the cluster says itself what it needs.
    const policies = namespace === 'observability' ? {} : systemPolicies(context)[namespace];
    for (const [policy, spec] of Object.entries(policies)) {
      new NetworkPolicy(
        `${name}-${policy}`,
        { metadata: { name: policy, namespace, labels }, spec },
        { parent: this, dependsOn: [this.namespace] },
      );
    }
    this.registerOutputs({});
  }
}
