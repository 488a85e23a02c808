import { LimitRange } from '@pulumi/kubernetes/core/v1/limitRange';
import { Namespace as KubernetesNamespace } from '@pulumi/kubernetes/core/v1/namespace';
import { ResourceQuota } from '@pulumi/kubernetes/core/v1/resourceQuota';
import { NetworkPolicy } from '@pulumi/kubernetes/networking/v1/networkPolicy';
import { ComponentResource, type ComponentResourceOptions } from '@pulumi/pulumi';
import { scopeNodesTag } from '../platform/names';
import type { Kubernetes } from '../platform/nouns/site';
import { basePolicies, basePolicyPrefix } from './base-policies';
import type { ClusterContext } from './context';
import { labelsOf } from './labels';
import type { MeshFlavor } from './mesh-flavor';
import { containerLimits, resourceQuota, type PodGroup } from './namespace-limits';

/** How much of a node the pods of a namespace may touch, as Kubernetes names it. */
export type PodSecurity = 'baseline' | 'privileged' | 'restricted';

export interface NamespaceArgs {
  readonly context: Pick<ClusterContext, 'cloud' | 'kubernetes' | 'mesh' | 'platform'>;
  /** Name of the namespace. */
  readonly namespace: string;
  /** Whose it is: the word of a service, of the gateway, of a system. */
  readonly owner: string;
  /** The team that is called. @default - nobody's own */
  readonly team?: string | undefined;
  /** The scope that its pods are in. @default - none */
  readonly scope?: string | undefined;
  /** Whether its pods are in the mesh. @default true */
  readonly inMesh?: boolean;
  /** @default 'restricted' */
  readonly podSecurity?: PodSecurity;
  /** Pods that it may hold at once. @default - as many as its system needs: no quota, no limits */
  readonly holds?: readonly PodGroup[];
  /** Balancers of the cloud that may stand before its pods. @default 0 */
  readonly balancers?: number;
}

/** Labels by which Kubernetes refuses pods that touch more of their node, warns of them and writes them down. */
export function podSecurityLabels(
  level: PodSecurity,
  { version }: Pick<Kubernetes, 'version'>,
): Record<string, string> {
  return Object.fromEntries(
    ['enforce', 'audit', 'warn'].flatMap((mode) => [
      [`pod-security.kubernetes.io/${mode}`, level],
      [`pod-security.kubernetes.io/${mode}-version`, `v${version}`],
    ]),
  );
}

/** Labels of a namespace: who owns it, how sensitive its data is, what its pods may touch, and whether they are in the mesh. */
export function namespaceLabels(
  args: Pick<NamespaceArgs, 'inMesh' | 'owner' | 'podSecurity' | 'scope' | 'team'> & {
    readonly context: Pick<ClusterContext, 'kubernetes' | 'mesh' | 'platform'>;
  },
): Record<string, string> {
  const { context, inMesh = true, owner, podSecurity = 'restricted', scope, team } = args;
  const mesh: Pick<MeshFlavor, 'namespaceLabels'> = inMesh ? context.mesh : { namespaceLabels: {} };
  const service = context.platform.services[owner];
  return {
    ...labelsOf({ platform: context.platform, name: owner, team }),
    ...(service === undefined ? {} : { 'data-class': service.dataClass }),
    ...podSecurityLabels(podSecurity, context.kubernetes),
    ...mesh.namespaceLabels,
    ...(scope === undefined ? {} : { [scopeNodesTag]: scope }),
  };
}

/**
 * A namespace with its guard rails: what its pods may touch and spend, and a network that lets nothing through until a policy
 * says so.
 */
export class Namespace extends ComponentResource {
  public readonly namespace: KubernetesNamespace;
  /** Policies of the network by name. */
  public readonly policies: Readonly<Record<string, NetworkPolicy>>;

  public constructor(name: string, args: NamespaceArgs, opts: ComponentResourceOptions) {
    super('mainstay:kubernetes:Namespace', name, {}, opts);
    const { balancers = 0, context, holds, inMesh = true, namespace, owner, team } = args;
    const labels = labelsOf({ platform: context.platform, name: owner, team });
    this.namespace = new KubernetesNamespace(
      name,
      { metadata: { name: namespace, labels: namespaceLabels(args) } },
      { parent: this },
    );
    const inside = { parent: this, dependsOn: [this.namespace] };
    const metadata = { namespace, labels };
    this.policies = Object.fromEntries(
      Object.entries(basePolicies(inMesh ? context.mesh : undefined, context.cloud)).map(([policy, spec]) => [
        policy,
        new NetworkPolicy(
          `${name}-${policy.slice(basePolicyPrefix.length)}`,
          { metadata: { ...metadata, name: policy }, spec },
          inside,
        ),
      ]),
    );
    if (holds !== undefined) {
      const room = { groups: holds, inMesh, balancers };
      new ResourceQuota(
        `${name}-quota`,
        { metadata: { ...metadata, name: 'namespace' }, spec: { hard: resourceQuota(room) } },
        inside,
      );
      new LimitRange(
        `${name}-limits`,
        { metadata: { ...metadata, name: 'namespace' }, spec: { limits: [containerLimits(room)] } },
        inside,
      );
    }
    this.registerOutputs({});
  }
}
