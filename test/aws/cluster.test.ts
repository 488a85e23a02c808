import { Cluster } from '../../lib/aws/cluster';
import { account, findings, region, staleAcknowledgements, surroundings, templateOf, testStack } from '../support/aws';
import { allOf, only } from '../support/template';

function made(runtimeMonitoring = true) {
  const stack = testStack();
  const { vpc, key, alarms } = surroundings(stack);
  const subject = new Cluster(stack, 'Cluster', {
    vpc,
    namespaceName: 'shop-production',
    organization: 'Shop',
    key,
    logsKey: key,
    logDays: 365,
    runtimeMonitoring,
    alarms,
  });
  return { key, subject, template: templateOf(stack) };
}

describe('Cluster', () => {
  const { key, subject, template } = made();
  const role = (id: string) => only(template, 'AWS::IAM::Role', `Cluster${id}`).properties;

  test('measures every task', () => {
    expect(only(template, 'AWS::ECS::Cluster').properties['ClusterSettings']).toEqual([
      { Name: 'containerInsights', Value: 'enhanced' },
    ]);
  });

  test('keeps what it measures encrypted and as long as other logs, in the group that Container Insights writes to', () => {
    const [group] = allOf(template, 'AWS::Logs::LogGroup');
    expect(group?.properties).toEqual({
      LogGroupName: {
        'Fn::Join': ['', ['/aws/ecs/containerinsights/', { Ref: expect.stringMatching(/^ClusterC/) }, '/performance']],
      },
      KmsKeyId: { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] },
      RetentionInDays: 365,
    });
    expect(group?.deletionPolicy).toBe('Retain');
  });

  test.each([true, false])('tells GuardDuty whether to watch its tasks: %s', (runtimeMonitoring) => {
    const cluster = only(made(runtimeMonitoring).template, 'AWS::ECS::Cluster').properties;
    expect(cluster['Tags']).toEqual([{ Key: 'GuardDutyManaged', Value: String(runtimeMonitoring) }]);
  });

  test('lets nobody into containers, so that it needs no log of what they did', () => {
    expect(only(template, 'AWS::ECS::Cluster').properties).not.toHaveProperty('Configuration');
  });

  test('has no physical name', () => {
    expect(only(template, 'AWS::ECS::Cluster').properties).not.toHaveProperty('ClusterName');
  });

  test('runs on Fargate', () => {
    expect(only(template, 'AWS::ECS::ClusterCapacityProviderAssociations').properties['CapacityProviders']).toEqual([
      'FARGATE',
      'FARGATE_SPOT',
    ]);
  });

  test('has a namespace that no DNS answers for', () => {
    expect(only(template, 'AWS::ServiceDiscovery::HttpNamespace').properties).toMatchObject({
      Name: 'shop-production',
    });
    expect(allOf(template, 'AWS::ServiceDiscovery::PrivateDnsNamespace')).toEqual([]);
  });

  test('says under which key the private keys of certificates are kept', () => {
    expect(subject.key).toBe(key);
  });

  test.each([
    ['MeshRole', 'service-role/AmazonECSInfrastructureRolePolicyForServiceConnectTransportLayerSecurity'],
    ['TrafficRole', 'AmazonECSInfrastructureRolePolicyForLoadBalancers'],
  ])("%s is ECS's own, with Amazon's policy and no inline one", (id, policy) => {
    expect(role(id)).toMatchObject({
      AssumeRolePolicyDocument: {
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ecs.amazonaws.com' } }],
      },
      ManagedPolicyArns: [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::aws:policy/${policy}`]] }],
    });
    expect(role(id)).not.toHaveProperty('Policies');
  });

  test('lets the role of certificates use the one key of their private keys', () => {
    const policy = only(template, 'AWS::IAM::ManagedPolicy', 'ClusterMeshKey').properties;
    expect(policy['Roles']).toEqual([{ Ref: expect.stringMatching(/^ClusterMeshRole/) }]);
    expect(policy['PolicyDocument'].Statement).toEqual([
      {
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyPair'],
        Resource: { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] },
      },
    ]);
  });

  test('tells of every release of its own services that failed', () => {
    expect(only(template, 'AWS::Events::Rule').properties).toMatchObject({
      State: 'ENABLED',
      EventPattern: {
        source: ['aws.ecs'],
        'detail-type': ['ECS Deployment State Change'],
        detail: { eventName: ['SERVICE_DEPLOYMENT_FAILED'] },
        resources: [
          {
            prefix: {
              'Fn::Join': [
                '',
                [`arn:aws:ecs:${region}:${account}:service/`, { Ref: expect.stringMatching(/^ClusterC/) }, '/'],
              ],
            },
          },
        ],
      },
    });
  });

  test('tells it in words, with the service, the reason and the runbook', () => {
    const [target] = only(template, 'AWS::Events::Rule').properties['Targets'];
    expect(target.Arn).toEqual({ Ref: expect.stringMatching(/^AlarmsTopic/) });
    expect(target.InputTransformer.InputPathsMap).toEqual({
      'resources-0-': '$.resources[0]',
      'detail-reason': '$.detail.reason',
    });
    expect(target.InputTransformer.InputTemplate).toContain('docs/runbooks/release.md');
  });

  test('lets events tell', () => {
    const { Statement } = only(template, 'AWS::SNS::TopicPolicy').properties['PolicyDocument'];
    expect(Statement).toContainEqual(
      expect.objectContaining({
        Effect: 'Allow',
        Action: 'sns:Publish',
        Principal: { Service: 'events.amazonaws.com' },
      }),
    );
  });

  test('has no finding that nobody answered, and no answer without a finding', () => {
    expect(findings(subject)).toEqual([]);
    expect(staleAcknowledgements(subject)).toEqual([]);
  });
});
