import { Match, Template } from 'aws-cdk-lib/assertions';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import allocations from '../../allocations/retailflow.json';
import { Balancer } from '../../lib/aws/balancer';
import { Gateway } from '../../lib/aws/gateway';
import { errorThreshold } from '../../lib/platform/gateway/errors';
import { byKey } from '../../lib/platform/gateway/token-keys';
import type { KongDeclarative } from '../../lib/platform/gateway/document';
import { resolve } from '../../lib/platform/resolve';
import retailflow from '../../platforms/retailflow';
import { schemaProblems } from '../platform/gateway/kong-schema';
import { copyInTemplate } from '../support/copied-image';
import { account, findings, region, staleAcknowledgements, surroundings, testStack } from '../support/aws';

const platform = resolve(retailflow, { stage: 'production', allocations });

function made() {
  const stack = testStack();
  const { vpc, key, alarms } = surroundings(stack);
  const { primary } = platform.stage.sites;
  if (primary.cloud !== 'aws') throw new Error('RetailFlow stands on aws');
  const balancer = new Balancer(stack, 'Balancer', {
    vpc,
    domain: platform.stage.domain,
    certificate: acm.Certificate.fromCertificateArn(
      stack,
      'Certificate',
      `arn:aws:acm:${region}:${account}:certificate/one`,
    ),
    accessLogs: new s3.Bucket(stack, 'AccessLogs'),
    protected: true,
  });
  const cacheGroup = new ec2.SecurityGroup(stack, 'CacheGroup', { vpc, allowAllOutbound: false });
  const gateway = new Gateway(stack, 'Gateway', {
    platform,
    site: primary,
    cluster: new ecs.Cluster(stack, 'Cluster', { vpc }),
    vpc,
    endpoints: [],
    balancer,
    cache: {
      host: 'master.sessions.example.com',
      port: 6379,
      securityGroup: cacheGroup,
      gatewaySecret: new secretsmanager.Secret(stack, 'CacheUser'),
    },
    tokenKeys: byKey((id) => new secretsmanager.Secret(stack, `TokenKey-${id}`)),
    keys: { logs: key, secrets: key },
    alarms,
  });
  return { stack, world: { balancer, key }, gateway, cacheGroup, template: Template.fromStack(stack) };
}

const { stack, world, gateway, cacheGroup, template } = made();
const idOf = (construct: { readonly node: { readonly defaultChild?: unknown } }) =>
  stack.getLogicalId(construct.node.defaultChild as never);

const [container] = (template.findResources('AWS::ECS::TaskDefinition')[idOf(gateway.taskDefinition)]?.['Properties'][
  'ContainerDefinitions'
] ?? []) as { readonly [property: string]: never }[];
const settings = Object.fromEntries(
  ((container?.['Environment'] ?? []) as { readonly Name: string; readonly Value: string }[]).map(({ Name, Value }) => [
    Name,
    Value,
  ]),
);

test.each([
  [0.08, 1.15],
  [1, 14.4],
  [10, 100],
])('a promise of at most %d%% failures alarms above %d%%', (errorPercent, threshold) => {
  expect(errorThreshold({ errorPercent })).toBe(threshold);
});

test('the process asks AWS for nothing, and has no policy; its class is that of the most sensitive service', () => {
  const policies = JSON.stringify(template.findResources('AWS::IAM::ManagedPolicy'));
  expect(policies).toContain(idOf(gateway.roles.executionRole));
  expect(policies).not.toContain(idOf(gateway.roles.taskRole));
  const Tags = Match.arrayWith([{ Key: 'data-class', Value: 'restricted' }]);
  template.allResourcesProperties('AWS::ECS::Service', { Tags });
});

