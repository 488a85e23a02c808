import { parse, stringify } from 'yaml';
import type { Manifest } from '../../../lib/kubernetes/manifests';

/** A tree of YAML that may be changed. */
export type Tree = { [key: string]: Tree } & { readonly length?: number };

/** The objects of a cluster by their files, as they may be changed. */
export type Trees = Record<string, Tree>;

/** A fault that is planted into a rendered cluster, and the finding that must name it. */
export interface ClusterFault {
  /** The rule that must find it. */
  readonly rule: string;
  /** A part of what must be said about it. */
  readonly says: string;
  /** Plants it and returns the file where the finding must be, below the cluster's folder. */
  readonly plant: (objects: Trees) => string;
}

/** Changes what stands at a place of an object: a value, or nothing where it is `undefined`. */
const set =
  (file: string, path: string, value: unknown) =>
  (objects: Trees): string => {
    const keys = [...path.matchAll(/\[([^\]]+)\]|([^.[\]]+)/g)].map(([, bracket, name]) => bracket ?? name ?? '');
    const last = keys.pop() ?? '';
    const holder = keys.reduce<Tree | undefined>((tree, key) => tree?.[key], objects[file]);
    if (holder === undefined) throw new Error(`the cluster must hold ${path} in ${file}`);
    if (value === undefined) delete holder[last];
    else holder[last] = value as Tree;
    return file;
  };

const pod = 'spec.template.spec';
const container = `${pod}.containers.0`;
const order = 'retailflow-order/rollout-order.yaml';
const catalog = 'retailflow-catalog/rollout-catalog.yaml';
const user = 'retailflow-user/rollout-user.yaml';
const payment = 'retailflow-payment/rollout-payment.yaml';
const notification = 'retailflow-notification/rollout-notification.yaml';
const analytics = 'retailflow-analytics/rollout-analytics.yaml';

