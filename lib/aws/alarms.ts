import {
  Aws,
  aws_cloudwatch as cloudwatch,
  aws_cloudwatch_actions as actions,
  aws_iam as iam,
  aws_sns as sns,
  Duration,
} from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

/** When somebody is called, and what they are told. */
export interface AlarmProps {
  readonly metric: cloudwatch.IMetric;
  /** What is wrong, for the person who is called, in one sentence. */
  readonly description: string;
  /** File name, without ending, of the runbook under docs/runbooks that says what to do. */
  readonly runbook: string;
  readonly threshold: number;
  /** @default - greater than or equal to the threshold */
  readonly comparison?: cloudwatch.ComparisonOperator;
  /** How many periods are looked at. @default 3 */
  readonly periods?: number;
  /** How many of them must be beyond the threshold. @default - all */
  readonly periodsToAlarm?: number;
  /** What silence means. @default - nothing happened, so all is well */
  readonly missingData?: cloudwatch.TreatMissingData;
  /** Only for alarms that something outside refers to by name. @default - CloudFormation chooses */
  readonly name?: string;
}

/** Who is told, and how the telling is encrypted. */
export interface AlarmsProps {
  /** Encrypts the notifications; CloudWatch must be allowed to use it. */
  readonly key: kms.IKey;
  /** Who is told. */
  readonly email: string;
  /** Whether Managed Prometheus tells, too. @default false */
  readonly prometheus?: boolean;
}

/** Where alarms of a region go. Every alarm of the platform is raised here, so that none is without an action. */
export class Alarms extends Construct {
  public readonly topic: sns.Topic;

  public constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    this.topic = new sns.Topic(this, 'Topic', { masterKey: props.key, enforceSSL: true });
    this.topic.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'CloudWatchPublishes',
        principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': this.topic.env.account } },
      }),
    );
    if (props.prometheus === true) this.admitPrometheus();
    this.topic.addSubscription(new EmailSubscription(props.email));
  }

  /** https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-alertmanager-receiver-AWSSNS.html */
  private admitPrometheus(): void {
    const { account, region } = this.topic.env;
    this.topic.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'PrometheusPublishes',
        principals: [new iam.ServicePrincipal('aps.amazonaws.com')],
        actions: ['sns:GetTopicAttributes', 'sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': `arn:${Aws.PARTITION}:aps:${region}:${account}:workspace/*` },
        },
      }),
    );
  }

  /** Raises an alarm in the given scope, which may be in another stack of the same region. */
  public raise(scope: Construct, id: string, props: AlarmProps): cloudwatch.Alarm {
    const periods = props.periods ?? 3;
    const alarm = new cloudwatch.Alarm(scope, id, {
      metric: props.metric,
      alarmDescription: `${props.description} Runbook: docs/runbooks/${props.runbook}.md`,
      threshold: props.threshold,
      comparisonOperator: props.comparison ?? cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: periods,
      datapointsToAlarm: props.periodsToAlarm ?? periods,
      treatMissingData: props.missingData ?? cloudwatch.TreatMissingData.NOT_BREACHING,
      ...(props.name === undefined ? {} : { alarmName: props.name }),
    });
    const action = new actions.SnsAction(this.topic);
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
    return alarm;
  }
}

/** The period over which alarms look at a metric. */
export const alarmPeriod = Duration.minutes(1);
