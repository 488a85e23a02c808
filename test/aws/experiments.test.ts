import { Match } from 'aws-cdk-lib/assertions';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Experiments } from '../../lib/aws/experiments';
import { experiment } from '../../lib/platform/nouns/experiments';
import {
  account,
  findings,
  region,
  staleAcknowledgements,
  surroundings,
  templateOf,
  testStack,
  zones,
} from '../support/aws';

const stack = testStack();
const { alarms, key, vpc } = surroundings(stack);
const expects = 'Nobody sees more than a slow page';
const arn = `arn:aws:rds:${region}:${account}:cluster:store`;
const tags = { platform: 'shop', stage: 'staging' };
const experiments = new Experiments(stack, 'Experiments', {
  experiments: {
    'killed-tasks': experiment.parse({ kind: 'stop-tasks', expects, service: 'order', percent: 40 }),
    'cut-off-zone': experiment.parse({ kind: 'network-partition', expects, zone: 2, minutes: 7 }),
    'lost-writer': experiment.parse({ kind: 'database-failover', expects, database: 'store' }),
    'lost-instance': experiment.parse({ kind: 'database-failover', expects, database: 'small' }),
  },
  faults: { stopErrorPercent: 3 },
  prefix: 'shop-staging',
  site: {
    partition: 'aws',
    region,
    account,
    vpcArn: vpc.vpcArn,
    tags,
    zones,
    services: { order: { service: 'order-service', cluster: 'shop-cluster' } },
    databases: {
      store: { arn, topology: 'multi-az-cluster' },
      small: { arn: `arn:aws:rds:${region}:${account}:db:small`, topology: 'multi-az-instance' },
    },
  },
  loadBalancer: new elb.ApplicationLoadBalancer(stack, 'LoadBalancer', { vpc }),
  logsKey: key,
  logDays: 30,
  alarms,
});
const template = templateOf(experiments);

const has = (expected: object): void => template.hasResourceProperties('AWS::FIS::ExperimentTemplate', expected);
const statementsOf = (name: string): readonly object[] =>
  Object.entries(template.findResources('AWS::IAM::ManagedPolicy'))
    .filter(([id]) => id.startsWith(`Experiments${name}Policy`))
    .flatMap(
      ([, policy]) =>
        (policy as { Properties: { PolicyDocument: { Statement: object[] } } }).Properties.PolicyDocument.Statement,
    );

test('stops a share of the tasks of one service', () => {
  has({
    Actions: { fault: { ActionId: 'aws:ecs:stop-task', Targets: { Tasks: 'target' } } },
    Targets: {
      target: {
        ResourceType: 'aws:ecs:task',
        SelectionMode: 'PERCENT(40)',
        ResourceTags: tags,
        Parameters: { cluster: 'shop-cluster', service: 'order-service' },
      },
    },
  });
  expect(statementsOf('KilledTasks')).toContainEqual({
    Action: ['ecs:DescribeTasks', 'ecs:StopTask'],
    Effect: 'Allow',
    Resource: `arn:aws:ecs:${region}:${account}:task/shop-cluster/*`,
  });
});

test('cuts the services of one zone off from the others, and of this stage alone', () => {
  has({
    Actions: {
      fault: {
        ActionId: 'aws:network:disrupt-connectivity',
        Parameters: { duration: 'PT7M', scope: 'availability-zone' },
        Targets: { Subnets: 'target' },
      },
    },
    Targets: {
      target: {
        ResourceType: 'aws:ec2:subnet',
        SelectionMode: 'ALL',
        ResourceTags: { ...tags, 'aws-cdk:subnet-name': 'app' },
        Filters: [{ Path: 'AvailabilityZone', Values: [zones[1]] }],
      },
    },
  });
});

