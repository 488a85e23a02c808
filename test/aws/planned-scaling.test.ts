import { stepAdjustments } from '../../lib/aws/step-scaling';
import { resolved, retailflowWith } from '../support/platform';
import { madeService } from '../support/service-world';
import { allOf, only } from '../support/template';

/** Other stages are too small for the schedule. */
const onlyProduction = { staging: null, development: null };
const scale = {
  growsWithinSeconds: 400,
  schedules: { sale: { from: '0 6 20 11 *', until: '30 6 1 12 *', timeZone: 'Asia/Singapore', min: 20 } },
  steps: {
    above: [
      { cpuPercent: 75, addPercent: 50 },
      { cpuPercent: 90, addPercent: 100 },
    ],
    everySeconds: 90,
  },
};
const health = { startSeconds: 20, readyEverySeconds: 5, servesWithinSeconds: 90 };
const { template } = madeService(
  'order',
  resolved(retailflowWith({ services: { order: { imageMiB: 100, scale, health } }, stages: onlyProduction })),
);
const alarm = (name: string) => only(template, 'AWS::CloudWatch::Alarm', name).properties;

describe('a schedule', () => {
  const { properties } = only(template, 'AWS::ApplicationAutoScaling::ScalableTarget');

  test('raises the least number of tasks when it begins, and lowers it to the usual one when it ends, by its own clock', () => {
    expect(properties['ScheduledActions']).toEqual([
      {
        ScheduledActionName: 'SaleBegins',
        Schedule: 'cron(0 6 20 11 ? *)',
        Timezone: 'Asia/Singapore',
        ScalableTargetAction: { MinCapacity: 20, MaxCapacity: 30 },
      },
      {
        ScheduledActionName: 'SaleEnds',
        Schedule: 'cron(30 6 1 12 ? *)',
        Timezone: 'Asia/Singapore',
        ScalableTargetAction: { MinCapacity: 3, MaxCapacity: 30 },
      },
    ]);
  });

  test('is none where the definition has none', () => {
    const { properties: usual } = only(madeService('user').template, 'AWS::ApplicationAutoScaling::ScalableTarget');
    expect(usual).not.toHaveProperty('ScheduledActions');
  });
});

describe('steps', () => {
  const policy = only(template, 'AWS::ApplicationAutoScaling::ScalingPolicy', 'SubjectScalingStepsPolicy');

  test('add tasks in percent of those there are, the more the busier they are, and never none', () => {
    expect(policy.properties).toMatchObject({
      PolicyType: 'StepScaling',
      ScalingTargetId: { Ref: only(template, 'AWS::ApplicationAutoScaling::ScalableTarget').logicalId },
      StepScalingPolicyConfiguration: {
        AdjustmentType: 'PercentChangeInCapacity',
        Cooldown: 90,
        MinAdjustmentMagnitude: 1,
        StepAdjustments: [
          { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 15, ScalingAdjustment: 50 },
          { MetricIntervalLowerBound: 15, ScalingAdjustment: 100 },
        ],
      },
    });
  });

  test('are taken after one busy minute of this service, and silence takes none', () => {
    expect(alarm('SubjectScalingStepsBusy')).toMatchObject({
      AlarmActions: [{ Ref: policy.logicalId }],
      Namespace: 'AWS/ECS',
      MetricName: 'CPUUtilization',
      Statistic: 'Average',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 75,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
    });
  });

  test('stand beside the targets, which alone take tasks away', () => {
    expect(
      allOf(template, 'AWS::ApplicationAutoScaling::ScalingPolicy').map(({ properties }) => properties['PolicyType']),
    ).toEqual(expect.arrayContaining(['StepScaling', 'TargetTrackingScaling']));
    expect(stepAdjustments(scale.steps).every(({ scalingAdjustment }) => scalingAdjustment > 0)).toBe(true);
  });

  test('are none where the definition has none', () => {
    const names = allOf(madeService('user').template, 'AWS::CloudWatch::Alarm').map(({ logicalId }) => logicalId);
    expect(names.filter((name) => /StepsBusy|LateTasks/.test(name))).toEqual([]);
  });
});

test('somebody is called when tasks that were asked for do not run, once all had the time to', () => {
  expect(alarm('SubjectLateTasks')).toMatchObject({
    EvaluationPeriods: 8,
    Threshold: 1,
    AlarmActions: [expect.anything()],
    AlarmDescription: expect.stringContaining('90 s were promised each'),
    Metrics: [
      expect.objectContaining({ Expression: 'wanted-running' }),
      expect.objectContaining({ Id: 'wanted' }),
      expect.objectContaining({ Id: 'running' }),
    ],
  });
});

test('a task is brought into traffic as often as the definition asks', () => {
  for (const { properties } of allOf(template, 'AWS::ElasticLoadBalancingV2::TargetGroup')) {
    expect(properties).toMatchObject({
      HealthCheckIntervalSeconds: 5,
      HealthCheckTimeoutSeconds: 4,
      HealthyThresholdCount: 2,
    });
  }
});
