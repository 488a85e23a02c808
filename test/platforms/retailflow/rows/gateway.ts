import { about, type Row } from '../../support/about';
import type { Expectation } from '../../support/expectations';
import { ageWatch } from '../../support/age-watch';
import { gatewayLogin } from '../../support/gateway-login';
import { reference } from '../../support/graph';
import { atLeast, between, containing, exactly, like, notContaining, withoutText } from '../../support/matchers';
import { alarmTopic, appSubnets, domain } from './facts';

const stack = 'Cluster';
const variable = (name: string): string => `ContainerDefinitions[Name=kong].Environment[Name=${name}].Value`;
const document = variable('GATEWAY_DOCUMENT');

const variables: Readonly<Record<string, readonly [variable: string, value: string]>> = {
  'the gateway has no database': ['KONG_DATABASE', 'off'],
  'nobody administers the gateway while it runs': ['KONG_ADMIN_LISTEN', 'off'],
  'the gateway has no administrator’s page': ['KONG_ADMIN_GUI_LISTEN', 'off'],
  'the gateway reports nothing to its makers': ['KONG_ANONYMOUS_REPORTS', 'off'],
  'the gateway does not tell what it is': ['KONG_HEADERS', 'off'],
  'the gateway tells no caller how it works': ['KONG_REQUEST_DEBUG', 'off'],
  'the gateway believes addresses of the VPC alone': ['KONG_TRUSTED_IPS', '10.16.0.0/16'],
  'the gateway checks whom it calls': ['KONG_NGINX_PROXY_PROXY_SSL_VERIFY', 'on'],
  'code in the gateway’s document is confined': ['KONG_UNTRUSTED_LUA', 'sandbox'],
  'secrets of the gateway come from its environment': ['KONG_VAULTS', 'env'],
};

const task: readonly Expectation[] = about(
  { stack, type: 'AWS::ECS::TaskDefinition', where: /Gateway\/Task$/, count: 1 },
  {
    ...Object.fromEntries(Object.entries(variables).map(([name, [key, is]]) => [name, { path: variable(key), is }])),
    'the gateway speaks TLS to the load balancer': {
      path: variable('KONG_PROXY_LISTEN'),
      is: like(/^0\.0\.0\.0:8000 ssl/),
    },
    'the gateway is Kong': {
      path: 'ContainerDefinitions[Name=kong].Image',
      is: like(/^\d{12}\.dkr\.ecr\..+\/copies\/kong@sha256:/),
    },
    'every request has an id that it keeps': {
      path: `${document}.plugins`,
      is: containing({ name: 'correlation-id', config: { header_name: 'X-Correlation-Id', echo_downstream: true } }),
    },
    'the gateway counts what it does': { path: `${document}.plugins`, is: containing({ name: 'prometheus' }) },
    'requests that are too large are refused': {
      path: `${document}.plugins[name=request-size-limiting].config.allowed_payload_size`,
      is: between(1, 100),
    },
    'nobody says for himself who he is': {
      path: `${document}.plugins[name=request-transformer].config.remove.headers`,
      is: containing('X-Consumer-Id', 'X-Consumer-Username'),
    },
    ...Object.fromEntries(
      ['a', 'b', 'c'].map((id) => [
        `tokens are checked with the key ${id} of the platform`,
        {
          path: `${document}.consumers[*].jwt_secrets[key=${id}]`,
          is: { algorithm: 'RS256', key: id, rsa_public_key: `@GATEWAY_TOKEN_PUBLIC_KEY_${id.toUpperCase()}@` },
        },
      ]),
    ),
    'limits are counted for all tasks together': {
      path: `${document}.services[*].routes[*].plugins[name=rate-limiting].config.policy`,
      is: 'redis',
    },
    'the gateway proves to the cache who it is': {
      path: `${document}.services[*].routes[*].plugins[name=rate-limiting].config.redis.password`,
      is: '{vault://env/gateway-cache-password}',
    },
    'the gateway reaches the cache by TLS': {
      path: `${document}.services[*].routes[*].plugins[name=rate-limiting].config.redis.ssl`,
      is: true,
    },
    'the gateway checks that the cache is the cache': {
      path: `${document}.services[*].routes[*].plugins[name=rate-limiting].config.redis.ssl_verify`,
      is: true,
    },
    'tokens that ran out are refused': {
      path: `${document}.services[*].routes[*].plugins[name=jwt].config.claims_to_verify`,
      is: containing('exp'),
    },
    'the gateway checks that a service is the service': { path: `${document}.services[*].tls_verify`, is: true },
    'no secret stands in the document of the gateway': {
      path: document,
      is: withoutText(/BEGIN|resolve:secretsmanager/),
    },
    'secrets of the gateway are injected': {
      path: 'ContainerDefinitions[Name=kong].Secrets',
      is: exactly(
        { Name: 'GATEWAY_CACHE_USER', ValueFrom: `${reference('Data/CacheUsers/GatewayUserPassword')}:username::` },
        { Name: 'GATEWAY_CACHE_PASSWORD', ValueFrom: `${reference('Data/CacheUsers/GatewayUserPassword')}:password::` },
        ...['A', 'B', 'C'].map((id) => ({
          Name: `GATEWAY_TOKEN_PUBLIC_KEY_${id}`,
          ValueFrom: reference(`Security/TokenKeysSecret/PublicKey${id}`),
        })),
      ),
    },
    'the gateway counts in the cache of the definition': {
      path: variable('GATEWAY_CACHE_HOST'),
      is: reference('Data/SessionsCache/Group', 'PrimaryEndPoint.Address'),
    },
    'a gateway that hangs is replaced': {
      path: 'ContainerDefinitions[Name=kong].HealthCheck.Command',
      is: containing('kong health'),
    },
    'the gateway answers what it has taken before it stops': {
      path: 'ContainerDefinitions[Name=kong].StopTimeout',
      is: between(60, 120),
    },
    'the gateway has the size of its definition': { path: 'Cpu', is: 1024 },
  },
);

