import type { Hardened } from './mutations';

const kept: readonly Hardened[] = [
  { path: 'DeletionPolicy', weak: ['Delete'] },
  { path: 'UpdateReplacePolicy', weak: ['Delete'] },
];

const foreignKey = 'alias/aws/somebody-else';

const unread = /\/Traces\/Unread$/;

/** Who is called when nobody reads a trace. */
export const hardenedTraceAlarms: readonly Hardened[] = [
  { where: unread },
  { where: unread, path: 'Statistic', weak: ['Maximum'] },
  { where: unread, path: 'ComparisonOperator', weak: ['GreaterThanThreshold'] },
  { where: unread, path: 'TreatMissingData', weak: ['notBreaching'] },
];

/** What is hardened of figures, traces and those who look at them. */
export const hardenedTelemetry: Readonly<Record<string, readonly Hardened[]>> = {
  'AWS::APS::RuleGroupsNamespace': [
    {},
    { path: 'Data', weak: ['groups: []'] },
    { path: 'Workspace', weak: ['arn:of:somebody:else'] },
  ],
  'AWS::APS::Workspace': [
    {},
    ...kept.slice(0, 1),
    { path: 'KmsKeyArn', weak: [foreignKey] },
    { path: 'LoggingConfiguration.LogGroupArn' },
    { path: 'AlertManagerDefinition', weak: ['alertmanager_config: {}'] },
  ],
  'AWS::Grafana::Workspace': [
    {},
    ...kept,
    { path: 'AccountAccessType', weak: ['ORGANIZATION'] },
    { path: 'AuthenticationProviders', weak: [['SAML']] },
    { path: 'NetworkAccessControl', weak: [{ VpceIds: [], PrefixListIds: [] }] },
    { path: 'NetworkAccessControl.PrefixListIds', weak: [['pl-of-somebody-else']] },
    { path: 'PermissionType', weak: ['SERVICE_MANAGED'] },
    { path: 'PluginAdminEnabled' },
    { path: 'RoleArn', weak: ['arn:of:somebody:else'] },
    { path: 'VpcConfiguration.SecurityGroupIds', weak: [['sg-somebody-else']] },
  ],
  'Custom::Dashboards': [
    {},
    { path: 'Dashboards', weak: [[]] },
    { path: 'DataSources', weak: [[]] },
    { path: 'Endpoint', weak: ['elsewhere.example.com'] },
    { path: 'Folder.Uid', weak: ['general'] },
    { path: 'ServiceToken', weak: ['arn:of:somebody:else'] },
    { path: 'Workspace', weak: ['g-of-somebody'] },
  ],
  'AWS::XRay::TransactionSearchConfig': [
    {},
    { path: 'IndexingPercentage', weak: [1] },
    { path: 'CloudWatchLogsConfiguration.SpansLogGroupKmsKeyId', weak: [foreignKey] },
  ],
};
