import { aws_cloudwatch as cloudwatch, aws_logs as logs } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Sockets } from '../platform/nouns/service';
import { alarmPeriod, type Alarms } from './alarms';
import type { Load } from './task-scaling';

export interface OpenSocketsProps {
  /** Name of the service. */
  readonly name: string;
  /** What every name of the stage begins with. */
  readonly prefix: string;
  readonly spec: Sockets;
  /** Where each of its tasks logs, once a minute, how many connections are open. */
  readonly logGroup: logs.ILogGroup;
  readonly alarms: Alarms;
}

/** Field of a log line that tells how many connections a task has open. */
const field = '$.openSockets';

const namespace = 'Mainstay/Sockets';

/** More than this many times what a task should hold, and it is about to refuse. */
const crowded = 1.5;

/**
 * How many connections clients keep open to each task of a service. No balancer counts them by target group, so each task
 * tells it in its log, and the mean of what was told in a minute is the figure of a task.
 */
export class OpenSockets extends Construct {
  public readonly filter: logs.MetricFilter;
  /** Connections of a task. */
  public readonly load: Load;

  public constructor(scope: Construct, id: string, props: OpenSocketsProps) {
    super(scope, id);
    const { alarms, logGroup, name, prefix, spec } = props;
    this.load = { namespace, metricName: `${prefix}-${name}`, statistic: 'Average', dimensions: {} };
    this.filter = new logs.MetricFilter(this, 'Filter', {
      logGroup,
      filterPattern: logs.FilterPattern.numberValue(field, '>=', 0),
      metricNamespace: namespace,
      metricName: this.load.metricName,
      metricValue: field,
      unit: cloudwatch.Unit.COUNT,
    });
    const perTask = (statistic: string) => this.filter.metric({ statistic, period: alarmPeriod });
    alarms.raise(this, 'Crowded', {
      metric: perTask(cloudwatch.Stats.MAXIMUM),
      description: `A task of ${name} holds ${crowded * spec.perTask} connections, where ${spec.perTask} were meant: more tasks take new ones alone.`,
      runbook: 'sockets',
      threshold: crowded * spec.perTask,
      periods: 5,
    });
    alarms.raise(this, 'Untold', {
      metric: perTask(cloudwatch.Stats.SAMPLE_COUNT),
      description: `No task of ${name} tells how many connections it has open, so that it does not grow with them.`,
      runbook: 'sockets',
      threshold: 1,
      comparison: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      periods: 15,
      missingData: cloudwatch.TreatMissingData.BREACHING,
    });
  }
}
