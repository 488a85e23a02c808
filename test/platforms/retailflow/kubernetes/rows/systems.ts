import { about, one, type Row } from '../../../support/about';
import { absent, atLeast, containing, exactly, like, notContaining } from '../../../support/matchers';
import { registry } from './facts';

/** Charts of systems in the cluster: release, chart, and where charts come from. */
const charts: readonly (readonly [release: string, chart: string, repository: string])[] = [
  ['argo-rollouts/release-argo-rollouts', 'argo-rollouts', 'https://argoproj.github.io/argo-helm'],
  ['argocd/release-argocd', 'argo-cd', 'https://argoproj.github.io/argo-helm'],
  ['cert-manager/release-cert-manager', 'cert-manager', 'https://charts.jetstack.io'],
  ['external-secrets/release-external-secrets', 'external-secrets', 'https://charts.external-secrets.io'],
  ['istio-system/release-istio-base', 'base', 'https://blob.istio.io/istio-release/charts'],
  ['istio-system/release-istio-cni', 'cni', 'https://blob.istio.io/istio-release/charts'],
  ['istio-system/release-istiod', 'istiod', 'https://blob.istio.io/istio-release/charts'],
  ['keda/release-keda', 'keda', 'https://kedacore.github.io/charts'],
  ['retailflow-gateway/release-kong', 'kong', 'https://charts.konghq.com'],
];

/** Namespaces of systems whose webhooks the API server asks, and at which port. */
const webhooks: readonly (readonly [namespace: string, port: number])[] = [
  ['cert-manager', 10250],
  ['external-secrets', 10250],
  ['istio-system', 15017],
  ['keda', 9443],
];

/** Ranges of the network from which the API server of the cluster asks, and where it is found. */
const apiServer = '10.32.16.0/28';

export const systems: Row = {
  row: 'systems',
  expectations: [
    ...charts.map(([release, chart, repository]) =>
      one(`${chart} is installed in one version, from its own project`, 'Release', release, {
        'spec.chart': chart,
        'spec.repository': repository,
        'spec.version': like(/^v?\d+\.\d+\.\d+$/),
      }),
    ),
    ...['argo-rollouts', 'cert-manager', 'external-secrets', 'istio-system', 'keda'].map((namespace) =>
      one(
        `systems of ${namespace} ask the API server, and it alone`,
        'NetworkPolicy',
        `${namespace}/networkpolicy-api-server`,
        {
          'spec.egress': [{ ports: [{ port: 443, protocol: 'TCP' }], to: [{ ipBlock: { cidr: apiServer } }] }],
          'spec.policyTypes': exactly('Egress'),
        },
      ),
    ),
    ...webhooks.map(([namespace, port]) =>
      one(`the API server asks the webhook of ${namespace}`, 'NetworkPolicy', `${namespace}/networkpolicy-webhook`, {
        'spec.ingress[*].ports': containing({ port, protocol: 'TCP' }),
        'spec.ingress[*].from': containing({ ipBlock: { cidr: apiServer } }),
        'spec.policyTypes': exactly('Ingress'),
      }),
    ),
    one(
      'proxies of the mesh reach their control plane, and nobody else does',
      'NetworkPolicy',
      'istio-system/networkpolicy-proxies',
      {
        'spec.ingress': [
          {
            from: [{ namespaceSelector: { matchLabels: { 'istio-injection': 'enabled' } } }],
            ports: [{ port: 15012, protocol: 'TCP' }],
          },
        ],
        'spec.podSelector.matchLabels': { app: 'istiod' },
      },
    ),
    one(
      'External Secrets asks for secrets of stores of namespaces, and no others',
      'Release',
      'external-secrets/release-external-secrets',
      {
        'spec.values.processClusterStore': false,
        'spec.values.processClusterExternalSecret': false,
        'spec.values.processPushSecret': false,
        'spec.values.crds.createClusterSecretStore': false,
        'spec.values.replicaCount': atLeast(2),
        'spec.values.leaderElect': true,
      },
    ),
    one('KEDA reads no secrets', 'Release', 'keda/release-keda', {
      'spec.values.permissions.operator.restrict.secret': true,
      'spec.values.permissions.metricServer.restrict.secret': true,
      'spec.values.operator.replicaCount': atLeast(2),
      'spec.values.metricsServer.replicaCount': atLeast(2),
    }),
    one('KEDA asks Azure by an identity', 'Release', 'keda/release-keda', {
      'spec.values.serviceAccount.operator.annotations[azure.workload.identity/client-id]': like(/^[0-9a-f-]{36}$/),
      'spec.values.podLabels.keda[azure.workload.identity/use]': 'true',
    }),
    one(
      'releases are moved by Istio, and by two pods of the controller',
      'Release',
      'argo-rollouts/release-argo-rollouts',
      {
        'spec.values.providerRBAC.providers.istio': true,
        'spec.values.providerRBAC.providers.traefik': false,
        'spec.values.controller.replicas': atLeast(2),
        'spec.values.dashboard.enabled': false,
      },
    ),
    one('certificates are made by two pods of the controller', 'Release', 'cert-manager/release-cert-manager', {
      'spec.values.replicaCount': atLeast(2),
      'spec.values.crds.enabled': true,
      'spec.values.crds.keep': true,
    }),
    one(
      'the mesh sets up pods from their node, and not from inside of them',
      'Release',
      'istio-system/release-istio-cni',
      {
        'spec.values.chained': true,
        'spec.values.image': like(new RegExp(`^${registry}/.+@sha256:[0-9a-f]{64}$`)),
        'spec.values.repair.enabled': true,
        'spec.values.repair.repairPods': true,
        'spec.values.repair.deletePods': false,
      },
    ),
    one('a mesh that cannot be judged is refused', 'Release', 'istio-system/release-istio-base', {
      'spec.values.base.validationFailurePolicy': 'Fail',
    }),
    ...about(
      { type: 'Release' },
      {
        'no release says what its chart may not': { path: 'spec.values', is: notContaining({ privileged: true }) },
        'no release has a secret of its own': { path: 'spec.values.secrets', is: absent },
      },
    ),
  ],
};
