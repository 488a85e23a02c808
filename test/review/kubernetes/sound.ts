import {
  account,
  budget,
  cluster,
  inNamespace,
  labelled,
  namespace,
  password,
  policy,
  registry,
  restricted,
  service,
  tcp,
  template,
  type Files,
} from './parts';

export { cluster, registry, type Files } from './parts';

/** `order` calls `payment`, is released step by step, and reads a secret. */
const order: Files = {
  ...namespace('shop-order'),
  'shop-order/serviceaccount-order': account('order'),
  'shop-order/service-order': service('order'),
  'shop-order/poddisruptionbudget-order': budget('order'),
  'shop-order/rollout-order': {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: { name: 'order', namespace: 'shop-order' },
    spec: {
      selector: { matchLabels: labelled('order') },
      strategy: {
        canary: {
          stableService: 'order',
          canaryService: 'order',
          trafficRouting: {
            istio: {
              virtualService: { name: 'order', routes: ['order'] },
              destinationRule: { name: 'order', stableSubsetName: 'stable', canarySubsetName: 'canary' },
            },
          },
          steps: [{ setWeight: 5 }, { pause: { duration: '1h' } }, { setWeight: 50 }],
          analysis: { templates: [{ templateName: 'order' }] },
        },
      },
      template: template('order', [
        { name: 'SERVICE_PAYMENT_URL', value: 'http://payment.shop-payment.svc.cluster.local:8080' },
        password,
      ]),
    },
  },
  'shop-order/analysistemplate-order': {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AnalysisTemplate',
    metadata: { name: 'order', namespace: 'shop-order' },
    spec: { metrics: [{ name: 'errors', provider: { prometheus: { query: 'vector(0)' } } }] },
  },
  'shop-order/horizontalpodautoscaler-order': {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'order', namespace: 'shop-order' },
    spec: {
      scaleTargetRef: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'order' },
      minReplicas: 3,
      maxReplicas: 10,
    },
  },
  'shop-order/virtualservice-order': {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: 'order', namespace: 'shop-order' },
    spec: {
      hosts: ['order.shop-order.svc.cluster.local'],
      http: [
        {
          name: 'order',
          route: ['stable', 'canary'].map((subset) => ({
            destination: { host: 'order.shop-order.svc.cluster.local', port: { number: 8080 }, subset },
            weight: subset === 'stable' ? 100 : 0,
          })),
        },
      ],
    },
  },
  'shop-order/destinationrule-order': {
    apiVersion: 'networking.istio.io/v1',
    kind: 'DestinationRule',
    metadata: { name: 'order', namespace: 'shop-order' },
    spec: {
      host: 'order.shop-order.svc.cluster.local',
      trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' } },
      subsets: [
        { name: 'stable', labels: labelled('order') },
        { name: 'canary', labels: labelled('order') },
      ],
    },
  },
  'shop-order/networkpolicy-order': policy('shop-order', 'order', {
    podSelector: { matchLabels: labelled('order') },
    policyTypes: ['Egress'],
    egress: [{ to: [inNamespace('shop-payment', 'payment')], ports: [tcp(8080)] }],
  }),
  'shop-order/secretstore-vault': {
    apiVersion: 'external-secrets.io/v1',
    kind: 'SecretStore',
    metadata: { name: 'vault', namespace: 'shop-order' },
    spec: {
      provider: {
        azurekv: {
          authType: 'WorkloadIdentity',
          vaultUrl: 'https://kv-shop.vault.azure.net',
          serviceAccountRef: { name: 'order' },
        },
      },
    },
  },
  'shop-order/externalsecret-keys': {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name: 'keys', namespace: 'shop-order' },
    spec: {
      refreshInterval: '1h',
      secretStoreRef: { kind: 'SecretStore', name: 'vault' },
      data: [{ secretKey: 'privateKey', remoteRef: { key: 'keys-privateKey' } }],
    },
  },
};

