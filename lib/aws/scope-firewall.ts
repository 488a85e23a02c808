import { aws_cloudwatch as cloudwatch, aws_networkfirewall as firewall, Fn, Names, RemovalPolicy } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { ThirdParty } from '../platform/messages';
import { alarmPeriod, type Alarms } from './alarms';
import type { LogArchive } from './log-archive';

export interface ScopeFirewallProps {
  /** Name of the scope. */
  readonly name: string;
  readonly vpc: ec2.IVpc;
  /** Where it stands: one subnet a zone, with nothing else in it. */
  readonly subnets: readonly ec2.ISubnet[];
  /** Ranges of those whom it lets out. */
  readonly sources: readonly string[];
  /** To whom they are let out. */
  readonly thirdParties: readonly Pick<ThirdParty, 'host' | 'port'>[];
  /** Where it writes down what it saw and what it refused. */
  readonly archive: LogArchive;
  /** Whether it is not removed by mistake. */
  readonly protected: boolean;
  readonly alarms: Alarms;
}

/** The variable of the rules that holds the ranges of those who are let out. */
const sourcesVariable = 'SOURCES';

/**
 * The rules of Suricata that let TLS to each host pass, by the name in its greeting; whatever is not named is dropped once a
 * connection stands, before anything was sent. Greetings without a name match none.
 */
export const passRules = (thirdParties: ScopeFirewallProps['thirdParties']): string =>
  thirdParties
    .map(
      ({ host, port }, index) =>
        `pass tls $${sourcesVariable} any -> any ${port} (tls.sni; content:"${host}"; startswith; endswith; nocase; flow:to_server; sid:${index + 1}; rev:1;)`,
    )
    .join('\n');

/** Rules that a group may come to have, which cannot be changed afterwards; ours, ten times what any platform here has. */
const capacity = 100;

/** Refused packets within five minutes of which somebody is told: a host that nobody declared, tried again and again. */
const manyRefused = 50;

/**
 * The firewall on the way out of a scope: TLS to its third parties by name, and nothing else. Security groups and network lists
 * know addresses and no names, so without it a scope could send to any host of the internet.
 */
export class ScopeFirewall extends Construct {
  public readonly rules: firewall.CfnRuleGroup;
  public readonly policy: firewall.CfnFirewallPolicy;
  public readonly firewall: firewall.CfnFirewall;

  public constructor(scope: Construct, id: string, props: ScopeFirewallProps) {
    super(scope, id);
    const { archive, name, sources, subnets, thirdParties, vpc } = props;
    this.rules = new firewall.CfnRuleGroup(this, 'Rules', {
      ruleGroupName: this.nameFor('rules'),
      description: `Hosts that ${name} calls`,
      type: 'STATEFUL',
      capacity,
      ruleGroup: {
        ruleVariables: { ipSets: { [sourcesVariable]: { definition: [...sources] } } },
        rulesSource: { rulesString: passRules(thirdParties) },
        statefulRuleOptions: { ruleOrder: 'STRICT_ORDER' },
      },
    });
    this.policy = new firewall.CfnFirewallPolicy(this, 'Policy', {
      firewallPolicyName: this.nameFor('policy'),
      firewallPolicy: {
        statelessDefaultActions: ['aws:forward_to_sfe'],
        statelessFragmentDefaultActions: ['aws:forward_to_sfe'],
        statefulRuleGroupReferences: [{ resourceArn: this.rules.attrRuleGroupArn, priority: 1 }],
        statefulDefaultActions: ['aws:drop_established', 'aws:alert_established'],
        statefulEngineOptions: { ruleOrder: 'STRICT_ORDER', streamExceptionPolicy: 'REJECT' },
      },
    });
    const firewallName = this.nameFor('firewall');
    this.firewall = new firewall.CfnFirewall(this, 'Firewall', {
      firewallName,
      firewallPolicyArn: this.policy.attrFirewallPolicyArn,
      vpcId: vpc.vpcId,
      subnetMappings: subnets.map(({ subnetId }) => ({ subnetId })),
      deleteProtection: props.protected,
      subnetChangeProtection: props.protected,
      firewallPolicyChangeProtection: props.protected,
    });
    for (const kept of [this.rules, this.policy, this.firewall]) kept.applyRemovalPolicy(RemovalPolicy.DESTROY);
    new firewall.CfnLoggingConfiguration(this, 'Logging', {
      firewallArn: this.firewall.attrFirewallArn,
      loggingConfiguration: {
        logDestinationConfigs: ['ALERT', 'FLOW'].map((logType) => ({
          logType,
          logDestinationType: 'S3',
          logDestination: { bucketName: archive.bucket.bucketName, prefix: 'firewall' },
        })),
      },
    });
    this.watch(props, firewallName);
  }

  /** Its end in a zone. CloudFormation tells all of them in no order, each behind the name of its zone. */
  public endpointIn(zone: string): string {
    const all = Fn.join(',', this.firewall.attrEndpointIds);
    return Fn.select(0, Fn.split(',', Fn.select(1, Fn.split(`${zone}:`, all))));
  }

  private nameFor(what: string): string {
    return `${Names.uniqueResourceName(this, { maxLength: 100, separator: '-' })}-${what}`;
  }

  private watch({ alarms, name, subnets }: ScopeFirewallProps, firewallName: string): void {
    const refused = subnets.map(({ availabilityZone }, index) => [
      `z${index}`,
      new cloudwatch.Metric({
        namespace: 'AWS/NetworkFirewall',
        metricName: 'DroppedPackets',
        dimensionsMap: { FirewallName: firewallName, AvailabilityZone: availabilityZone, Engine: 'Stateful' },
        statistic: cloudwatch.Stats.SUM,
        period: alarmPeriod,
      }),
    ]);
    alarms.raise(this, 'Refused', {
      metric: new cloudwatch.MathExpression({
        expression: refused.map(([variable]) => `FILL(${String(variable)},0)`).join('+'),
        usingMetrics: Object.fromEntries(refused) as Record<string, cloudwatch.IMetric>,
        label: 'refused packets',
        period: alarmPeriod,
      }),
      description: `Something in ${name} calls a host that nobody declared, and is refused.`,
      runbook: 'scope',
      threshold: manyRefused,
      periods: 5,
      periodsToAlarm: 1,
    });
  }
}
