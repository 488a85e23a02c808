import { Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { serviceUses, type KeyName } from '../../lib/aws/key-statements';
import { Keys } from '../../lib/aws/keys';
import { account, findings, region, templateOf, testStack } from '../support/aws';
import { remember } from '../support/remember';

const names: readonly KeyName[] = ['data', 'messaging', 'logs', 'secrets'];

function made() {
  const stack = testStack();
  return { stack, keys: new Keys(stack, 'Keys', { platform: { name: 'retailflow', stageName: 'production' } }) };
}

const template = remember(() => templateOf(made().stack));
const named = (name: KeyName) => ({ Description: `retailflow-production ${name}` });

describe('the keys', () => {
  test('are four', () => {
    template().resourceCountIs('AWS::KMS::Key', 4);
  });

  test.each(names)('%s is rotated', (name) => {
    template().hasResourceProperties('AWS::KMS::Key', { ...named(name), EnableKeyRotation: true });
  });

  test.each(names)('%s outlives its stack, and waits 30 days before it is deleted', (name) => {
    template().hasResource('AWS::KMS::Key', {
      Properties: { ...named(name), PendingWindowInDays: 30 },
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
  });

  test.each(names)('%s is found by its alias', (name) => {
    const id = `Keys${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    template().hasResourceProperties('AWS::KMS::Alias', {
      AliasName: `alias/retailflow-production/${name}`,
      TargetKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp(`^${id}[0-9A-F]{8}$`), 'Arn'] },
    });
  });

  test.each(names)('%s is left to the permissions of the account, and admits the services of the table', (name) => {
    const [key] = Object.values(template().findResources('AWS::KMS::Key', { Properties: named(name) }));
    const [root, ...services] = (key?.['Properties'].KeyPolicy.Statement ?? []) as readonly Record<string, unknown>[];
    expect(root).toEqual({
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: 'kms:*',
      Resource: '*',
    });
    const expected = serviceUses({ partition: 'aws', account, region })[name];
    expect(services.map(({ Sid, Principal, Condition }) => [Sid, Principal, Condition])).toEqual(
      expected.map(({ sid, service, conditions }) => [sid, { Service: service }, conditions]),
    );
  });

  test('leave no finding open', () => {
    expect(findings(made().stack)).toEqual([]);
  });

  test('are changed by nobody: what other stacks encrypt and grant stays in their own', () => {
    const alone = templateOf(made().stack).toJSON();
    const { stack, keys } = made();
    const other = new Stack(stack.node.root, 'Other', { env: { account, region } });
    const role = new iam.Role(other, 'Role', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
    keys.data.grantEncryptDecrypt(role);
    const queue = new sqs.Queue(other, 'Queue', { encryptionMasterKey: keys.messaging });
    new sns.Topic(other, 'Topic', { masterKey: keys.messaging }).addSubscription(new SqsSubscription(queue));
    new secretsmanager.Secret(other, 'Secret', { encryptionKey: keys.secrets }).grantRead(role);
    const { Outputs, ...together } = templateOf(stack).toJSON() as { Outputs: object };
    expect(Object.keys(Outputs)).toHaveLength(3);
    expect(together).toEqual(alone);
    templateOf(other).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Action: Match.arrayWith(['kms:Decrypt', 'kms:Encrypt']), Effect: 'Allow' }),
        ]),
      },
    });
  });
});
