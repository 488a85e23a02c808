import { Match } from 'aws-cdk-lib/assertions';
import { findings, staleAcknowledgements } from '../../support/aws';
import { edgeWorld } from '../../support/edge';

const { stack, template } = edgeWorld();

describe('the stack', () => {
  test('stands where CloudFront looks, whatever the home region, and is not removed by mistake', () => {
    expect(stack.region).toBe('us-east-1');
    expect(stack.terminationProtection).toBe(true);
  });

  test('hands the firewall, the certificate and the name to the distribution', () => {
    template.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: Match.objectLike({
        WebACLId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^FirewallWebAcl'), 'Arn'] },
        ViewerCertificate: Match.objectLike({ AcmCertificateArn: { Ref: Match.stringLikeRegexp('^Certificate') } }),
        Aliases: ['shop.example.com'],
      }),
    });
    template.resourceCountIs('AWS::Route53::RecordSet', 2);
  });
});

describe('the edge’s own channel', () => {
  test('tells people in this region, encrypted by a key that CloudWatch and the logs may use', () => {
    const [key] = Object.entries(template.findResources('AWS::KMS::Key'));
    expect(key?.[1]).toMatchObject({ DeletionPolicy: 'Retain', Properties: { EnableKeyRotation: true } });
    const statements = key?.[1]['Properties']['KeyPolicy']['Statement'] as Record<string, unknown>[];
    expect(statements.map(({ Sid }) => Sid)).toEqual(
      expect.arrayContaining(['LogGroups', 'LogsInBuckets', 'AlarmsNotify']),
    );
    template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: { 'Fn::GetAtt': [key?.[0], 'Arn'] } });
    template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'on-call@example.com' });
  });

  test.each([
    ['5xxErrorRate', 1.15, 'GreaterThanThreshold'],
    ['CacheHitRate', 92, 'LessThanThreshold'],
    ['BlockedRequests', 3000, 'GreaterThanThreshold'],
    ['DaysToExpiry', 30, 'LessThanThreshold'],
  ])('hears of %s beyond %d', (metric, threshold, comparison) => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: metric,
      Threshold: threshold,
      ComparisonOperator: comparison,
      AlarmDescription: Match.stringLikeRegexp('docs/runbooks/edge.md'),
      AlarmActions: [{ Ref: Match.stringLikeRegexp('^AlarmsTopic') }],
    });
  });
});

test('leaves no finding open', () => {
  expect(findings(stack)).toEqual([]);
  expect(staleAcknowledgements(stack)).toEqual([]);
});
