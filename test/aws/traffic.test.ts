import { resolved, retailflowWith } from '../support/platform';
import { madeService } from '../support/service-world';
import { allOf, only, type Resource } from '../support/template';

const orderWith = (patch: unknown) => madeService('order', resolved(retailflowWith({ services: { order: patch } })));
const groupType = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const ruleType = 'AWS::ElasticLoadBalancingV2::ListenerRule';
const attributesOf = ({ properties }: Resource): Readonly<Record<string, string>> =>
  Object.fromEntries(
    properties['TargetGroupAttributes'].map(({ Key, Value }: { Key: string; Value: string }) => [Key, Value]),
  );

describe('the traffic of a service whose releases move it', () => {
  const { template } = madeService('order');
  const blue = only(template, groupType, 'SubjectTrafficBlue');
  const green = only(template, groupType, 'SubjectTrafficGreen');
  const production = only(template, ruleType, 'SubjectTrafficProductionRule');
  const rehearsal = only(template, ruleType, 'SubjectTrafficTestRule');
  const [target] = only(template, 'AWS::ECS::Service').properties['LoadBalancers'];
  const forward = (rule: Resource) =>
    rule.properties['Actions'][0].ForwardConfig.TargetGroups.map(
      ({ TargetGroupArn, Weight }: { TargetGroupArn: { Ref: string }; Weight: number }) => [TargetGroupArn.Ref, Weight],
    );

  test.each([
    ['begins in the blue group', target.TargetGroupArn, { Ref: blue.logicalId }],
    ['moves to the green group', target.AdvancedConfiguration.AlternateTargetGroupArn, { Ref: green.logicalId }],
    [
      'moves by the production rule',
      target.AdvancedConfiguration.ProductionListenerRule,
      { Ref: production.logicalId },
    ],
    ['is tested by the test rule', target.AdvancedConfiguration.TestListenerRule, { Ref: rehearsal.logicalId }],
    [
      "is moved in the cluster's role for it",
      target.AdvancedConfiguration.RoleArn,
      { 'Fn::GetAtt': ['ClusterTrafficRole810D3B68', 'Arn'] },
    ],
    ['goes to the port of the process, not to the port of its proxy', target.ContainerPort, 8080],
    ['goes to the container of the service', target.ContainerName, 'app'],
    [
      'is all in the blue group at first',
      forward(production),
      [
        [blue.logicalId, 100],
        [green.logicalId, 0],
      ],
    ],
    [
      'of tests goes to the other group',
      forward(rehearsal),
      [
        [green.logicalId, 100],
        [blue.logicalId, 0],
      ],
    ],
    [
      'comes in on the listener of services',
      production.properties['ListenerArn'],
      { Ref: 'BalancerLoadBalancerServices6D4C1528' },
    ],
    [
      'of tests comes in on the listener of tests',
      rehearsal.properties['ListenerArn'],
      { Ref: 'BalancerLoadBalancerTestBA61E5F5' },
    ],
    ['has the place that the lock gives it', production.properties['Priority'], 30],
    ['of tests has the same place', rehearsal.properties['Priority'], 30],
    [
      'is known by its host',
      production.properties['Conditions'],
      [{ Field: 'host-header', HostHeaderConfig: { Values: ['order.services.shop.example.com'] } }],
    ],
    ['is known by the same host in tests', rehearsal.properties['Conditions'], production.properties['Conditions']],
    [
      'rests on a rule of nothing but listener, place, host and groups',
      Object.keys(production.properties).sort(),
      ['Actions', 'Conditions', 'ListenerArn', 'Priority'],
    ],
    [
      'rests on a test rule without tags as well',
      Object.keys(rehearsal.properties).sort(),
      ['Actions', 'Conditions', 'ListenerArn', 'Priority'],
    ],
  ])('%s', (_title, got, expected) => {
    expect(got).toEqual(expected);
  });

  test.each([
    ['blue', blue],
    ['green', green],
  ])('passes through a %s group that lets go of a task when its requests are answered', (_name, group) => {
    expect(attributesOf(group)).toMatchObject({
      'deregistration_delay.timeout_seconds': '15',
      'load_balancing.algorithm.type': 'least_outstanding_requests',
      'stickiness.enabled': 'false',
    });
  });

  test('passes through two groups that differ in nothing', () => {
    expect(green.properties).toEqual(blue.properties);
    expect(allOf(template, groupType)).toHaveLength(2);
  });

  test('reaches tasks by address, after they say that they are ready', () => {
    expect(blue.properties).toMatchObject({
      TargetType: 'ip',
      Protocol: 'HTTP',
      ProtocolVersion: 'HTTP1',
      Port: 80,
      HealthCheckPath: '/health/ready',
      HealthCheckIntervalSeconds: 10,
      HealthCheckTimeoutSeconds: 5,
      HealthyThresholdCount: 2,
      UnhealthyThresholdCount: 3,
      Matcher: { HttpCode: '200' },
    });
  });

  test('leaves the health check on the port of the task', () => {
    expect(blue.properties).not.toHaveProperty('HealthCheckPort');
    expect(blue.properties).not.toHaveProperty('Name');
  });
});

describe('the traffic of a service that is released in place', () => {
  const { template } = orderWith({
    release: { kind: 'rolling', steps: null, bakeMinutes: null, acceptTwoPhases: null },
  });
  const [target, ...more] = only(template, 'AWS::ECS::Service').properties['LoadBalancers'];

  test('has one group, one rule, and no other to move to', () => {
    expect(allOf(template, groupType)).toHaveLength(1);
    expect(allOf(template, ruleType)).toHaveLength(1);
    expect(more).toEqual([]);
    expect(target).not.toHaveProperty('AdvancedConfiguration');
  });

  test('is watched by the same alarms', () => {
    expect(only(template, 'AWS::ECS::Service').properties['DeploymentConfiguration'].Alarms.AlarmNames).toHaveLength(2);
  });
});

test('a slow service keeps its requests for as long as they may take', () => {
  const { template } = madeService('analytics');
  expect(attributesOf(only(template, groupType, 'SubjectTrafficBlue'))).toMatchObject({
    'deregistration_delay.timeout_seconds': '120',
  });
});
