import {
  aws_cloudwatch as cloudwatch,
  aws_iam as iam,
  aws_route53resolver as resolver,
  Duration,
  Names,
  Stack,
} from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Alarms } from './alarms';

export interface NameFirewallProps {
  readonly vpc: ec2.IVpc;
  /** What may be asked for: hosts, and `*.` with everything below. */
  readonly names: readonly string[];
  /** Where every question and its answer are written down. */
  readonly archive: s3.Bucket;
  /** Whether it is not taken off the network by mistake. */
  readonly protected: boolean;
  readonly alarms: Alarms;
}

/** Between 100 and 9900; others may be laid before it. */
const priority = 5000;

/** Path of the record in the archive. */
const recordPath = 'names';

/** DNS Firewall counts every five minutes. */
const period = Duration.minutes(5);

/** Refused questions within that time of which somebody is told: more than one program asks once. Ours. */
const manyRefused = 20;

/**
 * Who may be called by name from a network: whom the definition names, and nobody else. Security groups know addresses and no names, so
 * without it a task with a way out reaches any host, and one without it still tells strangers what it likes in the questions that the
 * resolver carries out for it.
 *
 * Only the name that was asked for is judged, and not to which others it leads: what a third party's name stands for is its own affair.
 * A refused name exists and has no address: to say that it does not exist would deny everything below it, too.
 */
export class NameFirewall extends Construct {
  public readonly known: resolver.CfnFirewallDomainList;
  public readonly everything: resolver.CfnFirewallDomainList;
  public readonly rules: resolver.CfnFirewallRuleGroup;
  public readonly association: resolver.CfnFirewallRuleGroupAssociation;

  public constructor(scope: Construct, id: string, props: NameFirewallProps) {
    super(scope, id);
    const { vpcId } = props.vpc;
    this.known = this.list('Known', props.names);
    this.everything = this.list('Everything', ['*']);
    this.rules = new resolver.CfnFirewallRuleGroup(this, 'Rules', {
      name: this.nameFor('rules'),
      firewallRules: [
        {
          priority: 1,
          firewallDomainListId: this.known.attrId,
          action: 'ALLOW',
          firewallDomainRedirectionAction: 'TRUST_REDIRECTION_DOMAIN',
        },
        { priority: 2, firewallDomainListId: this.everything.attrId, action: 'BLOCK', blockResponse: 'NODATA' },
      ],
    });
    // Without an answer of the firewall there is no answer at all: a network that is open when nobody looks is an open one.
    const failure = new resolver.CfnFirewallConfig(this, 'Failure', {
      resourceId: vpcId,
      firewallFailOpen: 'DISABLED',
    });
    this.association = new resolver.CfnFirewallRuleGroupAssociation(this, 'Association', {
      firewallRuleGroupId: this.rules.attrId,
      vpcId,
      priority,
      mutationProtection: props.protected ? 'ENABLED' : 'DISABLED',
    });
    this.association.addResourceDependency(failure);
    this.record(props);
    this.watch(props);
  }

  private list(id: string, domains: readonly string[]): resolver.CfnFirewallDomainList {
    return new resolver.CfnFirewallDomainList(this, id, {
      name: this.nameFor(id.toLowerCase()),
      domains: [...domains],
    });
  }

  private nameFor(what: string): string {
    return `${Names.uniqueResourceName(this, { maxLength: 50, separator: '-' })}-${what}`;
  }

  /** AWS would add the permission by itself, in the name of whoever deploys; written here, it is in the review. */
  private record({ archive, vpc }: NameFirewallProps): void {
    const { account, partition, region } = Stack.of(this);
    const fromHere = {
      StringEquals: { 'aws:SourceAccount': account },
      ArnLike: { 'aws:SourceArn': `arn:${partition}:logs:${region}:${account}:*` },
    };
    const delivery = new iam.ServicePrincipal('delivery.logs.amazonaws.com');
    const check = archive.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [delivery],
        actions: ['s3:GetBucketAcl', 's3:ListBucket'],
        resources: [archive.bucketArn],
        conditions: fromHere,
      }),
    );
    archive.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [delivery],
        actions: ['s3:PutObject'],
        resources: [archive.arnForObjects(`${recordPath}/AWSLogs/${account}/*`)],
        conditions: {
          ...fromHere,
          StringEquals: { ...fromHere.StringEquals, 's3:x-amz-acl': 'bucket-owner-full-control' },
        },
      }),
    );
    const record = new resolver.CfnResolverQueryLoggingConfig(this, 'Record', {
      name: this.nameFor('record'),
      destinationArn: `${archive.bucketArn}/${recordPath}`,
    });
    if (check.policyDependable !== undefined) record.node.addDependency(check.policyDependable);
    new resolver.CfnResolverQueryLoggingConfigAssociation(this, 'RecordOfNetwork', {
      resolverQueryLogConfigId: record.attrId,
      resourceId: vpc.vpcId,
    });
  }

  private watch({ alarms }: NameFirewallProps): void {
    alarms.raise(this, 'Refused', {
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Route53Resolver',
        metricName: 'FirewallRuleQueryVolume',
        dimensionsMap: { FirewallRuleGroupId: this.rules.attrId, FirewallDomainListId: this.everything.attrId },
        statistic: cloudwatch.Stats.SUM,
        period,
      }),
      description: 'Something in the network asks for a host that nobody declared, and is refused.',
      runbook: 'egress',
      threshold: manyRefused,
      periods: 1,
    });
  }
}
