import { aws_applicationautoscaling as scaling, aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import type { Steps } from '../platform/nouns/scale';
import { alarmPeriod } from './alarms';

export interface StepScalingProps {
  readonly service: ecs.FargateService;
  readonly target: ecs.ScalableTaskCount;
  readonly spec: Steps;
}

/** Steps in the terms of Application Auto Scaling, which counts processor use from the threshold of the alarm. */
export function stepAdjustments({ above }: Pick<Steps, 'above'>): scaling.CfnScalingPolicy.StepAdjustmentProperty[] {
  const [{ cpuPercent: threshold } = { cpuPercent: 0 }] = above;
  return above.map(({ addPercent, cpuPercent }, index) => {
    const next = above[index + 1];
    return {
      metricIntervalLowerBound: cpuPercent - threshold,
      ...(next === undefined ? {} : { metricIntervalUpperBound: next.cpuPercent - threshold }),
      scalingAdjustment: addPercent,
    };
  });
}

/**
 * Grows a service by steps while its tasks are busy: an alarm that is looked at every minute, and a policy that it drives. Targets
 * are followed beside it, and whichever asks for more tasks has its way; only those take tasks away again.
 */
export class StepScaling extends Construct {
  public readonly policy: scaling.CfnScalingPolicy;
  public readonly alarm: cloudwatch.Alarm;

  public constructor(scope: Construct, id: string, props: StepScalingProps) {
    super(scope, id);
    const { service, spec, target } = props;
    this.policy = new scaling.CfnScalingPolicy(this, 'Policy', {
      policyName: 'Steps',
      policyType: 'StepScaling',
      // What CDK calls the resource's id here is CloudFormation's id of the target.
      scalingTargetId: target.scalableTargetRef.resourceId,
      stepScalingPolicyConfiguration: {
        adjustmentType: 'PercentChangeInCapacity',
        cooldown: spec.everySeconds,
        metricAggregationType: 'Average',
        minAdjustmentMagnitude: 1,
        stepAdjustments: stepAdjustments(spec),
      },
    });
    this.policy.node.addDependency(target);
    this.alarm = new cloudwatch.Alarm(this, 'Busy', {
      alarmDescription: 'Adds tasks at once. Nobody is called.',
      metric: service.metricCpuUtilization({ period: alarmPeriod, statistic: 'Average' }),
      threshold: spec.above[0]?.cpuPercent ?? 100,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    this.alarm.addAlarmAction({ bind: () => ({ alarmActionArn: this.policy.ref }) });
  }
}
