import { about } from './about';
import type { Expectation } from './expectations';
import { reference } from './graph';
import { all, like, present, withoutText } from './matchers';

/** It is looked how old something is, by whoever reads no secret. */
export const ageWatch = (stack: string, construct: string, what: string): readonly Expectation[] => {
  const below = (rest: string): RegExp => new RegExp(`^${construct}/${rest}`);
  return [
    ...about(
      { stack, type: 'AWS::Events::Rule', where: below('Schedule$'), count: 1 },
      {
        [`it is looked twice a day how old ${what} is`]: { path: 'ScheduleExpression', is: 'rate(12 hours)' },
        [`whoever looks how old ${what} is is started`]: {
          path: 'Targets[*].Arn',
          is: reference(`${construct}/Function`, 'Arn'),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::Lambda::Permission', where: below(''), count: 1 },
      {
        [`a schedule starts whoever looks how old ${what} is`]: {
          path: 'SourceArn',
          is: reference(`${construct}/Schedule`, 'Arn'),
        },
        [`nobody but events starts whoever looks how old ${what} is`]: {
          path: 'Principal',
          is: 'events.amazonaws.com',
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::Lambda::Function', where: below('Function$'), count: 1 },
      {
        [`it is looked how old ${what} is by a runtime that is maintained`]: { path: 'Runtime', is: like(/^nodejs24/) },
        [`whoever looks how old ${what} is logs into an encrypted log`]: {
          path: 'LoggingConfig.LogGroup',
          is: reference(`${construct}/Logs`),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::IAM::ManagedPolicy', where: below('Policy$'), count: 1 },
      {
        [`whoever looks how old ${what} is reads no secret`]: {
          path: 'PolicyDocument.Statement[*].Action',
          is: all(present, withoutText(/GetSecretValue|PutSecretValue|kms:/)),
        },
      },
    ),
  ];
};
