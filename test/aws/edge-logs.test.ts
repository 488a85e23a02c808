import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { EdgeLogs } from '../../lib/aws/edge-logs';
import { surroundings, templateOf, testStack } from '../support/aws';
import { only } from '../support/template';

const fieldsOf = (addresses: boolean): readonly string[] => {
  const stack = testStack();
  const { key } = surroundings(stack);
  const distribution = cloudfront.Distribution.fromDistributionAttributes(stack, 'Distribution', {
    distributionId: 'E1',
    domainName: 'd1.cloudfront.net',
  });
  const logs = new EdgeLogs(stack, 'Logs', { distribution, prefix: 'shop', key, days: 30, addresses });
  return only(templateOf(logs), 'AWS::Logs::Delivery').properties['RecordFields'] as readonly string[];
};

test('writes down addresses of people only where they may lie, and everything else everywhere', () => {
  expect(fieldsOf(true)).toContain('c-ip');
  expect(fieldsOf(false)).toEqual(fieldsOf(true).filter((field) => field !== 'c-ip'));
});
