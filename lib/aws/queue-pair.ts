import { ArnFormat, aws_sqs as sqs, Duration, Names, Stack } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { deadLetterQueue } from './dead-letters';
import { privateQueue, type PrivateQueueProps } from './private-queue';

/** The longest that a request for messages may wait for one. Shorter costs requests and finds nothing. */
const longPoll = Duration.seconds(20);

export interface QueuePairProps extends Omit<
  PrivateQueueProps,
  'deadLetterQueue' | 'queueName' | 'receiveMessageWaitTime'
> {
  readonly key: kms.IKey;
  /** A message that was received so often and never done goes to the dead letters. */
  readonly maxReceives: number;
}

/** A queue, and what nobody could do of its messages. */
export interface QueuePair {
  readonly queue: sqs.Queue;
  readonly deadLetters: sqs.Queue;
}

/** Puts a queue and its dead letters into a scope of their own. */
export function queuePair(scope: Construct, { maxReceives, ...props }: QueuePairProps): QueuePair {
  const fifo = props.fifo === true;
  // The dead letters admit one queue by its ARN and are made before it, so its name must be known by then.
  const queueName = `${Names.uniqueResourceName(scope, { maxLength: 75 })}${fifo ? '.fifo' : ''}`;
  const arn = Stack.of(scope).formatArn({
    service: 'sqs',
    resource: queueName,
    arnFormat: ArnFormat.NO_RESOURCE_NAME,
  });
  const source = sqs.Queue.fromQueueArn(scope, 'Source', arn);
  const deadLetters = deadLetterQueue(scope, 'DeadLetters', { key: props.key, fifo, sources: [source] });
  const queue = privateQueue(scope, 'Queue', {
    receiveMessageWaitTime: longPoll,
    ...props,
    queueName,
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: maxReceives },
  });
  return { queue, deadLetters };
}
