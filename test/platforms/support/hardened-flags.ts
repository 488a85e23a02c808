import type { Hardened } from './mutations';

/** What of flags that are turned while services run cannot be lost unnoticed. */
export const hardenedFlags: Readonly<Record<string, readonly Hardened[]>> = {
  'AWS::AppConfig::Application': [{}],
  'AWS::AppConfig::ConfigurationProfile': [
    {},
    { path: 'Type', weak: ['AWS.Freeform'] },
    { path: 'KmsKeyIdentifier', weak: ['alias/aws/somebody-else'] },
    { path: 'LocationUri', weak: ['s3://somebody/else'] },
  ],
  'AWS::AppConfig::HostedConfigurationVersion': [
    {},
    { path: 'Content', weak: ['{"version":"1","flags":{},"values":{}}'] },
    { path: 'ContentType', weak: ['text/plain'] },
  ],
  'AWS::AppConfig::DeploymentStrategy': [
    {},
    { path: 'GrowthFactor', weak: [100] },
    { path: 'GrowthType', weak: ['EXPONENTIAL'] },
    { path: 'DeploymentDurationInMinutes', weak: [0] },
    { path: 'FinalBakeTimeInMinutes', weak: [0] },
  ],
  'AWS::AppConfig::Deployment': [
    {},
    { path: 'DeploymentStrategyId', weak: ['AppConfig.AllAtOnce'] },
    { path: 'KmsKeyIdentifier', weak: ['alias/aws/somebody-else'] },
  ],
  'AWS::AppConfig::Environment': [
    {},
    { path: 'Monitors', weak: [[]] },
    { path: 'Monitors[*].AlarmArn', weak: ['arn:of:somebody:else'] },
    { path: 'Monitors[*].AlarmRoleArn', weak: ['arn:of:somebody:else'] },
  ],
};
