import { CfnWaitConditionHandle, type App } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import type { Fault } from '../support/fault';
import { all, first, stackOf } from '../support/tree';

const plantedPolicy = (app: App, id: string, statement: iam.PolicyStatementProps): iam.CfnManagedPolicy => {
  const policyDocument = new iam.PolicyDocument({ statements: [new iam.PolicyStatement(statement)] });
  return new iam.CfnManagedPolicy(stackOf(app, 'Delivery'), id, { policyDocument });
};

/** What our own rules over templates must find: at least one fault a rule. */
export const review: readonly Fault[] = [
  {
    rule: 'alarms-have-actions',
    says: 'AlarmActions must name at least one action',
    plant: (app) => {
      const alarm = first(stackOf(app, 'Data'), cloudwatch.CfnAlarm);
      alarm.alarmActions = [];
      return alarm;
    },
  },
  {
    rule: 'assembly',
    says: 'must have at most 450 resources',
    plant: (app) => {
      const stack = stackOf(app, 'Delivery');
      for (let index = 0; index < 450; index++) new CfnWaitConditionHandle(stack, `Planted${index}`);
      return stack;
    },
  },
  {
    rule: 'assembly',
    says: 'must have at most 900000 bytes',
    plant: (app) => {
      const stack = stackOf(app, 'Messaging');
      stack.addMetadata('Planted', 'large'.repeat(180_000));
      return stack;
    },
  },
  {
    rule: 'cidr-syntax',
    says: "CidrIp must be an address range such as 10.0.0.0/16, got '10.0.300.0/18'",
    plant: (app) => {
      const group = first(stackOf(app, 'Network'), ec2.CfnSecurityGroup);
      const { attrGroupId: groupId } = group;
      const to = { ipProtocol: 'tcp', fromPort: 443, toPort: 443 };
      return new ec2.CfnSecurityGroupIngress(group, 'Planted', { ...to, groupId, cidrIp: '10.0.300.0/18' });
    },
  },
  {
    rule: 'cloudfront',
    says: 'DefaultCacheBehavior.TargetOriginId must be an origin of the distribution',
    plant: (app) => {
      const distribution = first(stackOf(app, 'Edge'), cloudfront.CfnDistribution);
      distribution.addPropertyOverride('DistributionConfig.DefaultCacheBehavior.TargetOriginId', 'nowhere');
      return distribution;
    },
  },
  {
    rule: 'db-parameters',
    says: 'shared_bufers',
    plant: (app) => {
      const group = first(stackOf(app, 'Data'), rds.CfnDBClusterParameterGroup);
      group.addPropertyOverride('Parameters.shared_bufers', '1000');
      return group;
    },
  },
  {
    rule: 'db-parameter-family',
    says: 'DBInstanceParameterGroupName must name a group of family',
    plant: (app) => {
      const cluster = first(stackOf(app, 'Data'), rds.CfnDBCluster);
      cluster.dbInstanceParameterGroupName = 'default.aurora-postgresql13';
      return cluster;
    },
  },
  {
    rule: 'elasticache',
    says: 'EngineVersion of',
    plant: (app) => {
      const group = first(stackOf(app, 'Data'), elasticache.CfnReplicationGroup);
      group.engineVersion = '9.9';
      return group;
    },
  },
  {
    rule: 'iam-actions',
    says: "got 'sqs:SendMesage'",
    plant: (app) =>
      plantedPolicy(app, 'PlantedAction', { actions: ['sqs:SendMesage'], resources: ['arn:aws:sqs:*:*:planted'] }),
  },
  {
    rule: 'iam-principals',
    says: "got 'lambda.amazonaws.co'",
    plant: (app) => {
      const principal = new iam.ServicePrincipal('lambda.amazonaws.co');
      const statement = new iam.PolicyStatement({ actions: ['sts:AssumeRole'], principals: [principal] });
      const assumeRolePolicyDocument = new iam.PolicyDocument({ statements: [statement] });
      return new iam.CfnRole(stackOf(app, 'Delivery'), 'PlantedRole', { assumeRolePolicyDocument });
    },
  },
  {
    rule: 'iam-wildcards',
    says: 'sqs:SendMessage',
    plant: (app) => plantedPolicy(app, 'PlantedWildcard', { actions: ['sqs:SendMessage'], resources: ['*'] }),
  },
  {
    rule: 'listener-priorities',
    says: 'of this listener is taken by',
    plant: (app) => {
      const production = (stack: string): elbv2.CfnListenerRule =>
        first(stackOf(app, stack), elbv2.CfnListenerRule, ({ node }) => node.path.includes('ProductionRule'));
      const rule = production('Service-User');
      rule.priority = production('Service-Catalog').priority;
      return rule;
    },
  },
  {
    rule: 'open-ingress',
    says: 'lets 0.0.0.0/0 in on tcp 5432',
    plant: (app) => {
      const group = first(stackOf(app, 'Data'), ec2.CfnSecurityGroup);
      const to = { ipProtocol: 'tcp', fromPort: 5432, toPort: 5432 };
      const { attrGroupId: groupId } = group;
      return new ec2.CfnSecurityGroupIngress(group, 'Planted', { ...to, groupId, cidrIp: '0.0.0.0/0' });
    },
  },
  {
    rule: 'opensearch',
    says: 'a standby needs 3 dedicated masters, got 2',
    plant: (app) => {
      const domain = first(stackOf(app, 'Data'), opensearch.CfnDomain);
      domain.addPropertyOverride('ClusterConfig.DedicatedMasterCount', 2);
      return domain;
    },
  },
  {
    rule: 'policy-size',
    says: 'and AWS takes 6144',
    plant: (app) => {
      const resources = Array.from(
        { length: 150 },
        (_, index) => `arn:aws:sqs:us-east-1:111122223333:planted-${index}`,
      );
      return plantedPolicy(app, 'PlantedLength', { actions: ['sqs:SendMessage'], resources });
    },
  },
  {
    rule: 'repeated-ingress',
    says: 'and EC2 takes no rule twice: leave one of them out',
    plant: (app) => {
      const rule = first(stackOf(app, 'Cluster'), ec2.CfnSecurityGroupIngress);
      const { fromPort, groupId, ipProtocol, sourcePrefixListId, sourceSecurityGroupId, toPort } = rule;
      const same = { fromPort, groupId, ipProtocol, sourcePrefixListId, sourceSecurityGroupId, toPort };
      return new ec2.CfnSecurityGroupIngress(rule, 'Planted', { ...same, description: 'the same again' });
    },
  },
  {
    rule: 'retention',
    says: 'UpdateReplacePolicy must be Retain',
    plant: (app) => {
      const bucket = all(stackOf(app, 'Data'), s3.CfnBucket)[1] as s3.CfnBucket;
      bucket.cfnOptions.updateReplacePolicy = undefined;
      return bucket;
    },
  },
  {
    rule: 'retention',
    says: 'must be protected by DeletionProtection: true',
    plant: (app) => {
      const cluster = first(stackOf(app, 'Data'), rds.CfnDBCluster);
      cluster.deletionProtection = false;
      return cluster;
    },
  },
  {
    rule: 'secret-rotation',
    says: 'must be rotated by a schedule, got none: add one, or write in Metadata.mainstay:unrotated who changes it',
    plant: (app) => new secretsmanager.CfnSecret(stackOf(app, 'Data'), 'PlantedSecret', { generateSecretString: {} }),
  },
  {
    rule: 'secrets-literal',
    says: 'Environment.Variables.STORE_PASSWORD must not hold a literal',
    plant: (app) => {
      const handler = first(stackOf(app, 'Data'), lambda.CfnFunction);
      handler.addPropertyOverride('Environment.Variables.STORE_PASSWORD', 'correct-horse');
      return handler;
    },
  },
  {
    rule: 'stack-outputs',
    says: 'which has no such output',
    plant: (app) => {
      const producer = stackOf(app, 'Network').stackName;
      const consumer = stackOf(app, 'Observability');
      const displayName = { 'Fn::GetStackOutput': { StackName: producer, OutputName: 'Nothing' } };
      const topic = new sns.CfnTopic(consumer, 'PlantedTopic');
      topic.addPropertyOverride('DisplayName', displayName);
      return topic;
    },
  },
];
