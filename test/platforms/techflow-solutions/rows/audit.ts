import { about, type Row } from '../../support/about';
import { reference } from '../../support/graph';
import { absent, atLeast, containing } from '../../support/matchers';

const stack = 'Audit';

/** What an auditor of SOC 2 asks for: who did what, and that nobody can take it away. */
export const audit: Row = {
  row: 'SOC 2: trails',
  expectations: [
    ...about(
      { stack, type: 'AWS::CloudTrail::Trail', count: 1 },
      {
        'calls are recorded in all regions': { path: 'IsMultiRegionTrail', is: true },
        'records are signed': { path: 'EnableLogFileValidation', is: true },
        'changes of objects are recorded too': {
          path: 'AdvancedEventSelectors[Name=Objects].FieldSelectors',
          is: containing({ Field: 'eventCategory', Equals: ['Data'] }),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::S3::Bucket', where: /Trail\/Bucket$/, count: 1 },
      {
        'nobody can remove a record before its time, the root user included': {
          path: 'ObjectLockConfiguration.Rule.DefaultRetention.Mode',
          is: 'COMPLIANCE',
        },
        'records are kept for a year at least': {
          path: 'ObjectLockConfiguration.Rule.DefaultRetention.Days',
          is: atLeast(365),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::Config::ConfigurationRecorder', count: 1 },
      {
        'changes of infrastructure have a history': { path: 'RecordingGroup.AllSupported', is: true },
        'changes of roles have one, too': { path: 'RecordingGroup.IncludeGlobalResourceTypes', is: true },
        'changes of roles, keys and databases are recorded when they happen': {
          path: 'RecordingMode.RecordingModeOverrides[*].ResourceTypes',
          is: containing('AWS::IAM::Role', 'AWS::KMS::Key', 'AWS::RDS::DBCluster', 'AWS::S3::Bucket'),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::Config::ConformancePack', count: 1 },
      {
        'the account is judged by SOC 2 all the time': {
          path: 'TemplateBody.Resources[MULTIREGIONCLOUDTRAILENABLED].Properties.Source.SourceIdentifier',
          is: 'MULTI_REGION_CLOUD_TRAIL_ENABLED',
        },
        'rules are those of this repository': { path: 'TemplateS3Uri', is: absent },
        'auditors find the pack by the name of the stage': {
          path: 'ConformancePackName',
          is: 'techflow-solutions-production-soc-2',
        },
        'what the pack has found outlives its stack': { path: 'DeletionPolicy', is: 'RetainExceptOnCreate' },
      },
    ),
    ...about(
      { stack, type: 'AWS::Events::Rule', where: /Conformance\/Notices/, count: 1 },
      {
        'somebody is told of what no longer conforms': {
          path: 'Targets[*].Arn',
          is: reference('Security/Alarms/Topic'),
        },
        'what conforms again is told to nobody': {
          path: 'EventPattern.detail.newEvaluationResult.complianceType',
          is: ['NON_COMPLIANT'],
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::ECR::RegistryScanningConfiguration', count: 1 },
      {
        'images are scanned in depth': { path: 'ScanType', is: 'ENHANCED' },
        'images are scanned for as long as they are kept': {
          path: 'Rules[*].ScanFrequency',
          is: 'CONTINUOUS_SCAN',
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::Events::Rule', where: /Notices\/Findings/, count: 1 },
      {
        'somebody is told of a vulnerability in an image': {
          path: 'Targets[*].Arn',
          is: reference('Security/Alarms/Topic'),
        },
        'from high severity on': { path: 'EventPattern.detail.findings.Severity.Label', is: ['CRITICAL', 'HIGH'] },
      },
    ),
    ...about(
      { stack: 'Data', type: 'AWS::RDS::DBClusterParameterGroup', count: 1 },
      {
        'changes of tables and roles are audited': { path: 'Parameters[pgaudit.log]', is: 'ddl,role' },
        'logins to the database are logged': { path: 'Parameters.log_connections', is: '1' },
      },
    ),
  ],
};
