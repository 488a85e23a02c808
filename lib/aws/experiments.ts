import { aws_cloudwatch as cloudwatch, aws_fis as fis, aws_iam as iam, Stack, Tags } from 'aws-cdk-lib';
import type { ApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { pascalCase } from '../platform/ids';
import type { Experiment as Spec, Faults } from '../platform/nouns/experiments';
import { acknowledge } from './acknowledge';
import { acknowledgeContents } from './acknowledge-contents';
import { alarmPeriod, type Alarms } from './alarms';
import { faultOf, type Breakable } from './experiment-faults';
import { encryptedLogGroup } from './log-group';
import { regional } from './regional';

export interface ExperimentsProps {
  readonly experiments: Readonly<Record<string, Spec>>;
  readonly faults: Pick<Faults, 'stopErrorPercent'>;
  /** What there is to break. */
  readonly site: Breakable;
  /** What names of the stage begin with. */
  readonly prefix: string;
  /** Takes every request of the platform: how many of them fail stops an experiment. */
  readonly loadBalancer: Pick<ApplicationLoadBalancer, 'metrics'>;
  readonly logsKey: kms.IKey;
  /** Logs are kept this long, in days. */
  readonly logDays: number;
  readonly alarms: Alarms;
}

/** Below this many requests a minute their errors say nothing. */
const minimumRequests = 20;

/**
 * Experiments that people start: each a template of AWS Fault Injection Service with a role of its own, which can do what that
 * experiment does and no more. All stop when too many requests of the platform fail, and write what they did to one log.
 */
export class Experiments extends Construct {
  public readonly logGroup: logs.LogGroup;
  /** Rings when too many requests fail. */
  public readonly stop: cloudwatch.Alarm;
  /** By name. */
  public readonly templates: Readonly<Record<string, fis.CfnExperimentTemplate>>;

  public constructor(scope: Construct, id: string, props: ExperimentsProps) {
    super(scope, id);
    this.logGroup = encryptedLogGroup(this, 'Logs', { key: props.logsKey, days: props.logDays });
    this.stop = this.watch(props);
    this.templates = Object.fromEntries(
      Object.entries(props.experiments).map(([name, spec]) => [name, this.template(name, spec, props)]),
    );
    Tags.of(this).add('data-class', 'internal');
  }

  private watch({ alarms, faults: { stopErrorPercent }, loadBalancer }: ExperimentsProps): cloudwatch.Alarm {
    const counted = (name: string) =>
      loadBalancer.metrics.custom(name, { statistic: cloudwatch.Stats.SUM, period: alarmPeriod });
    return alarms.raise(this, 'Stop', {
      runbook: 'experiments',
      description: `More than ${stopErrorPercent}% of all requests fail: a running experiment is stopped.`,
      metric: new cloudwatch.MathExpression({
        label: 'errors',
        expression: `IF(requests>=${minimumRequests},100*(FILL(answered,0)+FILL(unanswered,0))/requests,0)`,
        usingMetrics: {
          requests: counted('RequestCount'),
          answered: counted('HTTPCode_Target_5XX_Count'),
          unanswered: counted('HTTPCode_ELB_5XX_Count'),
        },
        period: alarmPeriod,
      }),
      threshold: stopErrorPercent,
      comparison: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      periods: 1,
    });
  }

  private template(name: string, spec: Spec, props: ExperimentsProps): fis.CfnExperimentTemplate {
    const { prefix, site } = props;
    const at = new Construct(this, pascalCase(name));
    const { actionId, contents, parameters, statements, target, targetKey } = faultOf(spec, site);
    const role = this.role(at);
    const policy = new iam.ManagedPolicy(at, 'Policy', {
      roles: [role],
      statements: [
        ...statements,
        // What the delivery of logs asks of whoever has it set up; it takes no resource.
        regional(site.region, [
          'logs:CreateLogDelivery',
          'logs:DescribeLogGroups',
          'logs:DescribeResourcePolicies',
          'logs:PutResourcePolicy',
        ]),
      ],
    });
    acknowledge(policy, {
      'AwsSolutions-IAM5[Resource::*]':
        'What is only looked for, and the delivery of logs, take no resource; both are confined to the region.',
    });
    for (const [arn, reason] of Object.entries(contents)) acknowledgeContents(policy, arn, reason);
    const template = new fis.CfnExperimentTemplate(at, 'Template', {
      description: spec.expects,
      roleArn: role.roleArn,
      actions: {
        fault: { actionId, ...(parameters === undefined ? {} : { parameters }), targets: { [targetKey]: 'target' } },
      },
      targets: { target },
      stopConditions: [{ source: 'aws:cloudwatch:alarm', value: this.stop.alarmArn }],
      logConfiguration: {
        logSchemaVersion: 2,
        cloudWatchLogsConfiguration: { LogGroupArn: this.logGroup.logGroupArn },
      },
      experimentOptions: { accountTargeting: 'single-account', emptyTargetResolutionMode: 'fail' },
      tags: { Name: `${prefix}-${name}` },
    });
    template.node.addDependency(policy);
    return template;
  }

  /** Taken by experiments of the account alone. */
  private role(at: Construct): iam.Role {
    const { account } = Stack.of(this);
    return new iam.Role(at, 'Role', {
      assumedBy: new iam.ServicePrincipal('fis.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: {
            'aws:SourceArn': Stack.of(this).formatArn({ service: 'fis', resource: 'experiment', resourceName: '*' }),
          },
        },
      }),
    });
  }
}
