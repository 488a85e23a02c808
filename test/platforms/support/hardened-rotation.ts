import type { Hardened } from './mutations';

/** What of a rotation by a function cannot be lost unnoticed. */
export const hardenedRotation: Readonly<Record<string, readonly Hardened[]>> = {
  'AWS::Lambda::Permission': [
    {},
    { path: 'Principal', weak: ['*'] },
    { path: 'SourceArn', weak: ['arn:of:somebody:else'] },
  ],
  'AWS::SecretsManager::RotationSchedule': [
    {},
    { path: 'SecretId', weak: ['arn:of:somebody:else'] },
    { path: 'RotationLambdaARN', weak: ['arn:of:somebody:else'] },
    { path: 'RotationRules.ScheduleExpression', weak: ['rate(400 days)'] },
  ],
};
