import type { Json } from '../../../lib/review/json';
import { about, type Row } from './about';
import { reference } from './graph';
import { absent, all, atLeast, like, present, withoutText } from './matchers';

const stack = 'Flags';
const received = 'ContainerDefinitions[Name=app].Environment';
const task = (service: string) => ({
  stack: `Service-${service}`,
  type: 'AWS::ECS::TaskDefinition',
  where: /\/Service\/Task$/,
  count: 1,
});

/** A set of flags, and who asks for it. */
export interface ExpectedSet {
  /** Id of its construct: `ShopFlags`. */
  readonly set: string;
  /** What it is called in the names of variables. */
  readonly word: string;
  /** One of its flags, and what is said of it. */
  readonly flag: string;
  readonly is: Json;
  /** At most five can take a change back. */
  readonly users: readonly string[];
  readonly alarms: RegExp;
}

export interface FlagsExpected {
  readonly sets: readonly [ExpectedSet, ...ExpectedSet[]];
  /** Key of data. */
  readonly key: string;
  /** How long a change takes at least, in minutes. */
  readonly minutes: number;
  /** How long it is watched afterwards, in minutes. */
  readonly bakeMinutes: number;
  /** A service that asks for none. */
  readonly outsider: string;
}

/** Flags that are turned while services run, and turn back. */
export const flagsRow = ({ bakeMinutes, key, minutes, outsider, sets }: FlagsExpected): Row => ({
  row: 'flags',
  expectations: [
    { name: 'sets of flags are applications', stack, type: 'AWS::AppConfig::Application', count: sets.length },
    ...about(
      { stack, type: 'AWS::AppConfig::ConfigurationProfile', count: sets.length },
      {
        'flags are flags to AppConfig': { path: 'Type', is: 'AWS.AppConfig.FeatureFlags' },
        'flags are kept by AppConfig itself': { path: 'LocationUri', is: 'hosted' },
        'flags are encrypted with the key of data': { path: 'KmsKeyIdentifier', is: key },
      },
    ),
    ...about(
      { stack, type: 'AWS::AppConfig::DeploymentStrategy', count: sets.length },
      {
        'a change reaches a fifth of the tasks at a time': { path: 'GrowthFactor', is: 20 },
        'a change moves in even steps': { path: 'GrowthType', is: 'LINEAR' },
        'a change takes its time': { path: 'DeploymentDurationInMinutes', is: atLeast(minutes) },
        'a change is watched for a while more': { path: 'FinalBakeTimeInMinutes', is: bakeMinutes },
      },
    ),
    ...sets.flatMap(({ alarms, flag, is, set, users: services, word }) => [
      ...about(
        { stack, type: 'AWS::AppConfig::HostedConfigurationVersion', where: new RegExp(`/${set}/`), count: 1 },
        {
          [`${flag} is for a few people first`]: { path: `Content.values.${flag}`, is },
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
          [`a change of ${set} is encrypted on its way`]: { path: 'KmsKeyIdentifier', is: key },
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
    ...about(task(outsider), {
      'a service that asks for no flags is told of none': {
        path: `${received}[Name=FLAGS_${sets[0].word}_ADDRESS].Value`,
        is: absent,
      },
    }),
    ...about(
      { stack: `Service-${sets[0].users[0]}`, type: 'AWS::IAM::ManagedPolicy', where: /\/Roles\/Task/ },
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
});
