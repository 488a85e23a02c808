import { about, type Row } from '../../support/about';
import { atLeast, containing, like, oneOf } from '../../support/matchers';
import { account, key } from './facts';

export const logs: Row = {
  row: 'cluster, service: logs and secrets',
  expectations: [
    ...about(
      { type: 'AWS::Logs::LogGroup' },
      {
        'every log is encrypted with a customer key': { path: 'KmsKeyId', is: oneOf(key.logs, key.edge) },
        'every log is kept for a year': { path: 'RetentionInDays', is: 365 },
        'every log outlives its stack': { path: 'DeletionPolicy', is: 'Retain' },
        'every log outlives a replacement': { path: 'UpdateReplacePolicy', is: 'Retain' },
      },
    ),
    ...about(
      { stack: 'Security', type: 'AWS::SecretsManager::Secret', count: 14 },
      {
        'secrets of the platform are encrypted with the key of secrets': { path: 'KmsKeyId', is: key.secrets },
        'secrets of the platform outlive their stack': { path: 'DeletionPolicy', is: 'Retain' },
        'secrets of the platform outlive a replacement': { path: 'UpdateReplacePolicy', is: 'Retain' },
        'secrets of the platform are found by name': { path: 'Name', is: like(/^retailflow-production\//) },
        'secrets of the platform are long until somebody writes them': {
          path: 'GenerateSecretString.PasswordLength',
          is: atLeast(32),
        },
      },
    ),
    ...about(
      {
        stack: 'Security',
        type: 'AWS::SecretsManager::Secret',
        through: { type: 'AWS::SecretsManager::ResourcePolicy', by: 'SecretId' },
      },
      {
        'no other account gets at a secret': {
          path: 'ResourcePolicy.Statement',
          is: containing({ Effect: 'Deny', Condition: { StringNotEquals: { 'aws:PrincipalAccount': account } } }),
        },
        'no policy makes a secret public': { path: 'BlockPublicPolicy', is: true },
      },
    ),
    ...about(
      {
        stack: 'Data',
        type: 'AWS::SecretsManager::Secret',
        count: 2,
        through: { type: 'AWS::SecretsManager::ResourcePolicy', by: 'SecretId' },
      },
      {
        'no other account gets at the password of a cache user': {
          path: 'ResourcePolicy.Statement',
          is: containing({ Effect: 'Deny', Condition: { StringNotEquals: { 'aws:PrincipalAccount': account } } }),
        },
        'no policy makes the password of a cache user public': { path: 'BlockPublicPolicy', is: true },
      },
    ),
  ],
};
