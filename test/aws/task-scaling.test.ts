import { evaluate, type MetricQuery, type Minute } from '../support/metric-math';
import { madeService } from '../support/service-world';
import { allOf, only, type Resource } from '../support/template';

const policyType = 'AWS::ApplicationAutoScaling::ScalingPolicy';
const { template } = madeService('order');
const target = only(template, 'AWS::ApplicationAutoScaling::ScalableTarget');
const configurationOf = ({ properties }: Resource) => properties['TargetTrackingScalingPolicyConfiguration'];
const policy = (name: string) => only(template, policyType, `SubjectScaling${name}`);
const cpu = only(template, policyType, 'SubjectServiceTaskCountTargetCpu');

/** What a policy makes of one minute; each reading is keyed by a word of its dimensions, or by its metric. */
const tracked = (resource: Resource, readings: Readonly<Record<string, Minute>>): Minute =>
  evaluate(configurationOf(resource).CustomizedMetricSpecification.Metrics as MetricQuery[], ({ Metric }) => {
    const text = `${Metric.MetricName} ${JSON.stringify(Metric.Dimensions)}`;
    return Object.entries(readings).find(([word]) => text.includes(word))?.[1];
  });

describe('the scaling of a service', () => {
  test('keeps to the bounds of the definition, of which the upper is the cap on cost', () => {
    expect(target.properties).toMatchObject({
      MinCapacity: 3,
      MaxCapacity: 30,
      ScalableDimension: 'ecs:service:DesiredCount',
      ServiceNamespace: 'ecs',
    });
  });

  test('has three policies', () => {
    expect(allOf(template, policyType)).toHaveLength(3);
  });

  test.each([
    ['processor use', cpu, 60],
    ['requests', policy('RequestsPerTask'), 1000],
    ['messages', policy('BacklogPerTask'), 20],
  ])('by %s keeps to the figure of the definition', (_what, resource, value) => {
    expect(configurationOf(resource).TargetValue).toBe(value);
  });

  test.each([
    ['processor use', cpu],
    ['requests', policy('RequestsPerTask')],
    ['messages', policy('BacklogPerTask')],
  ])('by %s grows after one minute and shrinks after five', (_what, resource) => {
    expect(configurationOf(resource)).toMatchObject({ ScaleOutCooldown: 60, ScaleInCooldown: 300 });
    expect(configurationOf(resource)).not.toHaveProperty('DisableScaleIn');
  });

  test.each([
    ['processor use', cpu],
    ['requests', policy('RequestsPerTask')],
    ['messages', policy('BacklogPerTask')],
  ])('by %s is of the service', (_what, { properties }) => {
    expect(properties['ScalingTargetId']).toEqual({ Ref: target.logicalId });
    expect(properties).not.toHaveProperty('ResourceId');
  });

  test('by processor use takes what ECS measures', () => {
    expect(configurationOf(cpu).PredefinedMetricSpecification).toEqual({
      PredefinedMetricType: 'ECSServiceAverageCPUUtilization',
    });
  });
});

describe('requests a task', () => {
  test.each<[string, Readonly<Record<string, Minute>>, Minute]>([
    ['are those of the group that has the traffic', { Blue: 900, Green: undefined }, 900],
    ['are those of the other group after a release', { Blue: undefined, Green: 900 }, 900],
    ['are what one fleet would have with all traffic, in the middle of a release', { Blue: 855, Green: 45 }, 900],
    ['are unknown while no group has data, so that nothing is scaled', {}, undefined],
  ])('%s', (_title, readings, expected) => {
    expect(tracked(policy('RequestsPerTask'), readings)).toBe(expected);
  });

  test('are counted by the load balancer, minute by minute', () => {
    const stats = configurationOf(policy('RequestsPerTask')).CustomizedMetricSpecification.Metrics.flatMap(
      ({ MetricStat }: MetricQuery) =>
        MetricStat === undefined ? [] : [[MetricStat.Metric.MetricName, MetricStat.Stat]],
    );
    expect(stats).toEqual([
      ['RequestCountPerTarget', 'Sum'],
      ['RequestCountPerTarget', 'Sum'],
    ]);
  });

  test('scale nothing where the definition names no figure', () => {
    expect(
      allOf(madeService('notification').template, policyType).filter(({ logicalId }) => logicalId.includes('Requests')),
    ).toEqual([]);
  });
});

describe('messages a task', () => {
  test.each<[string, Readonly<Record<string, Minute>>, Minute]>([
    ['are those of all queues, for each running task', { '"orders"': 60, '"order-saga-order"': 20, Running: 4 }, 20],
    ['leave out a queue that has been idle for hours and has no data', { '"orders"': 60, Running: 4 }, 15],
    ['are unknown without a task', { '"orders"': 60, Running: 0 }, undefined],
  ])('%s', (_title, readings, expected) => {
    expect(tracked(policy('BacklogPerTask'), readings)).toBe(expected);
  });

  test('count what waits in the queue, not what is being worked on', () => {
    const [first] = configurationOf(policy('BacklogPerTask')).CustomizedMetricSpecification.Metrics as MetricQuery[];
    expect(first?.MetricStat).toMatchObject({
      Stat: 'Average',
      Metric: { Namespace: 'AWS/SQS', MetricName: 'ApproximateNumberOfMessagesVisible' },
    });
  });

  test('count the tasks of this service in this cluster', () => {
    const tasks = configurationOf(policy('BacklogPerTask')).CustomizedMetricSpecification.Metrics.find(
      ({ Id }: MetricQuery) => Id === 'tasks',
    );
    expect(tasks.MetricStat.Metric).toEqual({
      Namespace: 'ECS/ContainerInsights',
      MetricName: 'RunningTaskCount',
      Dimensions: [
        { Name: 'ClusterName', Value: { Ref: 'ClusterC2E21B66' } },
        { Name: 'ServiceName', Value: { 'Fn::GetAtt': [expect.stringMatching(/^SubjectService/), 'Name'] } },
      ],
    });
  });

  test('scale nothing where the service empties no queue', () => {
    expect(
      allOf(madeService('user').template, policyType).filter(({ logicalId }) => logicalId.includes('Backlog')),
    ).toEqual([]);
  });
});

test('a service without routes is scaled by processor use and by messages', () => {
  expect(allOf(madeService('notification').template, policyType).map(({ logicalId }) => logicalId)).toEqual([
    expect.stringMatching(/^SubjectServiceTaskCountTargetCpu/),
    expect.stringMatching(/^SubjectScalingBacklogPerTask/),
  ]);
});
