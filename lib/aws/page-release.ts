import {
  aws_cloudwatch as cloudwatch,
  aws_events as events,
  aws_iam as iam,
  aws_stepfunctions as sfn,
  Names,
  Stack,
} from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
import { alarmPeriod, type Alarms } from './alarms';
import { encryptedLogGroup } from './log-group';
import { PageNews, type PageNewsProps } from './page-news';
import { logAndTrace, logAndTraceReasons, machineArnOf, machineRole } from './machine-statements';

export interface PageReleaseProps {
  /** Name of the service that makes the pages, for people. */
  readonly service: string;
  /** Who tells that a release of it has ended: ECS, or the cluster that releases it. */
  readonly told:
    | { readonly by: 'ecs'; readonly serviceArn: string }
    | ({ readonly by: 'cluster' } & Pick<PageNewsProps, 'clusterName' | 'key' | 'platform'>);
  readonly distribution: { readonly id: string; readonly arn: string };
  readonly logsKey: kms.IKey;
  readonly logDays: number;
  readonly alarms: Alarms;
}

/** How a release of ECS ends: everybody has the new version, or everybody has the old one again. */
const ends = ['SERVICE_DEPLOYMENT_COMPLETED', 'SERVICE_DEPLOYMENT_FAILED'] as const;

/** CloudFront takes fifteen such lists at a time, so one that is refused comes back; 31 minutes at most, in seconds. */
const again = { IntervalSeconds: 15, BackoffRate: 2, MaxAttempts: 7 } as const;

/** What runs at the end of a release: one call of CloudFront, which forgets every page. */
export const forgetPages = (partition: string, distributionId: string) => ({
  Comment: 'Lets the edge forget the pages of the version before',
  QueryLanguage: 'JSONata',
  StartAt: 'Forget',
  States: {
    Forget: {
      Type: 'Task',
      Resource: `arn:${partition}:states:::aws-sdk:cloudfront:createInvalidation`,
      Arguments: {
        DistributionId: distributionId,
        InvalidationBatch: {
          CallerReference: '{% $states.context.Execution.Name %}',
          // A path of all counts as one, whatever it finds; files under it are asked for once more.
          Paths: { Quantity: 1, Items: ['/*'] },
        },
      },
      Retry: [{ ErrorEquals: ['States.ALL'], ...again }],
      End: true,
    },
  },
});

/**
 * Lets the edge forget pages when a release of the service that makes them has ended, one way or the other: until then both
 * versions answer, and the edge keeps pages of either.
 */
export class PageRelease extends Construct {
  public readonly machine: sfn.CfnStateMachine;

  public constructor(scope: Construct, id: string, props: PageReleaseProps) {
    super(scope, id);
    const { alarms, distribution, service, told } = props;
    const { partition, region } = Stack.of(this);
    const stateMachineName = Names.uniqueResourceName(this, { maxLength: 80 });
    const machineArn = machineArnOf(this, stateMachineName);
    const role = machineRole(this, 'Role', machineArn);
    const permissions = new iam.ManagedPolicy(this, 'Permissions', {
      roles: [role],
      statements: [
        new iam.PolicyStatement({
          sid: 'ForgetsPages',
          actions: ['cloudfront:CreateInvalidation'],
          resources: [distribution.arn],
        }),
        ...logAndTrace(region),
      ],
    });
    acknowledge(permissions, logAndTraceReasons);
    const { logGroupArn } = encryptedLogGroup(this, 'Logs', { key: props.logsKey, days: props.logDays });
    this.machine = new sfn.CfnStateMachine(this, 'Machine', {
      stateMachineName,
      definitionString: Stack.of(this).toJsonString(forgetPages(partition, distribution.id)),
      roleArn: role.roleArn,
      tracingConfiguration: { enabled: true },
      loggingConfiguration: {
        level: sfn.LogLevel.ALL,
        includeExecutionData: true,
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn } }],
      },
    });
    this.machine.node.addDependency(permissions);
    if (told.by === 'ecs') this.hear(props, told.serviceArn, machineArn);
    else new PageNews(this, 'News', { ...told, service, machineArn, alarms });
    this.call(props, 'Failed', failures('AWS/States', 'ExecutionsFailed', { StateMachineArn: machineArn }));
  }

  /** ECS tells of every release. */
  private hear(props: PageReleaseProps, serviceArn: string, machineArn: string): void {
    const rule = new events.Rule(this, 'Ended', {
      description: `A release of ${props.service} has ended`,
      eventPattern: {
        source: ['aws.ecs'],
        detailType: ['ECS Deployment State Change'],
        resources: [serviceArn],
        detail: { eventName: [...ends] },
      },
      targets: [this.begin(machineArn)],
    });
    this.call(props, 'Unbegun', failures('AWS/Events', 'FailedInvocations', { RuleName: rule.ruleName }));
  }

  private call({ alarms, service }: PageReleaseProps, id: string, metric: cloudwatch.Metric): void {
    alarms.raise(this, id, {
      metric,
      description: `The edge was not told to forget the pages of the release before of ${service}.`,
      runbook: 'edge',
      threshold: 1,
      periods: 1,
    });
  }

  /** A role of its own starts this machine and nothing else. */
  private begin(machineArn: string): events.IRuleTarget {
    const role = new iam.Role(this, 'Starter', {
      assumedBy: new iam.ServicePrincipal('events.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    new iam.ManagedPolicy(this, 'Starts', {
      roles: [role],
      statements: [new iam.PolicyStatement({ actions: ['states:StartExecution'], resources: [machineArn] })],
    });
    return { bind: () => ({ arn: this.machine.attrArn, role }) };
  }
}

const failures = (namespace: string, metricName: string, dimensionsMap: Record<string, string>) =>
  new cloudwatch.Metric({ namespace, metricName, dimensionsMap, statistic: cloudwatch.Stats.SUM, period: alarmPeriod });
