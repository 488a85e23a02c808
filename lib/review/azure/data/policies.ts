/** What a parameter of a policy takes. */
export type PolicyValue = 'list' | 'object' | 'text';

/** A policy or an initiative of Azure's own. */
export interface BuiltInPolicy {
  /** What Azure calls it. */
  readonly title: string;
  /** Parameters that have no value by default. */
  readonly required: Readonly<Record<string, PolicyValue>>;
  /** Parameters that have one, besides the three that each of these policies has. */
  readonly optional: Readonly<Record<string, PolicyValue>>;
}

/** Parameters of every policy for a cluster. */
export const commonParameters: Readonly<Record<string, PolicyValue>> = {
  effect: 'text',
  excludedNamespaces: 'list',
  namespaces: 'list',
};

const definitions = '/providers/Microsoft.Authorization/policyDefinitions';

/** The initiative by which pods are restricted as the standard of Kubernetes is. */
export const restrictedPods =
  '/providers/Microsoft.Authorization/policySetDefinitions/42b8ef37-b724-4e24-bbc8-7a7708edfe00';

/**
 * Initiatives that judge by a standard and refuse nothing, by id: rules of each that would make what they miss, whatever is said for the
 * others.
 */
export const standards: Readonly<Record<string, readonly string[]>> = {
  // PCI DSS v4.0.1.
  '/providers/Microsoft.Authorization/policySetDefinitions/a06d5deb-24aa-4991-9d58-fa7563154e31': [
    '2835b622-407b-4114-9198-6f7064cbe0dc',
    '331e8ea8-378a-410f-a2e5-ae22f38bb0da',
    'a9b99dd8-06c5-4317-8629-9d86a3c6e7d9',
  ],
};

const selecting: BuiltInPolicy['optional'] = { labelSelector: 'object' };
const sparing: BuiltInPolicy['optional'] = { ...selecting, excludedContainers: 'list' };

/** By id of the definition. https://github.com/Azure/azure-policy/tree/master/built-in-policies */
export const builtInPolicies: Readonly<Record<string, BuiltInPolicy>> = {
  [restrictedPods]: {
    title: 'Kubernetes cluster pod security restricted standards for Linux-based workloads',
    required: {},
    optional: { allowedCapabilities: 'list', requiredDropCapabilities: 'list' },
  },
  [`${definitions}/febd0533-8e55-448f-b837-bd0e06f16469`]: {
    title: 'Kubernetes cluster containers should only use allowed images',
    required: { allowedContainerImagesRegex: 'text' },
    optional: sparing,
  },
  [`${definitions}/df49d893-a74c-421d-bc95-c663042e5b80`]: {
    title: 'Kubernetes cluster containers should run with a read only root file system',
    required: {},
    optional: { ...sparing, excludedImages: 'list' },
  },
  [`${definitions}/423dd1ba-798e-40e4-9c4d-b6902674b423`]: {
    title: 'Kubernetes clusters should disable automounting API credentials',
    required: {},
    optional: { ...selecting, excludedImages: 'list' },
  },
  [`${definitions}/1a5b4dca-0b6f-4cf5-907c-56316bc1bf3d`]: {
    title: 'Kubernetes clusters should be accessible only over HTTPS',
    required: {},
    optional: {},
  },
  [`${definitions}/3fc4dc25-5baf-40d8-9b05-7fe74c1bc64e`]: {
    title: 'Kubernetes clusters should use internal load balancers',
    required: {},
    optional: selecting,
  },
  [`${definitions}/9f061a12-e40d-4183-a00e-171812443373`]: {
    title: 'Kubernetes clusters should not use the default namespace',
    required: {},
    optional: selecting,
  },
};
