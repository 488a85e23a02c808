/** A namespace whose pods are not held to the rules for the platform's own. */
export interface SystemNamespaceSpec {
  /** Why they are not. */
  readonly reason: string;
  /** Whether its images come from the cloud: Azure's. What the platform installs comes from the site's own registry. @default false */
  readonly cloudImages?: true;
}

/**
 * Namespaces of a cluster whose pods are not held to the rules for the platform's own, and why. A system that is installed
 * in the cluster takes its namespace from here; what is not named here is refused by the cluster's policies if it breaks one.
 */
export const systemNamespaces = {
  'kube-system': {
    reason: 'agents of Azure on every node, of the network, of logs and of identities, are part of their node',
    cloudImages: true,
  },
  'gatekeeper-system': {
    reason: 'the webhook that applies the policies must start before they are there',
    cloudImages: true,
  },
  'azure-arc': {
    reason: 'Azure leaves it out of every policy of its own, whether or not it is there',
    cloudImages: true,
  },
  'aks-istio-system': {
    reason: 'the mesh as an add-on: Azure installs it, from images of its own, and upgrades it',
    cloudImages: true,
  },
  'istio-system': {
    reason: 'the agent of the mesh sets up the network of each pod from its node, as root',
  },
  'cert-manager': {
    reason: 'its chart sets no groups, and the policy on users wants each of them set',
  },
  'external-secrets': {
    reason: 'its chart sets no groups, and it holds the credentials by which it reads the vault',
  },
  'argo-rollouts': {
    reason: 'it asks the cluster all the time, and so has the credentials of its account in its pods',
  },
  argocd: {
    reason: 'it applies what it reads to the cluster, and so has the credentials of its account in its pods',
  },
  keda: {
    reason: 'it asks the cluster all the time, and so has the credentials of its account in its pods',
  },
  observability: {
    reason:
      'it asks the cluster all the time which pods there are, and so has the credentials of its account in its pods',
  },
} as const satisfies Readonly<Record<string, SystemNamespaceSpec>>;
export type SystemNamespace = keyof typeof systemNamespaces;

/** Namespaces whose images are the cloud's own. */
export const cloudNamespaces: readonly SystemNamespace[] = (Object.keys(systemNamespaces) as SystemNamespace[]).filter(
  (name) => 'cloudImages' in systemNamespaces[name],
);
