import { CfnResource } from 'aws-cdk-lib';
import { providerLogs } from '../../lib/aws/provider-logs';
import { surroundings, testStack } from '../support/aws';

test('fails when the CDK makes no such function, with what to look at', () => {
  const stack = testStack();
  const { key } = surroundings(stack);
  const user = new CfnResource(stack, 'User', { type: 'Custom::Other' });
  expect(() => providerLogs(stack, 'Logs', { type: 'Custom::Other', user, key, days: 90 })).toThrow(
    'Test has no function Custom::OtherCustomResourceProvider/Handler for Custom::Other: see what the CDK makes now',
  );
});
