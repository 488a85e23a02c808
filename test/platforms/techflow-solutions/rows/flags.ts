import { about, type Row } from '../../support/about';
import { reference } from '../../support/graph';
import { absent, atLeast, containing, like, withoutText, all, present } from '../../support/matchers';

const stack = 'Flags';
const set = 'Flags/FeaturesFlags';

/** Flags that are turned while services run, and turn back. */
export const flags: Row = {
  row: 'flags',
  expectations: [
    ...about(
      { stack, type: 'AWS::AppConfig::ConfigurationProfile', count: 1 },
      {
        'flags are flags to AppConfig': { path: 'Type', is: 'AWS.AppConfig.FeatureFlags' },
        'flags are kept by AppConfig itself': { path: 'LocationUri', is: 'hosted' },
        'flags are encrypted with the key of data': {
          path: 'KmsKeyIdentifier',
          is: reference('Security/Keys/Data', 'Arn'),
        },
      },
    ),
    { name: 'flags of the platform are one application', stack, type: 'AWS::AppConfig::Application', count: 1 },
    ...about(
      { stack, type: 'AWS::AppConfig::Deployment', count: 1 },
      {
        'a change goes by the steps': { path: 'DeploymentStrategyId', is: reference(`${set}/Strategy`) },
        'a change is encrypted on its way': { path: 'KmsKeyIdentifier', is: reference('Security/Keys/Data', 'Arn') },
      },
    ),
    ...about(
      { stack, type: 'AWS::AppConfig::HostedConfigurationVersion', count: 1 },
      {
        'flags are read as flags': { path: 'ContentType', is: 'application/json' },
        'a flag is on for 5% and for customers of a plan': {
          path: 'Content.values.live-cursors',
          is: { enabled: true, percent: 5, segments: 'plan=enterprise' },
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::AppConfig::DeploymentStrategy', count: 1 },
      {
        'a change moves in steps of a fifth': { path: 'GrowthFactor', is: 20 },
        'a change moves in even steps': { path: 'GrowthType', is: 'LINEAR' },
        'a change takes its time': { path: 'DeploymentDurationInMinutes', is: atLeast(10) },
        'a change is watched for ten minutes more': { path: 'FinalBakeTimeInMinutes', is: 10 },
      },
    ),
    ...about(
      { stack, type: 'AWS::AppConfig::Environment', count: 1 },
      {
        'a change is taken back by errors of whoever uses the flags': {
          path: 'Monitors[*].AlarmArn',
          is: like(/:alarm:techflow-solutions-production-(project|reporting|user|web)-release-errors$/),
        },
        'AppConfig reads alarms by a role of its own': {
          path: 'Monitors[*].AlarmRoleArn',
          is: reference(`${set}/Watcher`, 'Arn'),
        },
      },
    ),
    ...about(
      { stack: 'Service-Project', type: 'AWS::ECS::TaskDefinition', where: /Service\/Task$/, count: 1 },
      {
        'project is told where its flags are': {
          path: 'ContainerDefinitions[Name=app].Environment[Name=FLAGS_FEATURES_ADDRESS].Value',
          is: all(present, like(/Flags\/FeaturesFlags\/Application.*Environment.*Profile/)),
        },
      },
    ),
    ...about(
      { stack: 'Service-Billing', type: 'AWS::ECS::TaskDefinition', where: /Service\/Task$/, count: 1 },
      {
        'billing, which asks for no flags, is told of none': {
          path: 'ContainerDefinitions[Name=app].Environment[Name=FLAGS_FEATURES_ADDRESS].Value',
          is: absent,
        },
      },
    ),
    ...about(
      { stack: 'Service-Project', type: 'AWS::IAM::ManagedPolicy', where: /Roles\/Task/ },
      {
        'project may ask for its flags and change none': {
          path: 'PolicyDocument.Statement[*].Action',
          is: withoutText(/appconfig:(Create|Update|Delete|Start(?!ConfigurationSession))/),
        },
      },
    ),
    ...about(
      { stack: 'Network', type: 'AWS::EC2::VPCEndpoint', where: /\/Flags$/, count: 1 },
      {
        'flags are asked for inside the network': { path: 'PrivateDnsEnabled', is: true },
        'through the endpoint of flags goes only what the account asks for': {
          path: 'PolicyDocument.Statement',
          is: containing({
            Action: 'appconfig:*',
            Condition: { StringEquals: { 'aws:PrincipalAccount': '111122223333' } },
            Effect: 'Allow',
            Principal: { AWS: '*' },
            Resource: '*',
          }),
        },
      },
    ),
  ],
};
