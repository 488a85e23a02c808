import { loadMark } from '../../../lib/platform/load-tests/admitted';
import { about, type Row } from './about';
import { reference } from './graph';
import { absent, all, exactly, like, present, withoutText } from './matchers';

/** What a platform's load test shows in the templates of the stage that runs it. */
export interface LoadRow {
  /** `TenTimes` */
  readonly test: string;
  readonly origin: string;
  /** As AWS spells it. */
  readonly schedule: string;
  readonly timeZone: string;
  readonly users: number;
  readonly programs: number;
  /** Requests a minute that an address may make. */
  readonly admitted: number;
  /** Zones by which the site calls out: `EuCentral1a`. */
  readonly zones: readonly string[];
}

const stack = 'LoadTests';
const at = 'LoadTests/LoadTests';
const topic = reference('Security/Alarms/Topic');

/** A load test that runs every week, keeps what it found and calls somebody. */
export const loadRow = ({ admitted, origin, programs, schedule, test, timeZone, users, zones }: LoadRow): Row => ({
  row: 'load tests',
  expectations: [
    ...about(
      { stack, type: 'AWS::Scheduler::Schedule', count: 1 },
      {
        'a load test runs every week': { path: 'ScheduleExpression', is: schedule },
        'a load test runs while nobody works': { path: 'ScheduleExpressionTimezone', is: timeZone },
        'a schedule starts the machine of its test': {
          path: 'Target.Arn',
          is: reference(`${at}/${test}Test/Machine`, 'Arn'),
        },
        'a start that failed is kept': {
          path: 'Target.DeadLetterConfig.Arn',
          is: reference(`${at}/DeadLetters`, 'Arn'),
        },
        'a schedule is on': { path: 'State', is: absent },
      },
    ),
    ...about(
      { stack, type: 'AWS::StepFunctions::StateMachine', count: 1 },
      {
        [`a run has ${programs} programs`]: {
          path: 'DefinitionString',
          is: like(
            new RegExp(`"Result":\\[${Array.from({ length: programs }, (_each, index) => `"${index}"`).join(',')}\\]`),
          ),
        },
        'a run is judged by what its programs found': {
          path: 'DefinitionString',
          is: like(/"Judge":.*lambda:invoke.*"Missed"/),
        },
        'programs have no address on the internet': {
          path: 'DefinitionString',
          is: like(/"AssignPublicIp":"DISABLED"/),
        },
        'a run says in a log how it went': {
          path: 'LoggingConfiguration.Destinations[*].CloudWatchLogsLogGroup.LogGroupArn',
          is: reference(`${at}/MachineLogs`, 'Arn'),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::ECS::TaskDefinition', count: 1 },
      {
        'load goes to the name that customers use': {
          path: 'ContainerDefinitions[Name=k6].Environment[Name=SCRIPT].Value',
          is: like(new RegExp(`"origin": "${origin}"`)),
        },
        [`load is made by ${users} users`]: {
          path: 'ContainerDefinitions[Name=k6].Environment[Name=SCRIPT].Value',
          is: like(new RegExp(`"full": \\{\\s+"users": ${users},`)),
        },
        'a program of k6 is the copy of the stage, by digest': {
          path: 'ContainerDefinitions[Name=k6].Image',
          is: like(/copies\/k6@sha256:[0-9a-f]{64}/),
        },
        'a program of k6 writes no file of its image': {
          path: 'ContainerDefinitions[Name=k6].ReadonlyRootFilesystem',
          is: true,
        },
        'a program of k6 is nobody of importance': { path: 'ContainerDefinitions[Name=k6].User', is: '1000:1000' },
      },
    ),
    ...about(
      { stack, type: 'AWS::IAM::ManagedPolicy', where: /Roles\/ExecutionPolicy$/, count: 1 },
      {
        'programs of k6 may do nothing in the account': {
          path: 'Roles',
          is: exactly(reference(`${at}/Roles/ExecutionRole`)),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::EC2::SecurityGroup', count: 1 },
      { 'nobody reaches programs of k6': { path: 'SecurityGroupIngress', is: absent } },
    ),
    ...about(
      { stack, type: 'AWS::S3::Bucket', count: 1 },
      {
        'what load tests found is under the key of data': {
          path: 'BucketEncryption.ServerSideEncryptionConfiguration[*].ServerSideEncryptionByDefault.KMSMasterKeyID',
          is: reference('Security/Keys/Data', 'Arn'),
        },
        'what load tests found is open to nobody': {
          path: 'PublicAccessBlockConfiguration.RestrictPublicBuckets',
          is: true,
        },
        'what load tests found is kept for more than a year': {
          path: 'LifecycleConfiguration.Rules[Id=Expire].ExpirationInDays',
          is: 400,
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::IAM::ManagedPolicy', where: /Results\/Policy$/, count: 1 },
      {
        'what judges may keep and read results, and nothing else': {
          path: 'PolicyDocument.Statement[*].Action',
          is: all(present, withoutText(/s3:Delete|ecs:|iam:|secretsmanager|cloudwatch:/)),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::Events::Rule', count: 1 },
      { 'somebody looks twice a day for the last good run': { path: 'ScheduleExpression', is: 'rate(12 hours)' } },
    ),
    ...about(
      { stack, type: 'AWS::CloudWatch::Alarm', where: /(MissedGoals|Regressed|NoGoodRun|NotStarted)$/, count: 4 },
      { 'somebody is called about load tests': { path: 'AlarmActions', is: [topic] } },
    ),
    ...about(
      { stack, type: 'AWS::CloudWatch::Alarm', where: /NoGoodRun$/, count: 1 },
      {
        'eight days without a good run are too many': { path: 'Threshold', is: 8 },
        'a load test of which nobody tells has no good run': { path: 'TreatMissingData', is: 'breaching' },
      },
    ),
    ...about(
      { stack, type: 'AWS::CloudWatch::Alarm', where: /(MissedGoals|Regressed|NoGoodRun)$/, count: 3 },
      {
        'whoever is called reads what the load test proves': { path: 'AlarmDescription', is: like(/ It proves: \w+ /) },
      },
    ),
    ...about(
      { stack, type: 'AWS::CloudWatch::Alarm', where: /(MissedGoals|Regressed)$/, count: 2 },
      {
        'one run that missed a limit is enough': { path: 'Threshold', is: 1 },
      },
    ),
    ...about(
      { stack: 'Cluster', type: 'AWS::ECS::TaskDefinition', where: /^Cluster\/Gateway\//, count: 1 },
      {
        'the gateway knows load by the mark, and bounds it': {
          path: 'ContainerDefinitions[Name=kong].Environment[Name=GATEWAY_DOCUMENT].Value',
          is: like(
            new RegExp(
              `"username":"load-tests","keyauth_credentials":\\[\\{"key":"${loadMark.value}"\\}\\],"plugins":\\[\\{"name":"rate-limiting","config":\\{"minute":${admitted},"limit_by":"ip"`,
            ),
          ),
        },
        'the gateway can tell load from everybody else': {
          path: 'ContainerDefinitions[Name=kong].Environment[Name=KONG_PLUGINS].Value',
          is: like(/,key-auth$/),
        },
      },
    ),
    ...about(
      { stack: 'Edge', type: 'AWS::WAFv2::IPSet', count: 1 },
      {
        'load is admitted from the fixed addresses of the site': {
          path: 'Addresses',
          is: zones.map((zone) => `\${Network/Network/Egress${zone}.PublicIp}/32`),
        },
      },
    ),
    ...about(
      { stack: 'Edge', type: 'AWS::WAFv2::WebACL', count: 1 },
      {
        'no limit of an address counts load': {
          path: 'Rules[Name=RequestsPerAddress].Statement.RateBasedStatement.ScopeDownStatement.NotStatement.Statement.IPSetReferenceStatement.Arn',
          is: reference('Edge/Firewall/LoadAddresses', 'Arn'),
        },
        'load has a limit of its own, as high as it needs': {
          path: 'Rules[Name=LoadPerAddress].Statement.RateBasedStatement.Limit',
          is: admitted * 5,
        },
        'the limit of load is that of its addresses': {
          path: 'Rules[Name=LoadPerAddress].Statement.RateBasedStatement.ScopeDownStatement.IPSetReferenceStatement.Arn',
          is: reference('Edge/Firewall/LoadAddresses', 'Arn'),
        },
        'who sends the mark of load is refused': { path: 'Rules[Name=ForgedLoadMark].Action', is: { Block: {} } },
        'the mark of load is looked for in what comes from outside': {
          path: 'Rules[Name=ForgedLoadMark].Statement.SizeConstraintStatement.FieldToMatch.SingleHeader.Name',
          is: loadMark.header,
        },
        'who sends the mark of load is refused before anything else': {
          path: 'Rules[Name=ForgedLoadMark].Priority',
          is: 0,
        },
        'load is marked by its addresses alone': {
          path: 'Rules[Name=LoadMark].Statement.IPSetReferenceStatement.Arn',
          is: reference('Edge/Firewall/LoadAddresses', 'Arn'),
        },
        'load is marked as the gateway reads it': {
          path: 'Rules[Name=LoadMark].Action.Allow.CustomRequestHandling.InsertHeaders',
          is: [{ Name: loadMark.name, Value: loadMark.value }],
        },
        'rules that look for attacks look at load too': {
          path: 'Rules[Name=Common].Statement.ManagedRuleGroupStatement.ScopeDownStatement',
          is: absent,
        },
      },
    ),
  ],
});