/** `payment` is called by `order`, runs as it is, and scales with a queue. */
const payment: Files = {
  ...namespace('shop-payment'),
  'shop-payment/serviceaccount-payment': account('payment'),
  'shop-payment/service-payment': service('payment'),
  'shop-payment/poddisruptionbudget-payment': budget('payment'),
  'shop-payment/deployment-payment': {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'payment', namespace: 'shop-payment' },
    spec: {
      selector: { matchLabels: labelled('payment') },
      template: template('payment', [{ name: 'PORT', value: '8080' }]),
    },
  },
  'shop-payment/scaledobject-payment': {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: { name: 'payment', namespace: 'shop-payment' },
    spec: {
      scaleTargetRef: { name: 'payment' },
      minReplicaCount: 2,
      maxReplicaCount: 8,
      triggers: [
        { type: 'azure-servicebus', metadata: { queueName: 'charges' }, authenticationRef: { name: 'payment' } },
      ],
    },
  },
  'shop-payment/triggerauthentication-payment': {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'TriggerAuthentication',
    metadata: { name: 'payment', namespace: 'shop-payment' },
    spec: { podIdentity: { provider: 'azure-workload' } },
  },
  'shop-payment/networkpolicy-payment': policy('shop-payment', 'payment', {
    podSelector: { matchLabels: labelled('payment') },
    policyTypes: ['Ingress'],
    ingress: [{ from: [inNamespace('shop-order', 'order')], ports: [tcp(8080)] }],
  }),
  'shop-payment/authorizationpolicy-payment': {
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: { name: 'payment', namespace: 'shop-payment' },
    spec: {
      selector: { matchLabels: labelled('payment') },
      action: 'ALLOW',
      rules: [
        {
          from: [{ source: { principals: ['cluster.local/ns/shop-order/sa/order'] } }],
          to: [{ operation: { ports: ['8080'] } }],
        },
      ],
    },
  },
};

/** The mesh, and what applies manifests. */
const systems: Files = {
  'istio-system/namespace-istio-system': {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'istio-system', labels: { ...restricted, 'pod-security.kubernetes.io/enforce': 'privileged' } },
  },
  'istio-system/networkpolicy-namespace-deny': policy('istio-system', 'namespace-deny', {
    podSelector: {},
    policyTypes: ['Ingress', 'Egress'],
  }),
  'istio-system/release-istio-cni': {
    apiVersion: 'helm.sh/v3',
    kind: 'Release',
    metadata: { name: 'istio-cni', namespace: 'istio-system' },
    spec: {
      chart: 'cni',
      repository: 'https://charts.example.com',
      version: '1.31.1',
      values: {
        image: `${registry}/shop-production/copies/istio-cni@sha256:${'a'.repeat(64)}`,
        chained: true,
        ambient: { enabled: false },
        repair: { enabled: true, repairPods: true, deletePods: false, labelPods: false },
        useAppArmorAnnotation: false,
        excludeNamespaces: ['kube-system'],
        resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } },
        global: { logAsJson: true },
      },
    },
  },
  'istio-system/peerauthentication-default': {
    apiVersion: 'security.istio.io/v1',
    kind: 'PeerAuthentication',
    metadata: { name: 'default', namespace: 'istio-system' },
    spec: { mtls: { mode: 'STRICT' } },
  },
  'argocd/namespace-argocd': {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'argocd', labels: restricted },
  },
  'argocd/networkpolicy-namespace-deny': policy('argocd', 'namespace-deny', {
    podSelector: {},
    policyTypes: ['Ingress', 'Egress'],
  }),
  'argocd/appproject-orders': {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: 'orders', namespace: 'argocd' },
    spec: { sourceRepos: ['https://git.example.com/shop'] },
  },
  'argocd/application-order': {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'order', namespace: 'argocd' },
    spec: {
      project: 'orders',
      destination: { server: 'https://kubernetes.default.svc', namespace: 'shop-order' },
      source: {
        repoURL: 'https://git.example.com/shop',
        path: `k8s.out/${cluster}/shop-order`,
        targetRevision: 'main',
      },
    },
  },
};

/** A cluster in which no rule finds anything. */
export const sound: Files = { ...order, ...payment, ...systems };