describe('the task', () => {
  test('runs the image by digest on ARM64, with the gateway’s size', () => {
    template.hasResourceProperties('AWS::ECS::TaskDefinition', {
      Cpu: '1024',
      Memory: '2048',
      NetworkMode: 'awsvpc',
      RuntimePlatform: { CpuArchitecture: 'ARM64', OperatingSystemFamily: 'LINUX' },
      ContainerDefinitions: [
        Match.objectLike({ Image: copyInTemplate('retailflow-production', 'kong'), VersionConsistency: 'enabled' }),
      ],
    });
  });

  test('cannot change its file system, and writes to memory alone, as nobody special', () => {
    expect(container).toMatchObject({
      User: '1000:1000',
      ReadonlyRootFilesystem: true,
      LinuxParameters: {
        Capabilities: { Drop: ['ALL'] },
        Tmpfs: [{ ContainerPath: '/tmp', Size: 256, MountOptions: ['noexec', 'nosuid', 'nodev'] }],
      },
    });
    expect(settings['KONG_PREFIX']).toMatch(/^\/tmp\//);
    expect(container).not.toHaveProperty('MountPoints.0');
    expect(container).not.toHaveProperty('Privileged');
  });

  test('gets a document that Kong takes, whole and in the clear', () => {
    const document = JSON.parse(settings['GATEWAY_DOCUMENT'] ?? '') as KongDeclarative;
    expect(schemaProblems(document)).toEqual([]);
    expect(document.services.map(({ url }) => url)).toContain('https://order.services.shop.example.com:8443');
  });

  test('gets secrets by reference, and none by value', () => {
    const secret = (name: string, field = '') => ({
      Name: name,
      ValueFrom:
        field === '' ? { Ref: Match.anyValue() } : { 'Fn::Join': ['', [{ Ref: Match.anyValue() }, `:${field}::`]] },
    });
    template.hasResourceProperties('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: [
        Match.objectLike({
          Secrets: [
            secret('GATEWAY_CACHE_USER', 'username'),
            secret('GATEWAY_CACHE_PASSWORD', 'password'),
            ...['A', 'B', 'C'].map((id) => secret(`GATEWAY_TOKEN_PUBLIC_KEY_${id}`)),
          ],
        }),
      ],
    });
    for (const name of ['GATEWAY_CACHE_USER', 'GATEWAY_CACHE_PASSWORD', 'GATEWAY_TOKEN_PUBLIC_KEY_A'])
      expect(settings).not.toHaveProperty(name);
  });

  test('believes the addresses of its own network only', () => {
    expect(settings['KONG_TRUSTED_IPS']).toBe('10.16.0.0/16');
  });

  test('finishes what it has begun before it is stopped', () => {
    expect(container?.['StopTimeout']).toBe(100);
    expect(settings['KONG_NGINX_MAIN_WORKER_SHUTDOWN_TIMEOUT']).toBe('90s');
  });

  test('is asked by Kong’s own command whether it lives', () => {
    expect(container?.['HealthCheck']).toMatchObject({ Command: ['CMD-SHELL', 'kong health'], Retries: 3 });
  });
});

describe('traffic', () => {
  test('comes over TLS, and health is asked at the status port', () => {
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
      Protocol: 'HTTPS',
      Port: 8000,
      TargetType: 'ip',
      HealthCheckProtocol: 'HTTP',
      HealthCheckPort: '8100',
      HealthCheckPath: '/status/ready',
      Matcher: { HttpCode: '200' },
    });
  });

  test('comes by one rule of the public listener, for the edge’s host name alone', () => {
    template.resourcePropertiesCountIs(
      'AWS::ElasticLoadBalancingV2::ListenerRule',
      {
        ListenerArn: { Ref: idOf(world.balancer.publicListener) },
        Priority: 1,
        Conditions: [{ Field: 'host-header', HostHeaderConfig: { Values: ['origin.shop.example.com'] } }],
        Actions: [{ Type: 'forward', TargetGroupArn: { Ref: idOf(gateway.targetGroup) } }],
      },
      1,
    );
  });

  test.each([
    ['from the balancer', world.balancer.securityGroup, gateway.securityGroup, 8000],
    ['from the balancer’s health check', world.balancer.securityGroup, gateway.securityGroup, 8100],
    ['to services, through the balancer', gateway.securityGroup, world.balancer.securityGroup, 8443],
    ['to the cache', gateway.securityGroup, cacheGroup, 6379],
  ])('%s is let through, both ways of looking', (_, from, to, port) => {
    const ids = { from: stack.resolve(from.securityGroupId), to: stack.resolve(to.securityGroupId) };
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      GroupId: ids.to,
      SourceSecurityGroupId: ids.from,
      FromPort: port,
      ToPort: port,
    });
    template.hasResourceProperties('AWS::EC2::SecurityGroupEgress', {
      GroupId: ids.from,
      DestinationSecurityGroupId: ids.to,
      FromPort: port,
      ToPort: port,
    });
  });

  test('from anywhere else is not let in, and out to the internet goes TLS alone', () => {
    const group = stack.resolve(gateway.securityGroup.securityGroupId);
    const rules = (type: string) =>
      Object.values(template.findResources(type, { Properties: { GroupId: group } })).map(
        ({ Properties }) => Properties as { readonly CidrIp?: string; readonly FromPort: number },
      );
    expect(rules('AWS::EC2::SecurityGroupIngress')).toHaveLength(2);
    expect(rules('AWS::EC2::SecurityGroupIngress').filter(({ CidrIp }) => CidrIp !== undefined)).toEqual([]);
    expect(
      rules('AWS::EC2::SecurityGroupEgress')
        .filter(({ CidrIp }) => CidrIp !== undefined)
        .map(({ FromPort }) => FromPort),
    ).toEqual([443]);
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      GroupDescription: 'Tasks of the gateway',
      SecurityGroupIngress: Match.absent(),
    });
  });
});

