import { about, type Row } from '../../support/about';
import type { Expectation } from '../../support/expectations';
import { reference } from '../../support/graph';
import { absent, atMost, containing, exactly, like, notContaining, oneOf } from '../../support/matchers';
import { account, alarmTopic, appSubnets, key, tlsOnly } from './facts';

const stack = 'Recovery';
const path = 'Recovery/ObjectCopies';
const queue = reference(`${path}/Queue`, 'Arn');
const deadLetters = reference(`${path}/DeadLetters`, 'Arn');
const copier = reference(`${path}/Copier/Function`);

/** What the buckets of the definition are called there. */
const buckets = ['Archive', 'Assets', 'Exports'].map((name) => reference(`Data/${name}Bucket/Bucket`));

const changes: readonly Expectation[] = [
  ...about(
    { stack, type: 'AWS::Events::Rule', where: /ObjectCopies\/Changes$/, count: 1 },
    {
      'changes of objects are told': { path: 'EventPattern.source', is: exactly('aws.s3') },
      'objects that were made or deleted are told of': {
        path: 'EventPattern.detail-type',
        is: exactly('Object Created', 'Object Deleted'),
      },
      'changes of every bucket of both sites are told': {
        path: 'EventPattern.detail.bucket.name',
        is: exactly(...buckets),
      },
      'changes are told to the queue of copies': { path: 'Targets[*].Arn', is: queue },
      'changes that cannot be told are kept': { path: 'Targets[*].DeadLetterConfig.Arn', is: deadLetters },
    },
  ),
  ...about(
    { stack, type: 'AWS::Events::Rule', where: /ObjectCopies\/Comparison$/, count: 1 },
    {
      'buckets are compared with their copies every hour': { path: 'ScheduleExpression', is: 'rate(1 hour)' },
      'a comparison begins with all buckets': { path: 'Targets[*].Input', is: '{"reconcile":{}}' },
      'a comparison is asked for by the queue of copies': { path: 'Targets[*].Arn', is: queue },
      'a comparison that cannot be asked for is kept': { path: 'Targets[*].DeadLetterConfig.Arn', is: deadLetters },
    },
  ),
];

const queues: readonly Expectation[] = [
  ...about(
    { stack, type: 'AWS::SQS::Queue', where: /ObjectCopies\/Queue$/, count: 1 },
    {
      'what is to be copied waits encrypted': { path: 'KmsMasterKeyId', is: key.messaging },
      'what could not be copied is kept': { path: 'RedrivePolicy.deadLetterTargetArn', is: deadLetters },
      'a copy is tried for an hour': { path: 'RedrivePolicy.maxReceiveCount', is: 16 },
      'what a stopped function had comes again soon after': { path: 'VisibilityTimeout', is: 960 },
    },
  ),
  ...about(
    { stack, type: 'AWS::SQS::Queue', where: /ObjectCopies\/DeadLetters$/, count: 1 },
    {
      'what could not be copied is kept encrypted': { path: 'KmsMasterKeyId', is: key.messaging },
      'what could not be copied is kept for a fortnight': { path: 'MessageRetentionPeriod', is: 1_209_600 },
    },
  ),
  ...['Queue', 'DeadLetters'].flatMap((name) =>
    about(
      { stack, type: 'AWS::SQS::QueuePolicy', where: new RegExp(`ObjectCopies/${name}/Policy$`), count: 1 },
      {
        [`ObjectCopies/${name} takes messages of its rules alone`]: {
          path: 'PolicyDocument.Statement[Effect=Allow].Condition.ArnEquals[aws:SourceArn]',
          is: oneOf(...['Changes', 'Comparison'].map((rule) => reference(`${path}/${rule}`, 'Arn'))),
        },
        [`ObjectCopies/${name} refuses what does not come by TLS`]: {
          path: 'PolicyDocument.Statement',
          is: containing(tlsOnly),
        },
      },
    ),
  ),
];

