/**
 * Namespaces of a cluster whose pods are not held to the rules for the platform's own, and why. A system that is installed
 * in the cluster takes its namespace from here; what is not named here is refused by the cluster's policies if it breaks one.
 */
export const systemNamespaces = {
  'kube-system': 'agents of Azure on every node, of the network, of logs and of identities, are part of their node',
  'gatekeeper-system': 'the webhook that applies the policies must start before they are there',
  'azure-arc': 'Azure leaves it out of every policy of its own, whether or not it is there',
  'istio-system': 'the agent of the mesh sets up the network of each pod from its node, as root',
  'cert-manager': 'its chart sets no groups, and the policy on users wants each of them set',
  'external-secrets': 'its chart sets no groups, and it holds the credentials by which it reads the vault',
  'argo-rollouts': 'it asks the cluster all the time, and so has the credentials of its account in its pods',
  argocd: 'it applies what it reads to the cluster, and so has the credentials of its account in its pods',
  keda: 'it asks the cluster all the time, and so has the credentials of its account in its pods',
  observability: 'collectors read the logs of their node, where the node keeps them',
} as const;
export type SystemNamespace = keyof typeof systemNamespaces;
