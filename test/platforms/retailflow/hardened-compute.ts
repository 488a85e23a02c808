import type { Hardened } from '../support/mutations';

const paths = (...all: readonly string[]): readonly Hardened[] => all.map((path) => ({ path }));

/** A policy of the world's. */
const everything = { Effect: 'Allow', Action: '*', Resource: '*' } as const;

/** The keeper is two, of which one alone is replaced; of everybody else more are started first. */
const keeper = /^Recovery\/Keeper\//;
const others = /^(?!Recovery\/Keeper\/)/;

/** What makes tasks, their network and their permissions safe. */
export const hardenedCompute: Readonly<Record<string, readonly Hardened[]>> = {
  'AWS::ECS::TaskDefinition': [
    {},
    ...paths(
      'ContainerDefinitions[*].ReadonlyRootFilesystem',
      'ContainerDefinitions[*].LogConfiguration',
      'ContainerDefinitions[*].LinuxParameters.Capabilities.Drop',
      'ContainerDefinitions[*].LinuxParameters.InitProcessEnabled',
      'ContainerDefinitions[Name=app].HealthCheck',
      'ContainerDefinitions[Name=kong].HealthCheck',
      'RequiresCompatibilities',
    ),
    { path: 'ContainerDefinitions[*].User', weak: ['root', '0:0'] },
    { path: 'ContainerDefinitions[*].Image', weak: ['public.ecr.aws/docker/library/caddy:latest'] },
    { path: 'ContainerDefinitions[*].VersionConsistency', weak: ['disabled'] },
    { path: 'ContainerDefinitions[*].LinuxParameters.Tmpfs[*].MountOptions', weak: [['exec']] },
    { path: 'ContainerDefinitions[Name=app].StopTimeout', weak: [2] },
    { path: 'ContainerDefinitions[Name=kong].StopTimeout', weak: [2] },
    { path: 'ContainerDefinitions[Name=kong].Secrets' },
    { path: 'ContainerDefinitions[Name=platform-store].Secrets' },
    { path: 'NetworkMode', weak: ['host', 'bridge'] },
    { path: 'RuntimePlatform.CpuArchitecture', weak: ['X86_64'] },
    {
      path: 'ContainerDefinitions[Name=platform-store].Environment[Name=PGSSLMODE].Value',
      weak: ['require', 'disable'],
    },
  ],
  'AWS::ECS::Service': [
    {},
    ...paths(
      'EnableExecuteCommand',
      'NetworkConfiguration.AwsvpcConfiguration.SecurityGroups',
      'NetworkConfiguration.AwsvpcConfiguration.Subnets',
      'DeploymentConfiguration.DeploymentCircuitBreaker',
      'DeploymentConfiguration.DeploymentCircuitBreaker.Enable',
      'DeploymentConfiguration.DeploymentCircuitBreaker.Rollback',
      'DeploymentConfiguration.Alarms',
      'DeploymentConfiguration.Alarms.Enable',
      'DeploymentConfiguration.Alarms.Rollback',
      'DeploymentConfiguration.Alarms.AlarmNames',
      'LoadBalancers[*].AdvancedConfiguration.AlternateTargetGroupArn',
      'LoadBalancers[*].AdvancedConfiguration.ProductionListenerRule',
      'LoadBalancers[*].AdvancedConfiguration.TestListenerRule',
      'ServiceConnectConfiguration.Services[*].Tls',
      'ServiceConnectConfiguration.Services[*].Timeout',
      'DependsOn',
    ),
    { path: 'NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp', weak: ['ENABLED'] },
    { path: 'AvailabilityZoneRebalancing', weak: ['DISABLED'], where: others },
    { path: 'PlatformVersion', weak: ['1.3.0'] },
    { path: 'PropagateTags', weak: ['NONE'] },
    { path: 'DeploymentConfiguration.MinimumHealthyPercent', weak: [0, 50], where: others },
    { path: 'DeploymentConfiguration.MaximumPercent', weak: [100], where: others },
    { path: 'DeploymentConfiguration.MinimumHealthyPercent', weak: [0], where: keeper },
    { path: 'DeploymentConfiguration.MaximumPercent', weak: [200], where: keeper },
    { path: 'DesiredCount', weak: [0, 1], where: keeper },
    { path: 'DeploymentConfiguration.Strategy', weak: ['LINEAR'] },
    { path: 'DeploymentConfiguration.BakeTimeInMinutes', weak: [0] },
    { path: 'DeploymentConfiguration.CanaryConfiguration.CanaryPercent', weak: [50] },
    { path: 'DeploymentConfiguration.CanaryConfiguration.CanaryBakeTimeInMinutes', weak: [0] },
    { path: 'HealthCheckGracePeriodSeconds', weak: [0], where: /^Service-/ },
  ],
  'AWS::ECS::Cluster': [
    {},
    { path: 'ClusterSettings[Name=containerInsights].Value', weak: ['disabled'] },
    { path: 'Tags[Key=GuardDutyManaged].Value', weak: ['false'] },
  ],
  'AWS::ApplicationAutoScaling::ScalableTarget': [
    {},
    { path: 'MaxCapacity', weak: [1000] },
    { path: 'MinCapacity', weak: [0] },
  ],
  'AWS::ApplicationAutoScaling::ScalingPolicy': [
    { where: /^Service-|^Data\// },
    { path: 'TargetTrackingScalingPolicyConfiguration.TargetValue', weak: [99_999], where: /^Service-|^Data\// },
  ],
  'AWS::ACMPCA::CertificateAuthority': [
    { path: 'DeletionPolicy', weak: ['Delete'] },
    { path: 'UpdateReplacePolicy', weak: ['Delete'] },
    {},
    { path: 'UsageMode', weak: ['GENERAL_PURPOSE'] },
  ],
  'AWS::IAM::Role': [
    {
      path: 'AssumeRolePolicyDocument.Statement[*].Condition',
      weak: [{}],
      where: /(TaskRole|ExecutionRole|OrderSaga\/Role|DeployRole|PushRole)$/,
    },
    {
      path: 'AssumeRolePolicyDocument.Statement[*].Principal',
      weak: ['*'],
      where: /(TaskRole|ExecutionRole|OrderSaga\/Role|DeployRole|PushRole)$/,
    },
  ],
  'AWS::IAM::ManagedPolicy': [{ path: 'PolicyDocument.Statement[0]', weak: [everything], needed: false }],
  'AWS::IAM::OIDCProvider': [{}, { path: 'ClientIdList', weak: [['*']] }],
  'AWS::EC2::VPC': [{}, ...paths('EnableDnsSupport', 'EnableDnsHostnames')],
  'AWS::EC2::Subnet': [{}, ...paths('AvailabilityZone', 'CidrBlock', 'MapPublicIpOnLaunch')],
  'AWS::EC2::EIP': [
    {},
    { path: 'DeletionPolicy', weak: ['Delete'] },
    { path: 'UpdateReplacePolicy', weak: ['Delete'] },
  ],
  'AWS::EC2::NatGateway': [{}, ...paths('AllocationId')],
  'AWS::EC2::Route': [{}, ...paths('NatGatewayId', 'TransitGatewayId')],
  'AWS::EC2::FlowLog': [
    {},
    { path: 'TrafficType', weak: ['ACCEPT', 'REJECT'] },
    { path: 'MaxAggregationInterval', weak: [600] },
    ...paths('LogDestination', 'ResourceId'),
  ],
  'AWS::EC2::VPCEndpoint': [
    {},
    ...paths(
      'PolicyDocument',
      'PolicyDocument.Statement[0].Condition',
      'PrivateDnsEnabled',
      'SecurityGroupIds',
      'SubnetIds',
      'RouteTableIds',
    ),
  ],
  'AWS::EC2::SecurityGroup': [
    {
      path: 'SecurityGroupEgress',
      weak: [[{ CidrIp: '0.0.0.0/0', IpProtocol: '-1' }]],
    },
  ],
  'Custom::VpcRestrictDefaultSG': [{}, ...paths('DefaultSecurityGroupId')],
  'AWS::EC2::SubnetRouteTableAssociation': [{}],
  'AWS::Lambda::Function': [
    {},
    { path: 'LoggingConfig', where: /^(Cluster|Data|Recovery)\// },
    { path: 'VpcConfig', where: /^Recovery\// },
    { path: 'Environment.Variables.LATCH', weak: [''] },
    { path: 'Runtime', weak: ['nodejs16.x'] },
    { path: 'DeadLetterConfig' },
  ],
  'AWS::Lambda::EventSourceMapping': [
    {},
    { path: 'EventSourceArn' },
    { path: 'FunctionName' },
    { path: 'FunctionResponseTypes', weak: [[]] },
    { path: 'ScalingConfig.MaximumConcurrency', weak: [1000] },
  ],
  'AWS::Lambda::EventInvokeConfig': [{}, { path: 'MaximumRetryAttempts', weak: [2] }],
  'AWS::ServiceDiscovery::HttpNamespace': [{}],
  'Custom::Migration': [{}],
  'Custom::SearchRoles': [{}],
};
