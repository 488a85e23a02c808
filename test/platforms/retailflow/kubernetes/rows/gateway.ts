import { about, one, type Row } from '../../../support/about';
import { absent, all, atLeast, between, containing, exactly, like } from '../../../support/matchers';
import { registry } from './facts';

const kong = 'retailflow-gateway/release-kong';
const values = 'spec.values';
const scaler = 'retailflow-gateway/scaledobject-gateway';
const limits = 'retailflow-gateway/deployment-limits';
const pod = 'spec.template.spec';
const container = `${pod}.containers[*]`;

/** Values of the gateway's chart, by what they are for. */
const settings: Readonly<Record<string, Parameters<typeof one>[3]>> = {
  'the gateway is of one version': {
    [`${values}.image.unifiedRepoTag`]: like(
      new RegExp(`^${registry}/retailflow-production/copies/kong@sha256:[0-9a-f]{64}$`),
    ),
    'spec.version': like(/^\d+\.\d+\.\d+$/),
  },
  'the gateway keeps nothing in a database': { [`${values}.env.database`]: 'off' },
  'nobody changes the gateway from outside': {
    [`${values}.env.admin_listen`]: 'off',
    [`${values}.admin.enabled`]: false,
    [`${values}.manager.enabled`]: false,
    [`${values}.ingressController.enabled`]: false,
  },
  'the gateway takes its routes from the vault and the definition': {
    [`${values}.dblessConfig.secret`]: 'gateway-document',
  },
  'the gateway is called by TLS alone': {
    [`${values}.env.proxy_listen`]: like(/^0\.0\.0\.0:8000 ssl /),
    [`${values}.env.status_listen`]: like(/^0\.0\.0\.0:8100 ssl, 127\.0\.0\.1:8101$/),
    [`${values}.env.ssl_cipher_suite`]: 'intermediate',
  },
  'the gateway asks for names past its proxy, and for nothing else': {
    [`${values}.podAnnotations[traffic.sidecar.istio.io/excludeOutboundPorts]`]: '53',
  },
  'the gateway gives its figures to the proxy beside it': {
    [`${values}.podAnnotations[prometheus.io/scrape]`]: 'true',
    [`${values}.podAnnotations[prometheus.io/port]`]: '8101',
    [`${values}.podAnnotations[prometheus.io/path]`]: '/metrics',
  },
  'the gateway shows the certificate of the domain': {
    [`${values}.env.ssl_cert`]: '/etc/secrets/gateway-certificate/tls.crt',
    [`${values}.env.ssl_cert_key`]: '/etc/secrets/gateway-certificate/tls.key',
    [`${values}.secretVolumes`]: containing('gateway-certificate'),
  },
  'the gateway trusts addresses that the edge tells, and of the network alone': {
    [`${values}.env.trusted_ips`]: like(/^10\.32\.0\.0\/16/),
    [`${values}.env.nginx_proxy_real_ip_header`]: 'X-Forwarded-For',
    [`${values}.env.nginx_proxy_real_ip_recursive`]: 'on',
  },
  'the gateway says nothing of itself': {
    [`${values}.env.headers`]: 'off',
    [`${values}.env.anonymous_reports`]: 'off',
  },
  'the gateway takes bodies up to a size': { [`${values}.env.nginx_http_client_max_body_size`]: '10m' },
  'the gateway writes down every request with its correlation id': {
    [`${values}.env.nginx_http_log_format`]: like(/"correlationId":"\$http_x_correlation_id"/),
    [`${values}.env.proxy_access_log`]: '/dev/stdout gateway',
  },
  'the gateway runs plugins of its routes and no others': {
    [`${values}.env.plugins`]:
      'correlation-id,jwt,pre-function,prometheus,rate-limiting,request-size-limiting,request-termination,request-transformer',
  },
  'the chart leaves the number of pods of the gateway to what scales it by requests': {
    [`${values}.autoscaling.enabled`]: false,
  },
  'the gateway stands in several zones and on several nodes': {
    [`${values}.topologySpreadConstraints`]: containing(
      { topologyKey: 'topology.kubernetes.io/zone' },
      { topologyKey: 'kubernetes.io/hostname' },
    ),
  },
  'an upgrade of nodes takes one pod of the gateway at once': {
    [`${values}.podDisruptionBudget`]: { enabled: true, maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
  },
  'no pod of the gateway goes before another comes': { [`${values}.updateStrategy.rollingUpdate.maxUnavailable`]: 0 },
  'the gateway serves until nobody sends it requests, and ends what it began': {
    [`${values}.lifecycle.preStop.exec.command`]: ['sleep', '15'],
    [`${values}.terminationGracePeriodSeconds`]: atLeast(100),
  },
  'the gateway is asked whether it lives and can serve': {
    [`${values}.livenessProbe.httpGet.path`]: '/status',
    [`${values}.readinessProbe.httpGet.path`]: '/status/ready',
    [`${values}.startupProbe.httpGet.path`]: '/status',
  },
  'the gateway asks for what it needs': {
    [`${values}.resources`]: { limits: { memory: '2Gi' }, requests: { cpu: '1', memory: '2Gi' } },
  },
  'the gateway is confined as a service is': {
    [`${values}.containerSecurityContext.allowPrivilegeEscalation`]: false,
    [`${values}.containerSecurityContext.privileged`]: false,
    [`${values}.containerSecurityContext.readOnlyRootFilesystem`]: true,
    [`${values}.containerSecurityContext.capabilities.drop`]: exactly('ALL'),
    [`${values}.securityContext.runAsNonRoot`]: true,
    [`${values}.securityContext.seccompProfile.type`]: 'RuntimeDefault',
  },
  'the gateway runs as its own account, without credentials of the cluster': {
    [`${values}.deployment.serviceAccount`]: { automountServiceAccountToken: false, create: false, name: 'gateway' },
  },
  'the gateway counts requests under a name and a password of the counter': {
    [`${values}.customEnv.gateway_cache_password.valueFrom.secretKeyRef`]: { key: 'password', name: 'limits' },
    [`${values}.customEnv.gateway_cache_user.valueFrom.secretKeyRef`]: { key: 'username', name: 'limits' },
  },
};

/** How many pods of it there are, by what is asserted. */
const scaling: typeof settings = {
  'the gateway has 3 to 24 pods': { 'spec.minReplicaCount': 3, 'spec.maxReplicaCount': 24 },
  'the gateway itself is scaled': { 'spec.scaleTargetRef.name': 'gateway' },
  'the gateway keeps its pods while nobody tells how many requests there are': {
    'spec.fallback': { behavior: 'currentReplicasIfHigher', failureThreshold: 3, replicas: 3 },
  },
  'the gateway scales by its own processors': {
    'spec.triggers': containing({
      type: 'cpu',
      metricType: 'Utilization',
      metadata: { containerName: 'proxy', value: '60' },
    }),
  },
  'the gateway scales by requests a minute': {
    'spec.triggers': containing({
      type: 'prometheus',
      name: 'requests',
      metricType: 'AverageValue',
      metadata: {
        serverAddress: 'http://prometheus-server.observability.svc.cluster.local:80',
        threshold: '9000',
        query: '60*sum(rate(kong_http_requests_total{namespace="retailflow-gateway"}[2m]))',
      },
    }),
  },
  'pods of the gateway go slowly': {
    'spec.advanced.horizontalPodAutoscalerConfig.behavior.scaleDown.stabilizationWindowSeconds': between(300, 900),
    'spec.advanced.horizontalPodAutoscalerConfig.behavior.scaleDown.policies': [
      { periodSeconds: 60, type: 'Percent', value: 10 },
      { periodSeconds: 60, type: 'Pods', value: 1 },
    ],
  },
};

/** What the document says that Kong reads: as on ECS. */
const document = 'spec.target.template.data[kong.yml]';

export const gateway: Row = {
  row: 'gateway',
  expectations: [
    ...Object.entries(settings).map(([name, having]) => one(name, 'Release', kong, having)),
    ...Object.entries(scaling).map(([name, having]) => one(name, 'ScaledObject', scaler, having)),
    one(
      'the gateway stands behind a balancer inside of the network, at a fixed address',
      'Service',
      'retailflow-gateway/service-gateway',
      {
        'spec.type': 'LoadBalancer',
        'spec.selector': { 'app.kubernetes.io/component': 'app', 'app.kubernetes.io/name': 'gateway' },
        'metadata.annotations[service.beta.kubernetes.io/azure-load-balancer-internal]': 'true',
        'metadata.annotations[service.beta.kubernetes.io/azure-load-balancer-internal-subnet]': 'balancer',
        'metadata.annotations[service.beta.kubernetes.io/azure-load-balancer-ipv4]': '10.32.16.20',
      },
    ),
    one('the edge alone reaches the balancer', 'Service', 'retailflow-gateway/service-gateway', {
      'spec.loadBalancerSourceRanges': exactly('10.32.18.0/24'),
      'spec.externalTrafficPolicy': 'Local',
      'spec.allocateLoadBalancerNodePorts': false,
    }),
    one(
      'the mesh lets the edge in to the gateway, and nobody else',
      'AuthorizationPolicy',
      'retailflow-gateway/authorizationpolicy-gateway',
      {
        'spec.action': 'ALLOW',
        'spec.rules': [
          {
            from: [{ source: { ipBlocks: ['10.32.18.0/24'] } }],
            to: [{ operation: { ports: ['8000', '8100'] } }],
          },
        ],
        'spec.selector.matchLabels': { 'app.kubernetes.io/component': 'app', 'app.kubernetes.io/name': 'gateway' },
      },
    ),
    one(
      'the mesh lets the gateway alone in to the counter',
      'AuthorizationPolicy',
      'retailflow-gateway/authorizationpolicy-limits',
      {
        'spec.action': 'ALLOW',
        'spec.rules': [
          {
            from: [{ source: { principals: ['cluster.local/ns/retailflow-gateway/sa/gateway'] } }],
            to: [{ operation: { ports: ['6379'] } }],
          },
        ],
        'spec.selector.matchLabels': { 'app.kubernetes.io/component': 'limits', 'app.kubernetes.io/name': 'gateway' },
      },
    ),
    one(
      'the document has the routes of every service, their tokens and their limits',
      'ExternalSecret',
      'retailflow-gateway/externalsecret-gateway-document',
      {
        [document]: all(
          ...['analytics', 'catalog', 'order', 'payment', 'user'].map((name) =>
            like(
              new RegExp(
                `"host":"${name}\\.retailflow-${name}\\.svc\\.cluster\\.local"|${name}\\.retailflow-${name}\\.svc\\.cluster\\.local`,
              ),
            ),
          ),
          like(/"name":"jwt"/),
          like(/"name":"rate-limiting"/),
          like(/"name":"request-size-limiting"/),
          like(/"name":"correlation-id"/),
          like(/"algorithm":"RS256"/),
        ),
      },
    ),
    ...about(
      { type: 'Deployment', where: /^retailflow-gateway\/deployment-limits$/, count: 1 },
      {
        'the counter keeps nothing, and is one': { path: 'spec.replicas', is: 1 },
        'the counter is never there twice': { path: 'spec.strategy.type', is: 'Recreate' },
        'the counter is confined as a service is (user)': { path: `${pod}.securityContext.runAsNonRoot`, is: true },
        'the counter is confined as a service is (kernel)': {
          path: `${pod}.securityContext.seccompProfile.type`,
          is: 'RuntimeDefault',
        },
        'the counter is confined as a service is (more)': {
          path: `${container}.securityContext.allowPrivilegeEscalation`,
          is: false,
        },
        'the counter is confined as a service is (privileges)': {
          path: `${container}.securityContext.privileged`,
          is: false,
        },
        'the counter is confined as a service is (program)': {
          path: `${container}.securityContext.readOnlyRootFilesystem`,
          is: true,
        },
        'the counter is confined as a service is (capabilities)': {
          path: `${container}.securityContext.capabilities.drop`,
          is: exactly('ALL'),
        },
        'the counter has no credentials of the cluster': { path: `${pod}.automountServiceAccountToken`, is: false },
        'the counter is told of no service': { path: `${pod}.enableServiceLinks`, is: false },
        'the counter runs as its own account': { path: `${pod}.serviceAccountName`, is: 'limits' },
        'the counter is named by its digest': {
          path: `${container}.image`,
          is: like(new RegExp(`^${registry}/.+/valkey@sha256:[0-9a-f]{64}$`)),
        },
        'the counter has a password': {
          path: `${container}.env[*].valueFrom.secretKeyRef`,
          is: { key: 'password', name: 'limits' },
        },
        'the counter is asked whether it lives': { path: `${container}.livenessProbe.tcpSocket.port`, is: 6379 },
        'the counter is asked whether it can serve': { path: `${container}.readinessProbe.tcpSocket.port`, is: 6379 },
        'the counter asks for what it needs': {
          path: `${container}.resources`,
          is: { limits: { memory: '128Mi' }, requests: { cpu: '100m', memory: '128Mi' } },
        },
        'the counter writes to memory alone': { path: `${pod}.volumes[*].emptyDir.medium`, is: 'Memory' },
        'what the counter writes has an end': { path: `${pod}.volumes[*].emptyDir.sizeLimit`, is: like(/^\d+Mi$/) },
        'the counter is found by labels that never change': {
          path: 'spec.selector.matchLabels',
          is: { 'app.kubernetes.io/component': 'limits', 'app.kubernetes.io/name': 'gateway' },
        },
        'the counter stands in no port of a node': { path: `${pod}.hostNetwork`, is: absent },
      },
    ),
    ...['gateway', 'limits'].map((name) =>
      one(`${name} has an account of its own`, 'ServiceAccount', `retailflow-gateway/serviceaccount-${name}`, {
        automountServiceAccountToken: false,
      }),
    ),
    one('the counter stands inside of the cluster', 'Service', 'retailflow-gateway/service-limits', {
      'spec.selector': { 'app.kubernetes.io/component': 'limits', 'app.kubernetes.io/name': 'gateway' },
      'spec.ports[*].port': between(6379, 6379),
      'spec.type': absent,
    }),
    one('the counter takes no longer than a minute to be forgotten', 'Deployment', limits, {
      [`${pod}.terminationGracePeriodSeconds`]: absent,
    }),
    one(
      'the proxy of the gateway knows the services that it routes to',
      'Sidecar',
      'retailflow-gateway/sidecar-gateway',
      {
        'spec.egress[*].hosts': containing(
          ...['analytics', 'catalog', 'order', 'payment', 'user'].map(
            (name) => `retailflow-${name}/${name}.retailflow-${name}.svc.cluster.local`,
          ),
        ),
      },
    ),
  ],
};
