import { copiedImage } from '../../lib/aws/copied-image';
import { Service } from '../../lib/aws/service';
import { findings, staleAcknowledgements, templateOf } from '../support/aws';
import { madeService, retailflowIn, serviceWorld } from '../support/service-world';
import { allOf, only } from '../support/template';

const agent = 'arn:aws:ecr:ap-southeast-1:174946120834:repository/aws-guardduty-agent-fargate';
const order = madeService('order');
const service = only(order.template, 'AWS::ECS::Service');
const network = service.properties['NetworkConfiguration'].AwsvpcConfiguration;
const deployment = service.properties['DeploymentConfiguration'];
const own = (type: string) => allOf(order.template, type).filter(({ logicalId }) => logicalId.startsWith('Subject'));

describe('a service', () => {
  test.each([
    ['has no public address', network.AssignPublicIp, 'DISABLED'],
    [
      'stands in the private subnets, all of them',
      network.Subnets.map(({ Ref }: { Ref: string }) => Ref.slice(0, 6)),
      ['Vpcapp', 'Vpcapp', 'Vpcapp'],
    ],
    [
      'has its own security group and no other',
      network.SecurityGroups,
      [{ 'Fn::GetAtt': ['OrderGroup6C814A0C', 'GroupId'] }],
    ],
    ['lets nobody into its containers', service.properties['EnableExecuteCommand'], false],
    ['takes a release back that does not start', deployment.DeploymentCircuitBreaker, { Enable: true, Rollback: true }],
    ['never runs fewer tasks than it wants', deployment.MinimumHealthyPercent, 100],
    ['may run twice as many during a release', deployment.MaximumPercent, 200],
    ['moves tasks to zones that have too few', service.properties['AvailabilityZoneRebalancing'], 'ENABLED'],
    ['leaves the number of tasks to its scaling', service.properties['DesiredCount'], undefined],
    ['has no physical name', service.properties['ServiceName'], undefined],
    ['is controlled by ECS itself', service.properties['DeploymentController'], undefined],
    ['runs on Fargate', service.properties['LaunchType'], 'FARGATE'],
    ['pins the version of Fargate', service.properties['PlatformVersion'], '1.4.0'],
    ['hands its tags on to its tasks', service.properties['PropagateTags'], 'SERVICE'],
    ['has the tags of ECS', service.properties['EnableECSManagedTags'], true],
    ['is judged when it has had time to start', service.properties['HealthCheckGracePeriodSeconds'], 90],
    ['is found by Service Connect and no second registry', service.properties['ServiceRegistries'], undefined],
  ])('%s', (_title, got, expected) => {
    expect(got).toEqual(expected);
  });

  test('starts after every permission, path, rule and alarm', () => {
    const first = [
      'AWS::IAM::ManagedPolicy',
      'AWS::EC2::SecurityGroupIngress',
      'AWS::EC2::SecurityGroupEgress',
      'AWS::ElasticLoadBalancingV2::ListenerRule',
    ].flatMap((type) => own(type).map(({ logicalId }) => logicalId));
    const alarms = own('AWS::CloudWatch::Alarm')
      .filter(({ properties }) => 'AlarmName' in properties)
      .map(({ logicalId }) => logicalId);
    expect(first.length).toBeGreaterThan(12);
    expect(alarms).toHaveLength(2);
    expect(service.dependsOn).toEqual(expect.arrayContaining([...first, ...alarms]));
  });

  test('is watched during a release by exactly the alarms that exist for it', () => {
    const names = own('AWS::CloudWatch::Alarm').flatMap(({ properties }) => properties['AlarmName'] ?? []);
    expect(deployment.Alarms).toEqual({ AlarmNames: names, Enable: true, Rollback: true });
    expect(names).toEqual([
      'retailflow-production-order-release-errors',
      'retailflow-production-order-release-latency',
    ]);
  });

  test('is tagged with its team and the class of its data', () => {
    expect(service.properties['Tags']).toEqual([
      { Key: 'data-class', Value: 'confidential' },
      { Key: 'team', Value: 'order' },
    ]);
  });

  test('has no finding that nobody answered, and no answer without a finding', () => {
    expect(findings(order.subject)).toEqual([]);
    expect(staleAcknowledgements(order.subject)).toEqual([]);
  });

  test('may pull its own image, the agent of GuardDuty, and no other', () => {
    const policy = only(order.template, 'AWS::IAM::ManagedPolicy', 'SubjectRolesExecutionPolicy').properties;
    const statements = policy['PolicyDocument'].Statement as { Action: unknown; Resource: unknown }[];
    expect(statements.filter(({ Action }) => JSON.stringify(Action).includes('ecr:BatchGetImage'))).toEqual([
      expect.objectContaining({ Resource: [agent, { 'Fn::GetAtt': ['OrderRepository0F5BB6F8', 'Arn'] }] }),
    ]);
  });
});

