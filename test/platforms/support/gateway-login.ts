import { about } from './about';
import { ageWatch } from './age-watch';
import type { Expectation } from './expectations';
import { reference } from './graph';
import { containing, oneLike } from './matchers';

const stack = 'Cluster';
const rotation = 'Cluster/GatewayLogin';
const login = reference('Data/CacheUsers/GatewayUserPassword');

/** The password by which the gateway logs in to its cache is not used for ever. */
export const gatewayLogin = (user: string): readonly Expectation[] => [
  ...about(
    { stack, type: 'AWS::SecretsManager::RotationSchedule', count: 1 },
    {
      'the password of the gateway at its cache is rotated': { path: 'SecretId', is: login },
      'the password of the gateway is used for a month': {
        path: 'RotationRules.ScheduleExpression',
        is: 'rate(30 days)',
      },
      'a function rotates the password of the gateway': {
        path: 'RotationLambdaARN',
        is: reference(`${rotation}/Function`, 'Arn'),
      },
      'the password of the gateway is rotated when there are gateways': {
        path: 'DependsOn',
        is: containing('Cluster/Gateway/Service/Service', `${rotation}/Start`),
      },
    },
  ),
  ...about(
    { stack, type: 'AWS::Lambda::Permission', where: /GatewayLogin\/Start$/, count: 1 },
    {
      'Secrets Manager starts the rotation of the gateway’s password': {
        path: 'Principal',
        is: 'secretsmanager.amazonaws.com',
      },
      'only the secret of the gateway’s password starts its rotation': { path: 'SourceArn', is: login },
    },
  ),
  ...about(
    { stack, type: 'AWS::Lambda::Function', where: /GatewayLogin\/Function$/, count: 1 },
    {
      'the gateway starts anew with its new password': {
        path: 'Environment.Variables.SERVICE',
        is: reference('Cluster/Gateway/Service/Service', 'Name'),
      },
      'the cache admits the gateway’s user with its new password': {
        path: 'Environment.Variables.USER_ID',
        is: user,
      },
      'steps of the rotation that were given up are kept': {
        path: 'DeadLetterConfig.TargetArn',
        is: reference(`${rotation}/DeadLetters`, 'Arn'),
      },
    },
  ),
  ...about(
    { stack, type: 'AWS::IAM::ManagedPolicy', where: /GatewayLogin\/Policy$/, count: 1 },
    {
      'whoever rotates the gateway’s password reads and writes no other secret': {
        path: 'PolicyDocument.Statement',
        is: containing({ Action: ['secretsmanager:PutSecretValue'], Resource: login }),
      },
      'whoever rotates the gateway’s password starts no other service anew': {
        path: 'PolicyDocument.Statement[Action=ecs:UpdateService].Resource',
        is: reference('Cluster/Gateway/Service/Service'),
      },
      'whoever rotates the gateway’s password changes no other user': {
        path: 'PolicyDocument.Statement[*].Resource',
        is: oneLike(new RegExp(`:user:${user}$`)),
      },
    },
  ),
  ...ageWatch(stack, `${rotation}/Age`, 'the gateway’s password'),
];
