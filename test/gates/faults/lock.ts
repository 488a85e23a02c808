import { Stack } from 'aws-cdk-lib';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Fault } from '../support/fault';
import { all, first, stackOf } from '../support/tree';
import { STRAYS } from './strays';

const LOST = 'retailflow-production/Data';

/** What the lock of everything that holds data must find. */
export const lock: readonly Fault[] = [
  {
    rule: 'stateful-lock',
    says: `AWS::RDS::DBCluster has left ${LOST}, or has another logical id there, which loses the database`,
    plant: (app) => {
      const cluster = first(stackOf(app, 'Data'), rds.CfnDBCluster);
      cluster.overrideLogicalId('Renamed');
      return cluster;
    },
  },
  {
    rule: 'stateful-lock',
    says: 'AWS::RDS::DBCluster holds data and is not in the lock yet: run npm run lock',
    plant: (app) => first(stackOf(app, 'Data'), rds.CfnDBCluster),
  },
  {
    rule: 'stateful-lock',
    says: "restore the construct's place and id (overrideLogicalId), or on purpose, run npm run lock -- --accept-loss ",
    plant: (app) => {
      const secret = first(stackOf(app, 'Security'), secretsmanager.CfnSecret);
      secret.node.scope?.node.tryRemoveChild(secret.node.id);
      return secret;
    },
  },
  {
    rule: 'stateful-lock',
    says: 'must be AWS::SecretsManager::Secret, got AWS::SQS::Queue, which loses the secret',
    plant: (app) => {
      const stack = stackOf(app, 'Security');
      const secret = all(stack, secretsmanager.CfnSecret).at(-1) as secretsmanager.CfnSecret;
      const logicalId = Stack.of(secret).resolve(secret.logicalId) as string;
      secret.node.scope?.node.tryRemoveChild(secret.node.id);
      const queue = new sqs.CfnQueue(stack, 'Retyped');
      queue.overrideLogicalId(logicalId);
      return queue;
    },
  },
  ...STRAYS.map((stage) => ({
    rule: 'stateful-lock',
    says: `and no platform declares it any more: restore the stage, or, once it is gone on purpose, run npm run lock -- --accept-loss ${stage}`,
    plant: () => stage,
  })),
];
