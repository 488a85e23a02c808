import { aws_lambda as lambda, aws_logs as logs, Stack, Tags } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { LogSearch as Spec } from '../platform/nouns/logs';
import { openSearch } from '../platform/nouns/storage';
import type { Alarms } from './alarms';
import { logSearchObjects } from './log-search-objects';
import { LogShipper } from './log-shipper';
import { Search } from './search';
import { networkRole } from './network-role';

export interface LogSearchProps {
  readonly spec: Spec;
  /** What names of the stage begin with. */
  readonly prefix: string;
  readonly vpc: ec2.IVpc;
  /** Encrypts logs, here as elsewhere. */
  readonly logsKey: kms.IKey;
  /** Logs are kept this long, in days. */
  readonly logDays: number;
  readonly accessLogs: s3.IBucket;
  readonly alarms: Alarms;
}

/**
 * Every line of every log of the account and region, found by its words: a search domain of their own, to which CloudWatch Logs hands
 * them on as they come. One policy of the account does so for all groups, those that come later too, but for those that tell of the
 * domain itself, where each line would make another. An account has one such policy, so two stages in one account cannot both have it.
 */
export class LogSearch extends Construct {
  public readonly search: Search;
  public readonly shipper: LogShipper;
  public readonly policy: logs.CfnAccountPolicy;

  public constructor(scope: Construct, id: string, props: LogSearchProps) {
    super(scope, id);
    const { alarms, logDays, logsKey, prefix, spec, vpc } = props;
    const { capacity, nodes, storageGiB, topology } = spec;
    const role = networkRole(this, 'Role');
    this.search = new Search(this, 'Search', {
      name: 'logs',
      prefix,
      spec: openSearch.parse({ capacity, nodes, storageGiB, topology, dataClass: 'restricted' }),
      vpc,
      key: logsKey,
      logsKey,
      alarms,
      logDays,
      objects: logSearchObjects({ spec, shipperArn: role.roleArn }),
    });
    this.shipper = new LogShipper(this, 'Shipper', {
      ...props,
      role,
      domain: this.search.domain,
      domainGroup: this.search.securityGroup,
    });
    this.policy = this.handOn(prefix);
    Tags.of(this).add('data-class', 'restricted');
  }

  private handOn(prefix: string): logs.CfnAccountPolicy {
    const stack = Stack.of(this);
    const { function: shipper, logGroup } = this.shipper;
    const permission = new lambda.CfnPermission(this, 'HandsOn', {
      action: 'lambda:InvokeFunction',
      functionName: shipper.functionName,
      principal: 'logs.amazonaws.com',
      sourceAccount: stack.account,
      sourceArn: `arn:${stack.partition}:logs:${stack.region}:${stack.account}:log-group:*`,
    });
    const { logGroups, roles } = this.search;
    const { application, audit, slowIndex, slowSearch } = logGroups;
    const own = [logGroup, application, audit, slowIndex, slowSearch, roles.logGroup];
    const policy = new logs.CfnAccountPolicy(this, 'Policy', {
      policyName: `${prefix}-search`,
      policyType: 'SUBSCRIPTION_FILTER_POLICY',
      scope: 'ALL',
      policyDocument: stack.toJsonString({
        DestinationArn: shipper.functionArn,
        FilterPattern: '',
        Distribution: 'Random',
      }),
      selectionCriteria: `LogGroupName NOT IN ${stack.toJsonString(own.map(({ logGroupName }) => logGroupName))}`,
    });
    policy.node.addDependency(permission, roles);
    return policy;
  }
}