const permissions: readonly Expectation[] = [
  ...about(
    { stack, type: 'AWS::IAM::Role', where: /ObjectCopies\/Copier\/Role$/, count: 1 },
    {
      'objects are copied under the role that Azure knows': {
        path: 'RoleName',
        is: 'retailflow-production-object-copier',
      },
      'functions of the account alone have the role that Azure knows': {
        path: 'AssumeRolePolicyDocument.Statement[*].Condition.StringEquals[aws:SourceAccount]',
        is: account,
      },
    },
  ),
  ...about(
    { stack, type: 'AWS::IAM::ManagedPolicy', where: /ObjectCopies\/Copier\/Policy$/, count: 1 },
    {
      'what copies objects proves who it is to Entra ID alone': {
        path: 'PolicyDocument.Statement[Action=sts:GetWebIdentityToken].Condition',
        is: {
          'ForAllValues:StringEquals': { 'sts:IdentityTokenAudience': 'api://AzureADTokenExchange' },
          Null: { 'sts:IdentityTokenAudience': 'false' },
          NumericLessThanEquals: { 'sts:DurationSeconds': '300' },
        },
      },
      'what copies objects reads them in the account alone': {
        path: 'PolicyDocument.Statement[Action=s3:GetObject].Condition.StringEquals[aws:ResourceAccount]',
        is: account,
      },
      'what copies objects reads the buckets that are copied': {
        path: 'PolicyDocument.Statement[Action=s3:GetObject].Resource',
        is: ['Archive', 'Assets', 'Exports'].map((name) => `${reference(`Data/${name}Bucket/Bucket`, 'Arn')}/*`),
      },
      'what copies objects writes none': {
        path: 'PolicyDocument.Statement[*].Action',
        is: notContaining('s3:PutObject'),
      },
    },
  ),
];

const copies: readonly Expectation[] = [
  ...about(
    { stack, type: 'AWS::Lambda::Function', where: /ObjectCopies\/Copier\/Function$/, count: 1 },
    {
      'objects are copied by a runtime that is maintained': { path: 'Runtime', is: like(/^nodejs24/) },
      'what copies objects logs into an encrypted log': {
        path: 'LoggingConfig.LogGroup',
        is: reference(`${path}/Copier/Logs`),
      },
      'objects are copied from the network, by which alone storage on Azure is reached': {
        path: 'VpcConfig.SubnetIds',
        is: exactly(...appSubnets),
      },
      'what copies objects has a security group of its own': {
        path: 'VpcConfig.SecurityGroupIds',
        is: exactly(reference(`${path}/Copier/SecurityGroup`)),
      },
      'what copies objects looks who leads': {
        path: 'Environment.Variables.LATCH',
        is: like(/^https:\/\/st\w+\.blob\.core\.windows\.net\/mainstay-leader\/leader\.json$/),
      },
      'objects are copied while the primary leads': { path: 'Environment.Variables.SITE', is: 'primary' },
      'nothing is removed from the archive': {
        path: 'Environment.Variables.COPIES',
        is: like(/\/archive","removes":false.*\/assets","removes":true.*\/exports","removes":true/),
      },
    },
  ),
  ...about(
    { stack, type: 'AWS::Lambda::EventSourceMapping', count: 1 },
    {
      'copies are made of what waits': { path: 'EventSourceArn', is: queue },
      'what waits is given to what copies': { path: 'FunctionName', is: copier },
      'only what failed comes again': { path: 'FunctionResponseTypes', is: exactly('ReportBatchItemFailures') },
      'ten functions copy at once at most': { path: 'ScalingConfig.MaximumConcurrency', is: 10 },
      'copies are not filtered': { path: 'FilterCriteria', is: absent },
    },
  ),
];

const watched = {
  DeadLettersAlarm: 'ApproximateNumberOfMessagesVisible',
  Failing: 'Errors',
  Late: 'ApproximateAgeOfOldestMessage',
  NotCompared: 'Invocations',
} as const;

const alarms: readonly Expectation[] = [
  ...Object.entries(watched).flatMap(([id, metric]) =>
    about(
      { stack, type: 'AWS::CloudWatch::Alarm', where: new RegExp(`ObjectCopies/${id}$`), count: 1 },
      {
        [`copies of objects are watched: ${id}`]: { path: 'MetricName', is: metric },
        [`people on call hear of copies of objects: ${id}`]: { path: 'AlarmActions', is: exactly(alarmTopic) },
        [`whoever is called for copies of objects is told what to do: ${id}`]: {
          path: 'AlarmDescription',
          is: like(/docs\/runbooks\/object-copies\.md$/),
        },
      },
    ),
  ),
  ...about(
    { stack, type: 'AWS::CloudWatch::Alarm', where: /ObjectCopies\/Late$/, count: 1 },
    {
      'people are called before more than the goal of fifteen minutes is lost': { path: 'Threshold', is: 450 },
      'people are called for late copies within minutes': { path: 'EvaluationPeriods', is: atMost(2) },
    },
  ),
];

export const objectCopiesRow: Row = {
  row: 'objects: copies on the recovery site',
  expectations: [...changes, ...queues, ...permissions, ...copies, ...alarms],
};