/** Every fault that is planted, in the order of planting. */
export const clusterFaults: readonly ClusterFault[] = [
  {
    rule: 'schema',
    says: 'imagePullPolicy: must be one of Always, IfNotPresent, Never, got "Sometimes"',
    plant: set(order, `${container}.imagePullPolicy`, 'Sometimes'),
  },
  {
    rule: 'schema',
    says: 'spec.template.spec.containers[0].imag: is no field here: did you mean image?',
    plant: set(order, `${container}.imag`, 'x'),
  },
  {
    rule: 'identity',
    says: 'metadata.labels.team: must be at most 63 letters, digits, -, _ and .',
    plant: set(order, 'metadata.labels.team', 'orders and returns'),
  },
  {
    rule: 'accounts',
    says: 'must be an account of its own, got default',
    plant: set(catalog, `${pod}.serviceAccountName`, undefined),
  },
  {
    rule: 'images',
    says: 'must be named by its digest',
    plant: set(
      catalog,
      `${container}.image`,
      'crretailflowproductionfsjcx1.azurecr.io/retailflow-production/catalog:1.2.3',
    ),
  },
  {
    rule: 'pod-security',
    says: 'hostNetwork: must be false, got true',
    plant: set(user, `${pod}.hostNetwork`, true),
  },
  {
    rule: 'resources',
    says: 'limits.memory: must be given, got nothing',
    plant: set(user, `${container}.resources.limits`, undefined),
  },
  {
    rule: 'probes',
    says: 'readinessProbe: must be given, got nothing',
    plant: set(user, `${container}.readinessProbe`, undefined),
  },
  {
    rule: 'spread',
    says: 'must spread its own pods over topology.kubernetes.io/zone, got nothing',
    plant: set(notification, `${pod}.topologySpreadConstraints`, undefined),
  },
  {
    rule: 'literal-secrets',
    says: 'must not hold credentials in an address, got one',
    plant: set(notification, `${container}.env.0.value`, 'postgres://svc:hunter2@db.example.com'),
  },
  {
    rule: 'scaling',
    says: 'spec.replicas: must be left out',
    plant: set(payment, 'spec.replicas', 3),
  },
  {
    rule: 'routes',
    says: 'must have weights that sum to 100',
    plant: set('retailflow-payment/virtualservice-payment.yaml', 'spec.http.0.route.0.weight', 90),
  },
  {
    rule: 'references',
    says: 'must name an AnalysisTemplate of retailflow-payment, got "errors"',
    plant: set(payment, 'spec.strategy.canary.analysis.templates.0.templateName', 'errors'),
  },
  {
    rule: 'disruption',
    says: 'must leave room for one of the',
    plant: set('retailflow-analytics/poddisruptionbudget-analytics.yaml', 'spec.maxUnavailable', 0),
  },
  {
    rule: 'selectors',
    says: 'spec.selector: must select pods of its namespace',
    plant: set('retailflow-analytics/service-analytics-preview.yaml', 'spec.selector', { app: 'analytics' }),
  },
  {
    rule: 'quotas',
    says: 'spec.hard.pods: must hold what its pods need at their most',
    plant: set('retailflow-order/resourcequota-namespace.yaml', 'spec.hard.pods', '2'),
  },
  {
    rule: 'namespaces',
    says: 'must be restricted, got "baseline": label it',
    plant: set(
      'retailflow-gateway/namespace-retailflow-gateway.yaml',
      'metadata.labels.[pod-security.kubernetes.io/enforce]',
      'baseline',
    ),
  },
  {
    rule: 'mesh-root',
    says: 'metadata.labels.istio.io/rev: must be left out',
    plant: set('retailflow-user/namespace-retailflow-user.yaml', 'metadata.labels.[istio.io/rev]', 'asm-1-29'),
  },
  {
    rule: 'default-deny',
    says: 'must have a NetworkPolicy that closes Egress of all its pods, got none',
    plant: (objects) => {
      set('retailflow-catalog/networkpolicy-namespace-deny.yaml', 'spec.policyTypes', ['Ingress'])(objects);
      return 'retailflow-catalog/namespace-retailflow-catalog.yaml';
    },
  },
  {
    rule: 'mutual-tls',
    says: 'spec.trafficPolicy.tls.mode: must be ISTIO_MUTUAL, got DISABLE',
    plant: set('retailflow-catalog/destinationrule-catalog.yaml', 'spec.trafficPolicy.tls', { mode: 'DISABLE' }),
  },
  {
    rule: 'sticky',
    says: 'must be absent where requests go by what is in them: release all at once',
    plant: set('retailflow-order/destinationrule-order.yaml', 'spec.trafficPolicy.loadBalancer', {
      consistentHash: { httpHeaderName: 'x-user-id' },
    }),
  },
  {
    rule: 'mutual-tls',
    says: 'excludeInboundPorts: must be left out, got "8080": what goes past its proxy is neither known nor encrypted',
    plant: set(analytics, 'spec.template.metadata.annotations[traffic.sidecar.istio.io/excludeInboundPorts]', '8080'),
  },
  {
    rule: 'calls',
    says: 'calls user.retailflow-user at 8080, and no AuthorizationPolicy of retailflow-user lets cluster.local/ns/retailflow-order/sa/order in',
    plant: (objects) => {
      set('retailflow-user/authorizationpolicy-user.yaml', 'spec.rules', [])(objects);
      return order;
    },
  },
  {
    rule: 'network-ends',
    says: 'the other end lets nobody in from there: open both ends, or neither',
    plant: (objects) => {
      set('retailflow-catalog/networkpolicy-catalog-callers.yaml', 'spec.ingress', [])(objects);
      return 'retailflow-order/networkpolicy-order-uses.yaml';
    },
  },
  {
    rule: 'unneeded-ways',
    says: 'out to Rollout analytics in retailflow-analytics, which none of them was told of: take it away',
    plant: set('retailflow-payment/networkpolicy-payment-uses.yaml', 'spec.egress.0.to.1', {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'retailflow-analytics' } },
    }),
  },
  {
    rule: 'apart',
    says: 'must name nothing as mainstay/scope, got cards: the pods are in no scope',
    plant: set(notification, `${pod}.nodeSelector`, { 'mainstay/scope': 'cards' }),
  },
  {
    rule: 'hosts',
    says: 'and no ServiceEntry that retailflow-user sees has it',
    plant: (objects) => {
      set('retailflow-user/serviceentry-tcp-6432.yaml', 'spec.hosts', ['db.example.com'])(objects);
      return user;
    },
  },
  {
    rule: 'secret-references',
    says: 'must name a key of the secret shipping-provider, got apiKey, of key',
    plant: (objects) => {
      set('retailflow-order/externalsecret-shipping-provider.yaml', 'spec.data.0.secretKey', 'key')(objects);
      return order;
    },
  },
  {
    rule: 'releases',
    says: 'spec.version: must be one version, such as 1.2.3, got "1.x"',
    plant: set('keda/release-keda.yaml', 'spec.version', '1.x'),
  },
  {
    rule: 'release-values',
    says: 'spec.values.loging',
    plant: set('keda/release-keda.yaml', 'spec.values.loging', {}),
  },
  {
    rule: 'exemptions',
    says: 'is exempted from spread, which finds nothing: take the exemption away',
    plant: set(
      analytics,
      'metadata.annotations.[mainstay/exempt.spread]',
      'it was needed once and nobody has looked since',
    ),
  },
];

/** Plants every fault into the objects of a cluster. */
export function plantAll(manifests: readonly Manifest[]): {
  readonly files: readonly Manifest[];
  readonly where: readonly string[];
} {
  const objects: Trees = Object.fromEntries(
    manifests.map(({ file, text }) => [file, parse(text, { version: '1.1' }) as Tree]),
  );
  const where = clusterFaults.map(({ plant }) => plant(objects));
  const files = Object.entries(objects).map(([file, value]) => ({
    file,
    text: stringify(value, { version: '1.1', lineWidth: 0 }),
  }));
  return { files: files.sort((a, b) => (a.file < b.file ? -1 : 1)), where };
}
