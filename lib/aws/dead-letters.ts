import { aws_sqs as sqs, Duration } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { privateQueue } from './private-queue';

/** The longest that SQS keeps a message: people need weekends and holidays to look at dead letters. */
const deadLetterRetention = Duration.days(14);

export interface DeadLetterSettings {
  readonly key: kms.IKey;
  /** Ordered letters need an ordered queue. */
  readonly fifo: boolean;
  /** Which queues may put their dead letters here. @default - none, letters come from elsewhere */
  readonly sources?: readonly sqs.IQueue[];
}

/** An encrypted queue for messages that could not be processed or delivered; it outlives its stack. */
export function deadLetterQueue(
  scope: Construct,
  id: string,
  { key, fifo, sources = [] }: DeadLetterSettings,
): sqs.Queue {
  return privateQueue(scope, id, {
    ...(fifo ? { fifo } : {}),
    key,
    retentionPeriod: deadLetterRetention,
    redriveAllowPolicy:
      sources.length === 0
        ? { redrivePermission: sqs.RedrivePermission.DENY_ALL }
        : { redrivePermission: sqs.RedrivePermission.BY_QUEUE, sourceQueues: [...sources] },
  });
}