describe('the logs of a service', () => {
  const [group] = own('AWS::Logs::LogGroup');

  test.each([
    ['are encrypted with the key of logs', group?.properties['KmsKeyId'], { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] }],
    ['are kept as long as the stage says', group?.properties['RetentionInDays'], 365],
    ['outlive the stack', [group?.deletionPolicy, group?.updateReplacePolicy], ['Retain', 'Retain']],
  ])('%s', (_title, got, expected) => {
    expect(got).toEqual(expected);
  });

  test('are one group', () => {
    expect(own('AWS::Logs::LogGroup')).toHaveLength(1);
  });
});

describe('a service without routes', () => {
  const { subject, template } = madeService('notification');
  const properties = only(template, 'AWS::ECS::Service').properties;

  test.each([
    ['is behind no load balancer', properties['LoadBalancers'], []],
    ['has no grace, because no load balancer judges it', properties['HealthCheckGracePeriodSeconds'], undefined],
    ['names no alarm that does not exist', properties['DeploymentConfiguration'].Alarms, undefined],
    [
      'still takes back what does not start',
      properties['DeploymentConfiguration'].DeploymentCircuitBreaker.Rollback,
      true,
    ],
  ])('%s', (_title, got, expected) => {
    expect(got).toEqual(expected);
  });

  test.each(['TargetGroup', 'ListenerRule'])('has no %s', (type) => {
    expect(allOf(template, `AWS::ElasticLoadBalancingV2::${type}`)).toEqual([]);
  });

  test('has no finding that nobody answered', () => {
    expect(findings(subject)).toEqual([]);
    expect(staleAcknowledgements(subject)).toEqual([]);
  });
});

describe('a service before its first release', () => {
  const world = serviceWorld();
  const subject = new Service(world.stack, 'Subject', {
    ...world.propsOf('user'),
    image: {
      ...copiedImage(world.stack, 'Bootstrap', { name: 'retailflow', stageName: 'production' }, 'busybox'),
      released: false,
      command: ['respond'],
    },
  });
  const template = templateOf(world.stack);

  test('runs the command that it is given', () => {
    const [first] = only(template, 'AWS::ECS::TaskDefinition').properties['ContainerDefinitions'];
    expect(first.Command).toEqual(['respond']);
  });

  test('may pull what stands in for it, the agent of GuardDuty, and no other', () => {
    const policy = only(template, 'AWS::IAM::ManagedPolicy', 'SubjectRolesExecutionPolicy').properties;
    const statements = policy['PolicyDocument'].Statement as { Action: unknown; Resource: unknown }[];
    expect(statements.filter(({ Action }) => JSON.stringify(Action).includes('ecr:BatchGetImage'))).toEqual([
      expect.objectContaining({
        Resource: ['arn:aws:ecr:ap-southeast-1:111122223333:repository/retailflow-production/copies/busybox', agent],
      }),
    ]);
  });

  test('has no finding that nobody answered', () => {
    expect(findings(subject)).toEqual([]);
    expect(staleAcknowledgements(subject)).toEqual([]);
  });
});

describe('Service', () => {
  test('fails when the platform declares no such service', () => {
    const world = serviceWorld();
    expect(() => new Service(world.stack, 'Subject', { ...world.propsOf('order'), name: 'orders' })).toThrow(
      'services.orders must be declared',
    );
  });

  test('fails when the allocation lock gives it no place on the listeners', () => {
    const platform = { ...retailflowIn('production'), allocations: { listenerPriorities: {}, addresses: {} } };
    const world = serviceWorld(platform);
    expect(() => new Service(world.stack, 'Subject', world.propsOf('order'))).toThrow(
      'services.order has no listener priority in the allocation lock',
    );
  });

  test('fails when a part that it uses does not stand on aws', () => {
    const world = serviceWorld();
    const props = world.propsOf('order');
    const capabilities = { ...props.capabilities, databases: {} };
    expect(() => new Service(world.stack, 'Subject', { ...props, capabilities })).toThrow(
      'databases.store must stand on aws for a service to use it',
    );
  });

  test('keeps its logs for the time of each stage', () => {
    const retention = (stage: string) =>
      only(madeService('order', retailflowIn(stage)).template, 'AWS::Logs::LogGroup', 'Subject').properties[
        'RetentionInDays'
      ];
    expect([retention('development'), retention('staging')]).toEqual([7, 90]);
  });
});
