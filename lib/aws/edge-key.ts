import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { serviceStatement, serviceUses } from './key-statements';

/**
 * The one customer key of the edge's region: it encrypts the edge's logs and the notifications of its alarms. A region
 * with nothing but the edge needs no more of them. People find it by its alias, which begins with the given prefix.
 */
export function edgeKey(scope: Construct, id: string, prefix: string): kms.Key {
  const { account, partition, region } = Stack.of(scope);
  const key = new kms.Key(scope, id, {
    description: `${prefix} edge`,
    alias: `${prefix}/edge`,
    enableKeyRotation: true,
    pendingWindow: Duration.days(30),
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const { logs, messaging } = serviceUses({ account, partition, region });
  for (const use of [...logs, ...messaging.filter(({ sid }) => sid === 'AlarmsNotify')]) {
    key.addToResourcePolicy(serviceStatement(use));
  }
  return key;
}
