import * as kms from 'aws-cdk-lib/aws-kms';
import { privateQueue } from '../../lib/aws/private-queue';
import { templateOf, testStack } from '../support/aws';
import { only } from '../support/template';

describe('privateQueue', () => {
  const stack = testStack();
  const key = new kms.Key(stack, 'Key', { enableKeyRotation: true });
  const template = templateOf(privateQueue(stack, 'Queue', { key, queueName: 'letters' }));

  test('is encrypted with the key, and named as it is told', () => {
    const { properties } = only(template, 'AWS::SQS::Queue');
    expect(properties).toMatchObject({ QueueName: 'letters', KmsDataKeyReusePeriodSeconds: 900 });
    expect(properties['KmsMasterKeyId']).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] });
    expect(properties).not.toHaveProperty('SqsManagedSseEnabled');
  });

  test('refuses what does not come by TLS', () => {
    const { PolicyDocument } = only(template, 'AWS::SQS::QueuePolicy').properties;
    expect(PolicyDocument.Statement).toEqual([
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    ]);
  });

  test.each(['AWS::SQS::Queue', 'AWS::SQS::QueuePolicy'])('keeps its %s when its stack goes', (type) => {
    expect(only(template, type)).toMatchObject({
      deletionPolicy: 'RetainExceptOnCreate',
      updateReplacePolicy: 'Retain',
    });
  });
});
