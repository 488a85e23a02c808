import type { Json } from '../../../lib/review/json';
import { about } from './about';
import type { Expectation } from './expectations';
import { reference } from './graph';
import { containing } from './matchers';

const stack = 'Messaging';

/**
 * What is told of what did not arrive: to whom, and of which events.
 *
 * @param part Id of the construct of messages.
 * @param pattern What the events say, besides more.
 */
export function toldExpectations(part: string, channel: 'Email' | 'Sms', pattern: Json): readonly Expectation[] {
  const feedback = `${stack}/${part}/${channel}/Feedback`;
  const rule = reference(`${feedback}/Rule`, 'Arn');
  const byRule = containing({
    Effect: 'Allow',
    Action: 'sqs:SendMessage',
    Principal: { Service: 'events.amazonaws.com' },
    Condition: { ArnEquals: { 'aws:SourceArn': rule } },
  });
  return [
    ...about(
      { stack, type: 'AWS::Events::Rule', where: new RegExp(`^${feedback}/Rule$`), count: 1 },
      {
        [`what does not arrive by ${channel} is told to its queue`]: {
          path: 'Targets[*].Arn',
          is: reference(`${stack}/UndeliveredQueue/Queue`, 'Arn'),
        },
        [`what could not be told of ${channel} is kept`]: {
          path: 'Targets[*].DeadLetterConfig.Arn',
          is: reference(`${feedback}/Undelivered`, 'Arn'),
        },
        [`what does not arrive by ${channel} of this part is told, and of no other`]: {
          path: 'EventPattern',
          is: containing(pattern),
        },
        [`what does not arrive by ${channel} is told at all`]: { path: 'State', is: 'ENABLED' },
      },
    ),
    ...about(
      { stack, type: 'AWS::SQS::QueuePolicy', where: /\/UndeliveredQueue\/Queue\/Policy$/, count: 1 },
      { [`the queue takes events of ${channel} of this part alone`]: { path: 'PolicyDocument.Statement', is: byRule } },
    ),
    ...about(
      { stack, type: 'AWS::SQS::QueuePolicy', where: new RegExp(`^${feedback}/Undelivered/Policy$`), count: 1 },
      { [`what could not be told of ${channel} takes nothing else`]: { path: 'PolicyDocument.Statement', is: byRule } },
    ),
  ];
}
