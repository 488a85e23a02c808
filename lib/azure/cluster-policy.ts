import { ResourceGroupPolicyAssignment } from '@cdktf/provider-azurerm/lib/resource-group-policy-assignment';
import { Construct } from 'constructs';
import type { Mesh } from '../platform/nouns/site';
import { cloudNamespaces, systemNamespaces } from '../platform/system-namespaces';
import { groupIdOf, type Place } from './place';

export interface ClusterPolicyProps {
  /** Where the cluster stands. Policies are for everything in the same resource group, which is this cluster. */
  readonly place: Pick<Place, 'resourceGroupName' | 'subscriptionId'>;
  /** Host of the registry of images: `cr….azurecr.io`. */
  readonly registryHost: string;
  /** The mesh, whose proxy stands beside each pod. */
  readonly mesh: Pick<Mesh, 'flavor'>;
}

/** A policy of Azure's own, as it is assigned. */
export interface AssignedPolicy {
  /** What a person reads who is refused, and looks for the policy. */
  readonly title: string;
  /** Id of the definition. https://github.com/Azure/azure-policy/tree/master/built-in-policies */
  readonly definitionId: string;
  /** What is refused, for the person whose change it was. */
  readonly message: string;
  /** Values by name of the parameter. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

const definition = (id: string): string => `/providers/Microsoft.Authorization/policyDefinitions/${id}`;
const initiative = (id: string): string => `/providers/Microsoft.Authorization/policySetDefinitions/${id}`;

/** Where Azure has the proxy of its own mesh. https://mcr.microsoft.com/artifact/mar/oss/istio/proxyv2 */
const addOnImages = 'mcr\\.microsoft\\.com/oss/(v2/)?istio';

/** A text as a pattern that stands for it alone. */
const literally = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * What the cluster refuses, by construct id: each refusal is of Azure's own making, and leaves out the namespaces of systems
 * (`lib/platform/system-namespaces.ts`).
 */
export function clusterPolicies({
  mesh,
  registryHost,
}: Pick<ClusterPolicyProps, 'mesh' | 'registryHost'>): Readonly<Record<string, AssignedPolicy>> {
  const everywhere = { effect: 'deny', excludedNamespaces: Object.keys(systemNamespaces) };
  return {
    RestrictedPods: {
      title: 'Pods are restricted',
      definitionId: initiative('42b8ef37-b724-4e24-bbc8-7a7708edfe00'),
      message:
        'A pod must run as a user and groups other than root, without privileges, host namespaces or capabilities, under the seccomp profile RuntimeDefault.',
      // What the standard of Kubernetes lets a restricted pod keep; the defaults of the initiative let it keep more.
      parameters: { ...everywhere, allowedCapabilities: ['NET_BIND_SERVICE'], requiredDropCapabilities: ['ALL'] },
    },
    OwnImages: {
      title: 'Images come from the registry of the site',
      definitionId: definition('febd0533-8e55-448f-b837-bd0e06f16469'),
      message: `An image must come from ${registryHost}, which answers when the internet does not.`,
      // What the platform installs comes from the same registry, whatever else its pods may do.
      parameters: {
        effect: 'deny',
        excludedNamespaces: [...cloudNamespaces],
        allowedContainerImagesRegex:
          mesh.flavor === 'aks-addon'
            ? `^(${literally(registryHost)}|${addOnImages})/.+$`
            : `^${literally(registryHost)}/.+$`,
      },
    },
    ReadOnlyRoot: {
      title: 'Containers do not write to their image',
      definitionId: definition('df49d893-a74c-421d-bc95-c663042e5b80'),
      message: 'A container must set readOnlyRootFilesystem, and write to volumes alone.',
      parameters: everywhere,
    },
    NoAccountTokens: {
      title: 'Pods hold no credentials of the cluster',
      definitionId: definition('423dd1ba-798e-40e4-9c4d-b6902674b423'),
      message: 'A pod must set automountServiceAccountToken to false.',
      parameters: everywhere,
    },
    HttpsOnly: {
      title: 'Ingresses take HTTPS alone',
      definitionId: definition('1a5b4dca-0b6f-4cf5-907c-56316bc1bf3d'),
      message: 'An ingress must take HTTPS alone.',
      parameters: everywhere,
    },
    InternalBalancers: {
      title: 'Balancers stand in the network',
      definitionId: definition('3fc4dc25-5baf-40d8-9b05-7fe74c1bc64e'),
      message: 'A service of type LoadBalancer must be internal: the way in is the edge.',
      parameters: everywhere,
    },
    NoDefaultNamespace: {
      title: 'Nothing stands in the default namespace',
      definitionId: definition('9f061a12-e40d-4183-a00e-171812443373'),
      message: 'A pod, a service or an account must stand in the namespace of its service.',
      parameters: { ...everywhere, namespaces: ['default'] },
    },
  };
}

/**
 * What the cluster refuses to run, whoever applies it: the same rules that rendered manifests are checked against, held where
 * a manifest that nobody rendered would arrive. The add-on of the cluster reads them every quarter of an hour.
 */
export class ClusterPolicy extends Construct {
  public readonly assignments: readonly ResourceGroupPolicyAssignment[];

  public constructor(scope: Construct, id: string, props: ClusterPolicyProps) {
    super(scope, id);
    this.assignments = Object.entries(clusterPolicies(props)).map(
      ([name, { definitionId, message, parameters, title }]) =>
        new ResourceGroupPolicyAssignment(this, name, {
          name: name.replace(/(?!^)[A-Z]/g, '-$&').toLowerCase(),
          displayName: title,
          resourceGroupId: groupIdOf(props.place),
          policyDefinitionId: definitionId,
          enforce: true,
          parameters: JSON.stringify(
            Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, { value }])),
          ),
          nonComplianceMessage: [{ content: message }],
        }),
    );
  }
}
