import type { Hardened } from './mutations';

const where = /^LoadTests\//;

/** What a load test must not lose: when it runs, whom it asks, who is called, and where what it found is kept. */
export const hardenedLoad: Readonly<Record<string, readonly Hardened[]>> = {
  'AWS::Scheduler::Schedule': [
    { where },
    { where, path: 'ScheduleExpression', weak: ['cron(0 4 1 1 ? *)'] },
    { where, path: 'Target.Arn', weak: ['arn:of:something:else'] },
    { where, path: 'Target.DeadLetterConfig.Arn', weak: ['arn:of:something:else'] },
  ],
  'AWS::StepFunctions::StateMachine': [
    { where },
    { where, path: 'DefinitionString', weak: ['{}'] },
    { where, path: 'LoggingConfiguration.Destinations[*].CloudWatchLogsLogGroup.LogGroupArn' },
  ],
  'AWS::ECS::TaskDefinition': [
    { where },
    { where, path: 'ContainerDefinitions[Name=k6].ReadonlyRootFilesystem' },
    { where, path: 'ContainerDefinitions[Name=k6].User', weak: ['0:0'] },
    { where, path: 'ContainerDefinitions[Name=k6].Image', weak: ['docker.io/grafana/k6:latest'] },
  ],
  'AWS::S3::Bucket': [
    { where },
    { where, path: 'PublicAccessBlockConfiguration.RestrictPublicBuckets' },
    { where, path: 'LifecycleConfiguration.Rules[Id=Expire].ExpirationInDays', weak: [1] },
  ],
  'AWS::CloudWatch::Alarm': [
    { where },
    { where, path: 'AlarmActions', weak: [[]] },
    { where: /NoGoodRun$/, path: 'TreatMissingData', weak: ['notBreaching'] },
    { where: /NoGoodRun$/, path: 'Threshold', weak: [80] },
  ],
  'AWS::Events::Rule': [{ where }, { where, path: 'ScheduleExpression', weak: ['rate(30 days)'] }],
  'AWS::WAFv2::WebACL': [
    { path: 'Rules[Name=ForgedLoadMark]' },
    { path: 'Rules[Name=ForgedLoadMark].Action', weak: [{ Count: {} }] },
    { path: 'Rules[Name=ForgedLoadMark].Priority', weak: [9] },
    { path: 'Rules[Name=LoadMark].Statement', weak: [{ NotStatement: {} }] },
    { path: 'Rules[Name=LoadPerAddress].Statement.RateBasedStatement.Limit', weak: [2_000_000_000] },
  ],
  'AWS::WAFv2::IPSet': [{}, { path: 'Addresses', weak: [['0.0.0.0/0']] }],
};
