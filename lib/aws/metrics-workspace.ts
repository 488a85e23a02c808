import { aws_aps as aps, aws_cloudwatch as cloudwatch, aws_iam as iam, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { WorkloadAlert } from '../platform/workload-alert';
import { alarmPeriod, type Alarms } from './alarms';
import { alertRules } from './alert-rules';
import { admitLogDelivery } from './log-delivery';
import { encryptedLogGroup } from './log-group';

export interface MetricsWorkspaceProps {
  /** What people find it by. */
  readonly alias: string;
  /** Encrypts what is kept. */
  readonly key: kms.IKey;
  readonly logsKey: kms.IKey;
  readonly logDays: number;
  /** When somebody is called, by name. */
  readonly alerts: Readonly<Record<string, WorkloadAlert>>;
  readonly alarms: Alarms;
  /** Whose figures they are, for people. @default 'the cluster' */
  readonly subject?: string;
  /** File name, without ending, of the runbook. @default 'kubernetes-observability' */
  readonly runbook?: string;
}

/** What Prometheus of the cluster writes to, which keeps it for 150 days, watches it, and calls people through the same channel as alarms. */
export class MetricsWorkspace extends Construct {
  public readonly logGroup: logs.LogGroup;
  public readonly workspace: aps.CfnWorkspace;
  public readonly rules: aps.CfnRuleGroupsNamespace;
  /** Where figures are written to. */
  public readonly writeUrl: string;

  public constructor(scope: Construct, id: string, props: MetricsWorkspaceProps) {
    super(scope, id);
    const {
      alarms,
      alerts,
      alias,
      key,
      logDays,
      logsKey,
      runbook = 'kubernetes-observability',
      subject = 'the cluster',
    } = props;
    const { region } = Stack.of(this);
    this.logGroup = encryptedLogGroup(this, 'Logs', {
      key: logsKey,
      days: logDays,
      // The service writes to groups of such a name alone.
      name: `/aws/vendedlogs/prometheus/${alias}`,
    });
    this.workspace = new aps.CfnWorkspace(this, 'Workspace', {
      alias,
      kmsKeyArn: key.keyArn,
      loggingConfiguration: { logGroupArn: this.logGroup.logGroupArn },
      alertManagerDefinition: alertManager(alarms.topic.topicArn, region),
    });
    this.workspace.node.addDependency(admitLogDelivery(this.logGroup));
    this.workspace.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.rules = alertRules(this, 'Rules', { name: 'workloads', workspaceArn: this.workspace.attrArn, alerts });
    // https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-CW-usage-metrics.html
    alarms.raise(this, 'Uncalled', {
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Prometheus',
        metricName: 'AlertManagerNotificationsFailed',
        dimensionsMap: { Workspace: this.workspace.attrWorkspaceId },
        statistic: cloudwatch.Stats.SUM,
        period: alarmPeriod,
      }),
      description: `An alert of ${subject} reached nobody: Managed Prometheus could not tell it.`,
      runbook,
      threshold: 1,
      periods: 1,
    });
    this.writeUrl = `${this.workspace.attrPrometheusEndpoint}api/v1/remote_write`;
  }

  /** Lets somebody write figures, and read none. */
  public grantWrite(grantee: iam.IGrantable): void {
    iam.Grant.addToPrincipal({ grantee, actions: ['aps:RemoteWrite'], resourceArns: [this.workspace.attrArn] });
  }
}

/** Whom to call: what comes together is told together, and again after hours while it lasts. */
const alertManager = (topicArn: string, region: string): string =>
  [
    'alertmanager_config: |',
    '  route:',
    '    receiver: on-call',
    '    group_by: [alertname]',
    '    group_wait: 30s',
    '    group_interval: 5m',
    '    repeat_interval: 4h',
    '  receivers:',
    '    - name: on-call',
    '      sns_configs:',
    `        - topic_arn: ${topicArn}`,
    '          send_resolved: true',
    '          sigv4:',
    `            region: ${region}`,
    `          subject: '{{ .CommonLabels.alertname }} is {{ .Status }}'`,
    `          message: '{{ range .Alerts }}{{ .Annotations.description }} {{ end }}'`,
    '',
  ].join('\n');
