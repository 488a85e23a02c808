import { aws_cloudwatch as cloudwatch, Duration } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Construct } from 'constructs';
import { burnWindows, type BurnWindow } from '../platform/burn-windows';
import type { Goals } from '../platform/nouns/goals';
import {
  brokenPromise,
  fewestBad,
  objectivesOf,
  type Objective,
  type Objectives as Promises,
} from '../platform/objectives';
import { acknowledge } from './acknowledge';
import type { Alarms } from './alarms';
import type { TrafficFigures } from './figures';
import { failedShare, slowShare, type Reading } from './traffic-metrics';

export interface ObjectivesProps {
  /** Whose objectives they are. */
  readonly name: string;
  /** What names of the stage begin with. */
  readonly prefix: string;
  readonly goals: Pick<Goals, 'availabilityPercent' | 'p95Milliseconds'>;
  /** A second share of requests, and the time in which they are answered. @default - none is promised */
  readonly serviceLevel?: Goals['serviceLevel'];
  readonly traffic: TrafficFigures;
  readonly alarms: Alarms;
}

const kebab = (id: string): string => id.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();

/** Share of the requests that break an objective, in percent. */
export const badShare = (
  traffic: TrafficFigures,
  { bad }: Pick<Objective, 'bad'>,
  reading: Reading,
): cloudwatch.MathExpression =>
  bad.by === 'failing' ? failedShare(traffic, reading) : slowShare(traffic, bad.milliseconds, reading);

/**
 * Calls somebody while there is still time: when the error budget of an objective is spent so fast that it would be gone
 * early, and only while that goes on. One alarm an objective, of a pair of windows for each speed.
 *
 * What CloudWatch calls an SLO is not used. It would measure the same requests a second time, and its burn rates would
 * need the same alarms.
 */
export class Objectives extends Construct {
  public readonly availability: cloudwatch.CompositeAlarm;
  public readonly latency: cloudwatch.CompositeAlarm;
  /** Nothing where none is promised. */
  public readonly serviceLevel: cloudwatch.CompositeAlarm | undefined;

  public constructor(scope: Construct, id: string, props: ObjectivesProps) {
    super(scope, id);
    const { availability, latency, serviceLevel } = objectivesOf(props.goals, props.serviceLevel);
    this.availability = this.watch('Availability', availability, props);
    this.latency = this.watch('Latency', latency, props);
    this.serviceLevel = serviceLevel && this.watch('ServiceLevel', serviceLevel, props);
  }

  private watch(
    id: Capitalize<keyof Promises>,
    objective: Objective,
    props: ObjectivesProps,
  ): cloudwatch.CompositeAlarm {
    const windows = burnWindows(objective.goalPercent).map((window) =>
      cloudwatch.AlarmRule.allOf(
        this.window(`${id}${window.id}Long`, window, window.longMinutes, objective, props),
        this.window(`${id}${window.id}Short`, window, window.shortMinutes, objective, props),
      ),
    );
    const alarm = new cloudwatch.CompositeAlarm(this, id, {
      compositeAlarmName: `${props.prefix}-${props.name}-slo-${kebab(id)}`,
      alarmDescription: `${brokenPromise(props.name, objective)} Runbook: docs/runbooks/slo.md`,
      alarmRule: cloudwatch.AlarmRule.anyOf(...windows),
    });
    const action = new SnsAction(props.alarms.topic);
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
    return alarm;
  }

  private window(
    id: string,
    { factor, thresholdPercent }: BurnWindow,
    minutes: number,
    objective: Objective,
    { traffic }: Pick<ObjectivesProps, 'traffic'>,
  ) {
    const alarm = new cloudwatch.Alarm(this, id, {
      metric: badShare(traffic, objective, {
        period: Duration.minutes(minutes),
        label: `bad requests in ${minutes} minutes, percent`,
        fewestBad,
      }),
      alarmDescription: `The error budget is spent ${factor} times too fast over ${minutes} minutes.`,
      threshold: thresholdPercent,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    acknowledge(alarm, {
      'NIST.800.53.R5-CloudWatchAlarmAction':
        'Half of a pair: somebody is called by the composite alarm when both windows are beyond the threshold.',
    });
    return alarm;
  }
}
