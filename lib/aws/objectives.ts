import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Construct } from 'constructs';
import type { Goals } from '../platform/nouns/goals';
import { acknowledge } from './acknowledge';
import type { Alarms } from './alarms';
import { burnWindows, objectiveDays, type BurnWindow } from './burn-windows';
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

/** What a service promises over {@link objectiveDays} days, and how requests that break the promise are counted. */
export interface Objective {
  /** Share of requests that must be good, in percent. */
  readonly goalPercent: number;
  /** What a bad request is, as the rest of a sentence. */
  readonly bad: string;
  /** Share of bad requests, in percent. */
  readonly badShare: (reading: Reading) => cloudwatch.MathExpression;
}

const kebab = (id: string): string => id.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();

/** With fewer bad requests in a window, nobody is called. */
const fewestBad = 5;

/** Every objective by its name; one that is not promised is absent. */
export interface AllObjectives {
  readonly availability: Objective;
  readonly latency: Objective;
  readonly serviceLevel?: Objective;
}

/** The objectives that follow from the platform's goals: the 95th percentile is a promise for 95% of the requests. */
export function objectivesOf({
  goals,
  serviceLevel,
  traffic,
}: Pick<ObjectivesProps, 'goals' | 'serviceLevel' | 'traffic'>): AllObjectives {
  return {
    availability: {
      goalPercent: goals.availabilityPercent,
      bad: 'fail',
      badShare: (reading) => failedShare(traffic, reading),
    },
    latency: {
      goalPercent: 95,
      bad: `take longer than ${goals.p95Milliseconds} ms`,
      badShare: (reading) => slowShare(traffic, goals.p95Milliseconds, reading),
    },
    ...(serviceLevel === undefined
      ? {}
      : {
          serviceLevel: {
            goalPercent: serviceLevel.percent,
            bad: `take longer than ${serviceLevel.milliseconds} ms`,
            badShare: (reading: Reading) => slowShare(traffic, serviceLevel.milliseconds, reading),
          },
        }),
  };
}

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
    const { availability, latency, serviceLevel } = objectivesOf(props);
    this.availability = this.watch('Availability', availability, props);
    this.latency = this.watch('Latency', latency, props);
    this.serviceLevel = serviceLevel && this.watch('ServiceLevel', serviceLevel, props);
  }

  private watch(
    id: Capitalize<keyof AllObjectives>,
    objective: Objective,
    props: ObjectivesProps,
  ): cloudwatch.CompositeAlarm {
    const windows = burnWindows(objective.goalPercent).map((window) =>
      cloudwatch.AlarmRule.allOf(
        this.window(`${id}${window.id}Long`, window, window.longMinutes, objective),
        this.window(`${id}${window.id}Short`, window, window.shortMinutes, objective),
      ),
    );
    const alarm = new cloudwatch.CompositeAlarm(this, id, {
      compositeAlarmName: `${props.prefix}-${props.name}-slo-${kebab(id)}`,
      alarmDescription:
        `So many requests to ${props.name} ${objective.bad} that ${objective.goalPercent}% good ones over ` +
        `${objectiveDays} days cannot be held at this rate. Runbook: docs/runbooks/slo.md`,
      alarmRule: cloudwatch.AlarmRule.anyOf(...windows),
    });
    const action = new SnsAction(props.alarms.topic);
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
    return alarm;
  }

  private window(id: string, { factor, thresholdPercent }: BurnWindow, minutes: number, { badShare }: Objective) {
    const alarm = new cloudwatch.Alarm(this, id, {
      metric: badShare({
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