describe('the service', () => {
  test('is released rolling, and taken back by the breaker or by what clients get', () => {
    template.hasResourceProperties('AWS::ECS::Service', {
      DeploymentConfiguration: {
        Strategy: 'ROLLING',
        MinimumHealthyPercent: 100,
        MaximumPercent: 200,
        DeploymentCircuitBreaker: { Enable: true, Rollback: true },
        Alarms: { Enable: true, Rollback: true, AlarmNames: [Match.anyValue(), Match.anyValue()] },
      },
      EnableExecuteCommand: false,
      AvailabilityZoneRebalancing: 'ENABLED',
      DesiredCount: Match.absent(),
      NetworkConfiguration: { AwsvpcConfiguration: Match.objectLike({ AssignPublicIp: 'DISABLED' }) },
    });
  });

  test('grows between its bounds with its processors, and with the requests of each task', () => {
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 3, MaxCapacity: 24 });
    const policies = JSON.stringify(template.findResources('AWS::ApplicationAutoScaling::ScalingPolicy'));
    expect(policies.match(/"TargetValue":\d+/g)).toEqual(['"TargetValue":60', '"TargetValue":9000']);
  });

  test('logs for as long as the stage says, encrypted', () => {
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      RetentionInDays: 365,
      KmsKeyId: stack.resolve(world.key.keyArn),
    });
  });

  test('may read its own values through Secrets Manager, and nothing else of secrets', () => {
    const policy = template.findResources('AWS::IAM::ManagedPolicy')[idOf(gateway.roles.executionPolicy)];
    const all = policy?.['Properties'].PolicyDocument.Statement as readonly Record<string, unknown>[];
    const statements = all.filter(({ Action }) => /secretsmanager|kms/.test(JSON.stringify(Action)));
    const [read, decrypt] = statements;
    expect(statements).toHaveLength(2);
    expect(read).toMatchObject({ Action: 'secretsmanager:GetSecretValue', Resource: { length: 4 } });
    expect(decrypt).toMatchObject({
      Action: 'kms:Decrypt',
      Condition: {
        StringEquals: {
          'kms:ViaService': 'secretsmanager.ap-southeast-1.amazonaws.com',
          'kms:EncryptionContext:SecretARN': read?.['Resource'],
        },
      },
    });
    expect(JSON.stringify(policy)).not.toContain('"Action":"*"');
  });

  test('has no inline policies', () => {
    const inline = Object.values(template.findResources('AWS::IAM::Policy')).filter((policy) =>
      JSON.stringify(policy).includes('Gateway'),
    );
    expect(inline).toEqual([]);
  });
});

test.each([
  ['Errors', 1.15],
  ['Latency', 1000],
  ['UnhealthyTasks', 1],
  ['NoTasks', 1],
  ['HighCpu', 85],
])('%s raises an alarm at %d and names the runbook', (id, threshold) => {
  const alarm = template.findResources('AWS::CloudWatch::Alarm')[idOf(gateway.node.findChild(id))];
  expect(alarm?.['Properties']).toMatchObject({
    Threshold: threshold,
    AlarmDescription: expect.stringContaining('docs/runbooks/gateway.md'),
    AlarmActions: [expect.anything()],
  });
});

test('leaves no finding open', () => {
  expect(findings(gateway)).toEqual([]);
  expect(staleAcknowledgements(gateway)).toEqual([]);
});
