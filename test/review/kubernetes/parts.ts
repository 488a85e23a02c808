/** Objects of a sound cluster by their files, without the cluster's folder. */
export type Files = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Name of the cluster, and host of the registry that it pulls from. */
export const cluster = 'aks-shop-production';
export const registry = 'acrshop.azurecr.io';

/** Digest of every image. */
export const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

/** Labels of the pods of a service. */
export const labelled = (name: string) => ({ 'app.kubernetes.io/name': name });
/** Pods of a service, as a policy of the network names them. */
export const inNamespace = (namespace: string, name: string) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
  podSelector: { matchLabels: labelled(name) },
});
/** A port. */
export const tcp = (port: number) => ({ port, protocol: 'TCP' });

/** Labels that hold the pods of a namespace to the standard. */
export const restricted = Object.fromEntries(
  ['enforce', 'audit', 'warn'].map((mode) => [`pod-security.kubernetes.io/${mode}`, 'restricted']),
);

/** A namespace with its guard rails. */
export const namespace = (name: string): Files => ({
  [`${name}/namespace-${name}`]: {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { ...restricted, 'istio-injection': 'enabled' } },
  },
  [`${name}/resourcequota-namespace`]: {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'namespace', namespace: name },
    spec: { hard: { pods: '20', 'requests.cpu': '20', 'requests.memory': '40Gi', 'limits.memory': '60Gi' } },
  },
  [`${name}/limitrange-namespace`]: {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name: 'namespace', namespace: name },
    spec: { limits: [{ type: 'Container', max: { memory: '2Gi' }, min: { cpu: '10m', memory: '16Mi' } }] },
  },
  [`${name}/networkpolicy-namespace-deny`]: policy(name, 'namespace-deny', {
    podSelector: {},
    policyTypes: ['Ingress', 'Egress'],
  }),
  [`${name}/networkpolicy-namespace-dns`]: policy(name, 'namespace-dns', {
    podSelector: {},
    policyTypes: ['Egress'],
    egress: [
      {
        to: [
          {
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
            podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
          },
        ],
        ports: [{ port: 53, protocol: 'UDP' }, tcp(53)],
      },
    ],
  }),
});

/** A policy of the network. */
export function policy(namespace: string, name: string, spec: object) {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace }, spec };
}

const confined = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};

const probe = { httpGet: { path: '/health', port: 8080 } };

/** The pods of a service. */
export const template = (name: string, env: readonly object[]) => ({
  metadata: { labels: { ...labelled(name), 'azure.workload.identity/use': 'true' } },
  spec: {
    serviceAccountName: name,
    automountServiceAccountToken: false,
    terminationGracePeriodSeconds: 60,
    securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    topologySpreadConstraints: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((topologyKey) => ({
      topologyKey,
      maxSkew: 1,
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: labelled(name) },
    })),
    containers: [
      {
        name,
        image: `${registry}/shop-production/${name}@${digest}`,
        ports: [{ containerPort: 8080, name: 'http' }],
        env,
        livenessProbe: probe,
        readinessProbe: probe,
        startupProbe: probe,
        lifecycle: { preStop: { sleep: { seconds: 15 } } },
        resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { memory: '1Gi' } },
        securityContext: confined,
      },
    ],
  },
});

/** The account of a service, with an identity on Azure. */
export const account = (name: string) => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: {
    name,
    namespace: `shop-${name}`,
    annotations: { 'azure.workload.identity/client-id': '7f2b8c0e-3a51-4a0c-9d8e-5b1f6c2d4e3a' },
  },
  automountServiceAccountToken: false,
});

/** What others call. */
export const service = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: `shop-${name}` },
  spec: { selector: labelled(name), ports: [{ name: 'http', port: 8080, targetPort: 'http' }] },
});

/** How many pods of a service may be gone. */
export const budget = (name: string) => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name, namespace: `shop-${name}` },
  spec: { maxUnavailable: 1, selector: { matchLabels: labelled(name) } },
});

/** A variable that is read from a secret. */
export const password = {
  name: 'SECRET_KEYS_PRIVATE_KEY',
  valueFrom: { secretKeyRef: { name: 'keys', key: 'privateKey' } },
};
