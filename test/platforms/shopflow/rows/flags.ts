import { about, type Row } from '../../support/about';
import { reference } from '../../support/graph';
import { absent, all, like, present, withoutText } from '../../support/matchers';
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
const users = { SHOP: ['Cart', 'Catalog', 'Order', 'Web'], ACCOUNTS: ['Payment', 'User'] } as const;

export const flagsRow: Row = {
  row: 'flags',
  expectations: [
    ...about(
      { stack, type: 'AWS::AppConfig::HostedConfigurationVersion', where: /\/ShopFlags\//, count: 1 },
      {
        'a new checkout is shown to 1%': { path: 'Content.values.new-checkout', is: { enabled: true, percent: 1 } },
        'new pages are shown to 1%': { path: 'Content.values.new-pages', is: { enabled: true, percent: 1 } },
      },
    ),
    ...about(
      { stack, type: 'AWS::AppConfig::ConfigurationProfile', count: 2 },
      { 'flags are encrypted with the key of data': { path: 'KmsKeyIdentifier', is: key.data } },
    ),
    ...about(
      { stack, type: 'AWS::AppConfig::DeploymentStrategy', count: 2 },
      {
        'a change reaches a fifth of the tasks at a time': { path: 'GrowthFactor', is: 20 },
        'a change is watched for a quarter of an hour more': { path: 'FinalBakeTimeInMinutes', is: 15 },
      },
    ),
    ...about(
      { stack, type: 'AWS::AppConfig::Environment', where: /\/ShopFlags\//, count: 1 },
      {
        'a change is taken back by errors of whoever asks': {
          path: 'Monitors[*].AlarmArn',
          is: like(/:alarm:shopflow-production-(cart|catalog|order|web)-release-errors$/),
        },
        'alarms are read by a role of their own': {
          path: 'Monitors[*].AlarmRoleArn',
          is: reference('Flags/ShopFlags/Watcher', 'Arn'),
        },
      },
    ),
    ...Object.entries(users).flatMap(([set, services]) =>
      services.flatMap((service) =>
        about(task(service), {
          [`${service} is told where its flags are`]: {
            path: `${received}[Name=FLAGS_${set}_ADDRESS].Value`,
            is: all(present, like(/Application.*Environment.*Profile/)),
          },
        }),
      ),
    ),
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
