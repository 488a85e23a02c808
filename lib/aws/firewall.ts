import { ArnFormat, aws_cloudwatch as cloudwatch, aws_wafv2 as wafv2, Duration, Stack } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct, type IDependable } from 'constructs';
import type { Edge } from '../platform/nouns/service';
import type { Alarms } from './alarms';
import { firewallRules, visibility } from './firewall-rules';
import { admitLogDelivery } from './log-delivery';
import { encryptedLogGroup } from './log-group';

export interface FirewallProps {
  readonly limits: Edge['firewall'];
  /** Paths at which passwords can be guessed. */
  readonly loginPaths: readonly string[];
  /**
   * From which addresses load tests come, and how many requests a minute each may make: that is their limit, and every rule that looks for
   * attacks is for them, too. What is let through is marked for the gateway. @default - there are none
   */
  readonly loads?: { readonly addresses: readonly string[]; readonly perMinute: number } | undefined;
  /** What names of the stage begin with. */
  readonly prefix: string;
  /** Encrypts the logs. */
  readonly key: kms.IKey;
  /** Logs are kept this long, in days. */
  readonly logDays: number;
  readonly alarms: Alarms;
}

/** Name of the firewall's metrics. */
export const firewallMetric = 'Firewall';

/** Headers that say who somebody is. They are in no log and in no sample. */
const secretHeaders = ['authorization', 'cookie'] as const;

/** The firewall of the edge. Must stand in us-east-1, where CloudFront looks for it. */
export class Firewall extends Construct {
  public readonly webAcl: wafv2.CfnWebACL;
  public readonly logGroup: logs.LogGroup;

  public constructor(scope: Construct, id: string, props: FirewallProps) {
    super(scope, id);
    const loads = props.loads && {
      addresses: this.setOf(props.loads.addresses).attrArn,
      perMinute: props.loads.perMinute,
    };
    this.webAcl = new wafv2.CfnWebACL(this, 'WebAcl', {
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      rules: firewallRules(props.limits, props.loginPaths, loads),
      visibilityConfig: visibility(firewallMetric),
      dataProtectionConfig: {
        dataProtections: [
          { action: 'SUBSTITUTION', field: { fieldType: 'SINGLE_HEADER', fieldKeys: ['authorization'] } },
          { action: 'SUBSTITUTION', field: { fieldType: 'SINGLE_COOKIE' } },
        ],
      },
    });
    // The service insists on this beginning of the name.
    const name = `aws-waf-logs-${props.prefix}`;
    this.logGroup = encryptedLogGroup(this, 'Logs', { key: props.key, days: props.logDays, name });
    this.log(admitLogDelivery(this.logGroup));
    this.alarmOnSpikes(props);
  }

  private setOf(addresses: readonly string[]): wafv2.CfnIPSet {
    return new wafv2.CfnIPSet(this, 'LoadAddresses', {
      description: 'From where load tests come',
      scope: 'CLOUDFRONT',
      ipAddressVersion: 'IPV4',
      addresses: addresses.map((address) => `${address}/32`),
    });
  }

  /** What was refused or counted. What was let through is in the edge's own log, where it costs a fraction. */
  private log(admission: IDependable): void {
    const logging = new wafv2.CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: this.webAcl.attrArn,
      logDestinationConfigs: [
        Stack.of(this).formatArn({
          service: 'logs',
          resource: 'log-group',
          resourceName: this.logGroup.logGroupName,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      ],
      redactedFields: secretHeaders.map((header) => ({ singleHeader: { Name: header } })),
      loggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [
          {
            Behavior: 'KEEP',
            Requirement: 'MEETS_ANY',
            Conditions: ['BLOCK', 'COUNT', 'EXCLUDED_AS_COUNT'].map((Action) => ({ ActionCondition: { Action } })),
          },
        ],
      },
    });
    logging.node.addDependency(admission);
  }

  private alarmOnSpikes({ alarms, limits }: FirewallProps): void {
    alarms.raise(this, 'Blocks', {
      runbook: 'edge',
      description: `The firewall refuses more than ${limits.requestsPerAddress} requests in five minutes: an attack, or a rule that hits customers.`,
      metric: new cloudwatch.Metric({
        namespace: 'AWS/WAFV2',
        metricName: 'BlockedRequests',
        dimensionsMap: { WebACL: firewallMetric, Rule: 'ALL' },
        statistic: 'Sum',
        period: Duration.minutes(5),
      }),
      threshold: limits.requestsPerAddress,
      comparison: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      periods: 2,
    });
  }
}
