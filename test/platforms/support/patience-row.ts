import { about } from './about';
import type { Expectation } from './expectations';
import { reference } from './graph';

/** A queue whose messages are tried again, and what is told of how. */
export interface PatienceExpected {
  /** Queues from which the service receives, by the id of their construct, and how often each message is tried. */
  readonly queues: Readonly<Record<string, number>>;
  /** Service that receives, by the word of its stack. */
  readonly service: string;
  /** Variables of its channels: how long a call may take, in milliseconds. */
  readonly timeouts: Readonly<Record<string, number>>;
}

/** Whoever tells people tries again, gives up what is dead, calls somebody for it, and leaves alone who does not answer. */
export const patienceExpectations = ({ queues, service, timeouts }: PatienceExpected): readonly Expectation[] => [
  ...Object.entries(queues).flatMap(([queue, tries]) => [
    ...about(
      { stack: 'Messaging', type: 'AWS::SQS::Queue', where: new RegExp(`^Messaging/${queue}/Queue$`), count: 1 },
      {
        [`what ${queue} holds is tried ${tries} times`]: { path: 'RedrivePolicy.maxReceiveCount', is: tries },
        [`what ${queue} holds is kept when it is dead`]: {
          path: 'RedrivePolicy.deadLetterTargetArn',
          is: reference(`Messaging/${queue}/DeadLetters`, 'Arn'),
        },
      },
    ),
    ...['AgeAlarm', 'DeadLettersAlarm'].flatMap((alarm) =>
      about(
        {
          stack: 'Messaging',
          type: 'AWS::CloudWatch::Alarm',
          where: new RegExp(`^Messaging/${queue}/${alarm}$`),
          count: 1,
        },
        {
          [`somebody is called by ${alarm} of ${queue}`]: {
            path: 'AlarmActions[*]',
            is: reference('Security/Alarms/Topic'),
          },
        },
      ),
    ),
  ]),
  ...about(
    { stack: `Service-${service}`, type: 'AWS::ECS::TaskDefinition', where: /\/Service\/Task$/, count: 1 },
    {
      ...Object.fromEntries(
        Object.entries({ ...timeouts, BREAKER_FAILURES: 5, BREAKER_REST_SECONDS: 30 }).map(([variable, is]) => [
          `${service} is told ${variable}`,
          { path: `ContainerDefinitions[Name=app].Environment[Name=${variable}].Value`, is },
        ]),
      ),
    },
  ),
];