test('lets a partition change and remove no list but its own', () => {
  expect(statementsOf('CutOffZone')).toContainEqual({
    Action: ['ec2:CreateNetworkAclEntry', 'ec2:DeleteNetworkAcl'],
    Condition: { StringEquals: { 'ec2:ResourceTag/managedByFIS': 'true' } },
    Effect: 'Allow',
    Resource: `arn:aws:ec2:${region}:${account}:network-acl/*`,
  });
});

test('lets a partition change the lists of subnets of services of this stage, and of no others', () => {
  const replacing = statementsOf('CutOffZone').filter((each) =>
    JSON.stringify(each).includes('ec2:ReplaceNetworkAclAssociation'),
  );
  expect(replacing).toEqual([
    {
      Action: 'ec2:ReplaceNetworkAclAssociation',
      Condition: {
        StringEquals: {
          'aws:ResourceTag/platform': 'shop',
          'aws:ResourceTag/stage': 'staging',
          'aws:ResourceTag/aws-cdk:subnet-name': 'app',
        },
      },
      Effect: 'Allow',
      Resource: `arn:aws:ec2:${region}:${account}:subnet/*`,
    },
    {
      Action: 'ec2:ReplaceNetworkAclAssociation',
      Effect: 'Allow',
      Resource: `arn:aws:ec2:${region}:${account}:network-acl/*`,
    },
  ]);
});

test('lets a partition make lists in this network alone', () => {
  expect(statementsOf('CutOffZone')).toContainEqual({
    Action: 'ec2:CreateNetworkAcl',
    Effect: 'Allow',
    Resource: stack.resolve(vpc.vpcArn),
  });
});

test.each([
  ['a cluster', 'aws:rds:failover-db-cluster', 'Clusters', { ResourceType: 'aws:rds:cluster', ResourceArns: [arn] }],
  ['an instance', 'aws:rds:reboot-db-instances', 'DBInstances', { ResourceType: 'aws:rds:db' }],
])('fails %s over', (_what, ActionId, targetKey, target) => {
  has({ Actions: { fault: { ActionId, Targets: { [targetKey]: 'target' } } }, Targets: { target } });
});

test('lets a failover touch one database', () => {
  expect(statementsOf('LostWriter')).toContainEqual({
    Action: 'rds:FailoverDBCluster',
    Effect: 'Allow',
    Resource: arn,
  });
});

test('stops every experiment when too many requests fail, and fails where there is nothing to break', () => {
  template.resourceCountIs('AWS::FIS::ExperimentTemplate', 4);
  template.allResourcesProperties('AWS::FIS::ExperimentTemplate', {
    StopConditions: [
      { Source: 'aws:cloudwatch:alarm', Value: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ExperimentsStop'), 'Arn'] } },
    ],
    ExperimentOptions: { AccountTargeting: 'single-account', EmptyTargetResolutionMode: 'fail' },
    LogConfiguration: {
      LogSchemaVersion: 2,
      CloudWatchLogsConfiguration: { LogGroupArn: { 'Fn::GetAtt': [Match.anyValue(), 'Arn'] } },
    },
  });
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Threshold: 3,
    ComparisonOperator: 'GreaterThanThreshold',
    EvaluationPeriods: 1,
    Metrics: Match.arrayWith([Match.objectLike({ Expression: Match.stringLikeRegexp('requests>=20') })]),
    AlarmActions: [Match.anyValue()],
  });
});

test('has its roles taken by experiments of the account alone, each by its own', () => {
  template.resourceCountIs('AWS::IAM::Role', 4);
  template.allResourcesProperties('AWS::IAM::Role', {
    AssumeRolePolicyDocument: {
      Statement: [
        {
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'aws:SourceAccount': account }, ArnLike: Match.anyValue() },
          Effect: 'Allow',
          Principal: { Service: 'fis.amazonaws.com' },
        },
      ],
    },
  });
});

test('has no finding that is not answered, and no answer without a finding', () => {
  expect({ open: findings(experiments), stale: staleAcknowledgements(experiments) }).toEqual({ open: [], stale: [] });
});
