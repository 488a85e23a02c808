import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { serviceStatement, serviceUses } from './key-statements';

/**
 * The one customer key of the edge's region: it encrypts the edge's logs, and what its alarms and findings tell. A region
 * with nothing but the edge needs no more of them. People find it by its alias, which begins with the given prefix. What is
 * handed out cannot change the key's policy.
 */
export function edgeKey(scope: Construct, id: string, prefix: string): kms.IKey {
  const { account, partition, region } = Stack.of(scope);
  const key = new kms.Key(scope, id, {
    description: `${prefix} edge`,
    alias: `${prefix}/edge`,
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
