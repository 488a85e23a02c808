import { about, type Row } from '../../support/about';
import { reference } from '../../support/graph';
import { absent, all, atLeast, like, present, withoutText } from '../../support/matchers';
import { key } from './facts';

const stack = 'Flags';
const received = 'ContainerDefinitions[Name=app].Environment';
const task = (service: string) => ({
  stack: `Service-${service}`,
  type: 'AWS::ECS::TaskDefinition',
  where: /\/Service\/Task$/,
  count: 1,
});

/** Which services ask for which set: at most five of them can take a change back. */
const sets = [
  {
    set: 'ShopFlags',
    word: 'SHOP',
    flag: 'new-checkout',
    users: ['Cart', 'Catalog', 'Order', 'Web'],
    alarms: /:alarm:shopflow-production-(cart|catalog|order|web)-release-errors$/,
  },
  {
    set: 'AccountsFlags',
    word: 'ACCOUNTS',
    flag: 'embedded-payment',
    users: ['Payment', 'User'],
    alarms: /:alarm:shopflow-production-(payment|user)-release-errors$/,
  },
] as const;

export const flagsRow: Row = {
  row: 'flags',
  expectations: [
    { name: 'sets of flags are applications', stack, type: 'AWS::AppConfig::Application', count: 2 },
    ...about(
      { stack, type: 'AWS::AppConfig::ConfigurationProfile', count: 2 },
      {
        'flags are flags to AppConfig': { path: 'Type', is: 'AWS.AppConfig.FeatureFlags' },
        'flags are kept by AppConfig itself': { path: 'LocationUri', is: 'hosted' },
        'flags are encrypted with the key of data': { path: 'KmsKeyIdentifier', is: key.data },
      },
    ),
    ...about(
      { stack, type: 'AWS::AppConfig::DeploymentStrategy', count: 2 },
      {
        'a change reaches a fifth of the tasks at a time': { path: 'GrowthFactor', is: 20 },
        'a change moves in even steps': { path: 'GrowthType', is: 'LINEAR' },
        'a change takes its time': { path: 'DeploymentDurationInMinutes', is: atLeast(10) },
        'a change is watched for a quarter of an hour more': { path: 'FinalBakeTimeInMinutes', is: 15 },
      },
    ),
    ...sets.flatMap(({ alarms, flag, set, users: services, word }) => [
      ...about(
        { stack, type: 'AWS::AppConfig::HostedConfigurationVersion', where: new RegExp(`/${set}/`), count: 1 },
        {
          [`${flag} is for 1% of people first`]: { path: `Content.values.${flag}`, is: { enabled: true, percent: 1 } },
          [`what ${set} holds is read as flags`]: { path: 'ContentType', is: 'application/json' },
        },
      ),
      ...about(
        { stack, type: 'AWS::AppConfig::Deployment', where: new RegExp(`/${set}/`), count: 1 },
        {
          [`a change of ${set} goes by the steps`]: {
            path: 'DeploymentStrategyId',
            is: reference(`Flags/${set}/Strategy`),
          },
          [`a change of ${set} is encrypted on its way`]: { path: 'KmsKeyIdentifier', is: key.data },
        },
      ),
      ...about(
        { stack, type: 'AWS::AppConfig::Environment', where: new RegExp(`/${set}/`), count: 1 },
        {
          [`a change of ${set} is taken back by errors of whoever asks`]: {
            path: 'Monitors[*].AlarmArn',
            is: like(alarms),
          },
          [`alarms are read for ${set} by a role of its own`]: {
            path: 'Monitors[*].AlarmRoleArn',
            is: reference(`Flags/${set}/Watcher`, 'Arn'),
          },
        },
      ),
      ...services.flatMap((service) =>
        about(task(service), {
          [`${service} is told where its flags are`]: {
            path: `${received}[Name=FLAGS_${word}_ADDRESS].Value`,
            is: all(present, like(/Application.*Environment.*Profile/)),
          },
        }),
      ),
    ]),
    ...about(task('Inventory'), {
      'a service that asks for no flags is told of none': {
        path: `${received}[Name=FLAGS_SHOP_ADDRESS].Value`,
        is: absent,
      },
    }),
    ...about(
      { stack: 'Service-Web', type: 'AWS::IAM::ManagedPolicy', where: /\/Roles\/Task/ },
      {
        'a service asks for flags and changes none': {
          path: 'PolicyDocument.Statement[*].Action',
          is: withoutText(/appconfig:(Create|Update|Delete|Start(?!ConfigurationSession))/),
        },
      },
    ),
    ...about(
      { stack: 'Network', type: 'AWS::EC2::VPCEndpoint', where: /\/Flags$/, count: 1 },
      { 'flags are asked for inside the network': { path: 'PrivateDnsEnabled', is: true } },
    ),
  ],
};