const attributes: Readonly<Record<string, readonly [attribute: string, value: string]>> = {
  'the load balancer refuses to be deleted': ['deletion_protection.enabled', 'true'],
  'the load balancer drops headers that are none': ['routing.http.drop_invalid_header_fields.enabled', 'true'],
  'the load balancer refuses requests that servers read differently': [
    'routing.http.desync_mitigation_mode',
    'strictest',
  ],
  'the load balancer adds to the addresses of a request': ['routing.http.xff_header_processing.mode', 'append'],
  'the load balancer logs every request': ['access_logs.s3.enabled', 'true'],
  'the load balancer logs every connection': ['connection_logs.s3.enabled', 'true'],
};

const balancer: readonly Expectation[] = [
  ...about(
    { stack, type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', count: 1 },
    {
      ...Object.fromEntries(
        Object.entries(attributes).map(([name, [key, is]]) => [
          name,
          { path: `LoadBalancerAttributes[Key=${key}].Value`, is },
        ]),
      ),
      'the load balancer logs where access is logged': {
        path: 'LoadBalancerAttributes[Key=access_logs.s3.bucket].Value',
        is: reference('Security/AccessLogs/Bucket'),
      },
      'the load balancer logs connections there, too': {
        path: 'LoadBalancerAttributes[Key=connection_logs.s3.bucket].Value',
        is: reference('Security/AccessLogs/Bucket'),
      },
      'the load balancer waits as long as the slowest service takes': {
        path: 'LoadBalancerAttributes[Key=idle_timeout.timeout_seconds].Value',
        is: atLeast(121),
      },
      'the load balancer is not of the internet': { path: 'Scheme', is: 'internal' },
      'the load balancer stands in the app subnets of every zone': { path: 'Subnets', is: exactly(...appSubnets) },
    },
  ),
  ...about(
    { stack, type: 'AWS::ElasticLoadBalancingV2::Listener', count: 3 },
    {
      'the load balancer speaks TLS alone': { path: 'Protocol', is: 'HTTPS' },
      'the load balancer speaks new TLS alone': { path: 'SslPolicy', is: like(/^ELBSecurityPolicy-TLS13-1-[23]-/) },
      'the load balancer has a certificate of the region': {
        path: 'Certificates[*].CertificateArn',
        is: reference('Cluster/Certificate/Certificate'),
      },
      'requests for nobody get an answer that says so': {
        path: 'DefaultActions[0].FixedResponseConfig.StatusCode',
        is: '404',
      },
    },
  ),
];

export const gateway: Row = {
  row: 'gateway',
  expectations: [
    ...task,
    ...balancer,
    ...gatewayLogin('gateway-retailflow-production'),
    ...ageWatch('Security', 'Security/SecretAges', 'the choice of a key'),
    ...about(
      { stack, type: 'AWS::ElasticLoadBalancingV2::ListenerRule', count: 1 },
      {
        'what the edge asks for goes to the gateway': {
          path: 'Actions[0].TargetGroupArn',
          is: reference('Cluster/Gateway/Targets'),
        },
        'the gateway is asked by the name of the origin': {
          path: 'Conditions[*].HostHeaderConfig.Values',
          is: exactly(`origin.${domain}`),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::ElasticLoadBalancingV2::TargetGroup', where: /Gateway\/Targets$/, count: 1 },
      {
        'the gateway is reached by TLS': { path: 'Protocol', is: 'HTTPS' },
        'a gateway that cannot serve gets no requests': { path: 'HealthCheckPath', is: '/status/ready' },
        'requests through the gateway end before it stops': {
          path: 'TargetGroupAttributes[Key=deregistration_delay.timeout_seconds].Value',
          is: between(15, 300),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::ECS::Service', where: /Gateway/, count: 1 },
      {
        'alarms take a new gateway back': {
          path: 'DeploymentConfiguration.Alarms.AlarmNames',
          is: exactly(reference('Cluster/Gateway/Errors'), reference('Cluster/Gateway/Latency')),
        },
        'a new gateway comes task by task': { path: 'DeploymentConfiguration.Strategy', is: 'ROLLING' },
        'alarms that take a new gateway back are on': { path: 'DeploymentConfiguration.Alarms.Enable', is: true },
        'a new gateway is taken back, not only stopped': { path: 'DeploymentConfiguration.Alarms.Rollback', is: true },
        'a gateway starts when it may do what it must': {
          path: 'DependsOn',
          is: containing('Cluster/Gateway/Roles/ExecutionPolicy', 'Cluster/Gateway/Paths/ToCache/Egress'),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::ApplicationAutoScaling::ScalableTarget', where: /Gateway/, count: 1 },
      {
        'there are always gateways in every zone': { path: 'MinCapacity', is: 3 },
        'gateways cost no more than the definition says': { path: 'MaxCapacity', is: 24 },
      },
    ),
    ...about(
      { stack, type: 'AWS::CertificateManager::Certificate', count: 1 },
      {
        'the certificate of the load balancer is for the origin': { path: 'DomainName', is: `origin.${domain}` },
        'the certificate of the load balancer is for every service': {
          path: 'SubjectAlternativeNames',
          is: exactly(`*.services.${domain}`),
        },
        'the certificate of the load balancer renews itself': { path: 'ValidationMethod', is: 'DNS' },
      },
    ),
    ...about(
      { stack, type: 'AWS::EC2::SecurityGroup', where: /Gateway|Balancer/, count: 2 },
      {
        'neither gateway nor load balancer goes everywhere': {
          path: 'SecurityGroupEgress',
          is: notContaining({ CidrIp: '0.0.0.0/0' }),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::CloudWatch::Alarm', where: /Gateway\/(Errors|Latency)$/, count: 2 },
      { 'a bad gateway is told': { path: 'AlarmActions', is: exactly(alarmTopic) } },
    ),
  ],
};
