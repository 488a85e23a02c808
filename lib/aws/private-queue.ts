import { aws_sqs as sqs, Duration, RemovalPolicy } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

/** How long SQS uses a data key before it asks for another. Longer is cheaper; a revoked key works on for as long. */
const dataKeyReuse = Duration.minutes(15);

export interface PrivateQueueProps extends Omit<
  sqs.QueueProps,
  'encryption' | 'encryptionMasterKey' | 'dataKeyReuse' | 'enforceSSL' | 'removalPolicy'
> {
  readonly key: kms.IKey;
}

/**
 * A queue that is encrypted with a customer key and refuses what does not come by TLS. It outlives its stack, and so does
 * its policy: CloudFormation would else take away what refuses plain requests, and leave the messages.
 */
export function privateQueue(scope: Construct, id: string, { key, ...props }: PrivateQueueProps): sqs.Queue {
  const queue = new sqs.Queue(scope, id, {
    ...props,
    encryptionMasterKey: key,
    dataKeyReuse,
    enforceSSL: true,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
  (queue.node.findChild('Policy') as sqs.QueuePolicy).applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  return queue;
}
