import type { Hardened } from '../support/mutations';

/** What TechFlow Solutions has and RetailFlow has not: flags that are turned while services run, offices. */
export const hardened: Readonly<Record<string, readonly Hardened[]>> = {
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
  'AWS::EC2::VPNGateway': [{}, { path: 'Type', weak: ['none'] }, { path: 'AmazonSideAsn', weak: [64_512] }],
};
