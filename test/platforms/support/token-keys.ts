import { about } from './about';
import { ageWatch } from './age-watch';
import type { Expectation } from './expectations';
import { reference } from './graph';
import { containing } from './matchers';

const stack = 'Tokens';
const rotation = 'Tokens/Keys';
const entry = (field: string): string => reference(`Security/TokenKeysSecret/${field}`);
const halves = ['PrivateKeyA', 'PrivateKeyB', 'PrivateKeyC', 'PublicKeyA', 'PublicKeyB', 'PublicKeyC'].map(entry);
const readers = ['Cluster/Gateway/Service/Service', 'Service-User/Service/Service/Service'];

/** No key signs tokens for ever. */
export const tokenKeys: readonly Expectation[] = [
  ...about(
    { stack, type: 'AWS::SecretsManager::RotationSchedule', count: 1 },
    {
      'which key signs tokens is rotated': { path: 'SecretId', is: entry('Current') },
      'a key signs tokens for a month': { path: 'RotationRules.ScheduleExpression', is: 'rate(30 days)' },
      'a function rotates the keys of tokens': {
        path: 'RotationLambdaARN',
        is: reference(`${rotation}/Function`, 'Arn'),
      },
      'keys of tokens that are new are not rotated': { path: 'RotateImmediatelyOnUpdate', is: false },
    },
  ),
  ...about(
    { stack, type: 'AWS::Lambda::Permission', where: /Keys\/Start$/, count: 1 },
    {
      'Secrets Manager starts the rotation of the keys of tokens': {
        path: 'Principal',
        is: 'secretsmanager.amazonaws.com',
      },
      'only the secret of the keys of tokens starts their rotation': { path: 'SourceArn', is: entry('Current') },
    },
  ),
  ...about(
    { stack, type: 'AWS::Lambda::Function', where: /Keys\/Function$/, count: 1 },
    {
      'a key of tokens is given up when what it signed has ended': {
        path: 'Environment.Variables.LEAST_AGE_MINUTES',
        is: '1500',
      },
      'steps of the rotation of keys that were given up are kept': {
        path: 'DeadLetterConfig.TargetArn',
        is: reference(`${rotation}/DeadLetters`, 'Arn'),
      },
    },
  ),
  ...about(
    { stack, type: 'AWS::IAM::ManagedPolicy', where: /Keys\/Policy$/, count: 1 },
    {
      'whoever rotates the keys of tokens writes no other secret': {
        path: 'PolicyDocument.Statement',
        is: containing({ Action: ['secretsmanager:PutSecretValue'], Resource: halves }),
      },
      'whoever rotates the keys of tokens starts the gateway and who signs anew, and no other service': {
        path: 'PolicyDocument.Statement',
        is: containing({ Action: ['ecs:UpdateService'], Resource: readers.map((reader) => reference(reader)) }),
      },
    },
  ),
  ...about(
    {
      stack,
      type: 'AWS::CloudWatch::Alarm',
      where: /Keys\/(Failed|DeadLetter|Age\/TokenKeysOld)$/,
      count: 3,
    },
    {
      'somebody is called when the keys of tokens are not rotated': {
        path: 'AlarmActions',
        is: [reference('Security/Alarms/Topic')],
      },
    },
  ),
  ...ageWatch(stack, `${rotation}/Age`, 'the choice of a key'),
];
