import { aws_kms as kms, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { serviceStatement, serviceUses } from './key-statements';

export interface RegionKeyProps {
  /** What names of the stage begin with. */
  readonly prefix: string;
  /** What the platform has in the region; ends the alias by which people find the key. */
  readonly word: 'edge' | 'journeys';
}

/**
 * The one customer key of a region in which only one thing of the platform stands: it encrypts its logs, and what its alarms
 * and findings tell. Such a region needs no more of them. What is handed out cannot change the key's policy.
 */
export function regionKey(scope: Construct, id: string, { prefix, word }: RegionKeyProps): kms.IKey {
  const { account, partition, region } = Stack.of(scope);
  const key = new kms.Key(scope, id, {
    description: `${prefix} ${word}`,
    alias: `${prefix}/${word}`,
    enableKeyRotation: true,
    pendingWindow: Duration.days(30),
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const { logs, messaging } = serviceUses({ account, partition, region });
  for (const use of [...logs, ...messaging.filter(({ sid }) => sid === 'AlarmsNotify' || sid === 'EventsNotify')]) {
    key.addToResourcePolicy(serviceStatement(use));
  }
  return kms.Key.fromKeyArn(scope, `${id}Handle`, key.keyArn);
}
