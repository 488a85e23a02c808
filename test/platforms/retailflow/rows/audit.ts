import { about, type Row } from '../../support/about';
import { reference } from '../../support/graph';
import { containing, exactly, like, oneLike } from '../../support/matchers';
import { alarmTopic, key } from './facts';

const stack = 'Audit';
const trail = 'Audit/Audit/Trail';

export const audit: Row = {
  row: 'audit',
  expectations: [
    ...about(
      { stack, type: 'AWS::CloudTrail::Trail', count: 1 },
      {
        'every call to AWS is recorded': { path: 'IsLogging', is: true },
        'calls are recorded in every region': { path: 'IsMultiRegionTrail', is: true },
        'calls to services without a region are recorded': { path: 'IncludeGlobalServiceEvents', is: true },
        'nobody changes what was recorded unnoticed': { path: 'EnableLogFileValidation', is: true },
        'what was recorded is encrypted with a key of its own': { path: 'KMSKeyId', is: key.audit },
        'what was recorded can be searched at once': {
          path: 'CloudWatchLogsLogGroupArn',
          is: reference(`${trail}/Logs`, 'Arn'),
        },
        'what was recorded lies in a bucket of its own': { path: 'S3BucketName', is: reference(`${trail}/Bucket`) },
        'who changes objects is recorded': {
          path: 'AdvancedEventSelectors[Name=Objects].FieldSelectors',
          is: containing({ Field: 'resources.type', Equals: ['AWS::S3::Object'] }),
        },
        'who administers is recorded': {
          path: 'AdvancedEventSelectors[Name=Calls].FieldSelectors',
          is: containing({ Field: 'eventCategory', Equals: ['Management'] }),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::Config::ConfigurationRecorder', count: 1 },
      {
        'the history of everything is kept': { path: 'RecordingGroup.AllSupported', is: true },
        'the history of roles is kept': { path: 'RecordingGroup.IncludeGlobalResourceTypes', is: true },
      },
    ),
    ...about(
      { stack, type: 'AWS::Config::DeliveryChannel', count: 1 },
      { 'the history is encrypted': { path: 'S3KmsKeyArn', is: key.logs } },
    ),
    ...about(
      // In the region of the edge, too.
      { type: 'AWS::GuardDuty::Detector', count: 2 },
      {
        'threats are looked for': { path: 'Enable', is: true },
        'threats inside tasks are looked for': {
          path: 'Features[Name=RUNTIME_MONITORING].AdditionalConfiguration[Name=ECS_FARGATE_AGENT_MANAGEMENT].Status',
          is: 'ENABLED',
        },
        'threats to databases are looked for': { path: 'Features[Name=RDS_LOGIN_EVENTS].Status', is: 'ENABLED' },
        'threats to objects are looked for': { path: 'Features[Name=S3_DATA_EVENTS].Status', is: 'ENABLED' },
      },
    ),
    ...about(
      { stack: 'Edge', type: 'AWS::Events::Rule', count: 2 },
      {
        'threats and findings in the region of the edge are told to people': {
          path: 'Targets[*].Arn',
          is: reference('Edge/Alarms/Topic'),
        },
        'telling of threats and findings in the region of the edge is on': { path: 'State', is: 'ENABLED' },
      },
    ),
    ...about(
      { stack, type: 'AWS::SecurityHub::Standard', count: 3 },
      {
        'the account is held to standards': {
          path: 'StandardsArn',
          is: like(/aws-foundational-security-best-practices|nist-800-53|pci-dss/),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::SecurityHub::SecurityControl', count: 1 },
      { 'the standards know the role of Config': { path: 'SecurityControlId', is: 'Config.1' } },
    ),
    ...about(
      { stack, type: 'AWS::KMS::Alias', count: 1 },
      { 'people find the key of the trail': { path: 'AliasName', is: 'alias/retailflow-production/audit' } },
    ),
    ...about(
      { stack, type: 'AWS::SecurityHub::Hub', count: 1 },
      { 'new controls hold at once': { path: 'AutoEnableControls', is: true } },
    ),
    ...about(
      { stack, type: 'AWS::AccessAnalyzer::Analyzer', where: /External$/, count: 1 },
      { 'what is open to others is found': { path: 'Type', is: 'ACCOUNT' } },
    ),
    ...about(
      { stack, type: 'AWS::AccessAnalyzer::Analyzer', where: /Unused$/, count: 1 },
      { 'permissions that nobody uses are found': { path: 'Type', is: 'ACCOUNT_UNUSED_ACCESS' } },
    ),
    ...about(
      { stack, type: 'AWS::Events::Rule', count: 2 },
      {
        'threats and findings are told to people': { path: 'Targets[*].Arn', is: alarmTopic },
        'telling of threats and findings is on': { path: 'State', is: 'ENABLED' },
      },
    ),
    ...about(
      { stack, type: 'AWS::Logs::MetricFilter', count: 4 },
      {
        'what is looked for is looked for in the record of calls': {
          path: 'LogGroupName',
          is: reference(`${trail}/Logs`),
        },
      },
    ),
    ...Object.entries({
      KeyDeletion: /ScheduleKeyDeletion/,
      LoginWithoutSecondFactor: /MFAUsed/,
      RootUse: /"Root"/,
      TrailChange: /StopLogging/,
    }).map(([name, pattern]) => ({
      name: `${name} is looked for`,
      stack,
      type: 'AWS::Logs::MetricFilter',
      where: new RegExp(`/${name}Filter$`),
      count: 1,
      path: 'FilterPattern',
      is: oneLike(pattern),
    })),
    ...about(
      { stack, type: 'AWS::IAM::Role', where: /Config\/Role$/, count: 1 },
      {
        'Config has the permissions that AWS gives it': {
          path: 'ManagedPolicyArns',
          is: exactly('arn:aws:iam::aws:policy/service-role/AWS_ConfigRole'),
        },
      },
    ),
  ],
};
