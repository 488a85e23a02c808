import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { DomainRecords, publicZone } from '../../lib/aws/dns';
import { findings, testStack } from '../support/aws';

const stack = testStack();
const records = new DomainRecords(stack, 'Records', {
  domain: 'shop.example.com',
  zone: publicZone(stack, 'Zone', { id: 'Z0EXAMPLE0SHOP', name: 'example.com' }),
  distribution: cloudfront.Distribution.fromDistributionAttributes(stack, 'Distribution', {
    distributionId: 'E1EXAMPLE',
    domainName: 'd1example.cloudfront.net',
  }),
});
const template = Template.fromStack(stack);

test.each(['A', 'AAAA'])('%s of the domain leads to the distribution, first of two', (type) => {
  template.hasResourceProperties('AWS::Route53::RecordSet', {
    Name: 'shop.example.com.',
    Type: type,
    HostedZoneId: 'Z0EXAMPLE0SHOP',
    SetIdentifier: 'primary',
    Weight: 100,
    Failover: Match.absent(),
    AliasTarget: Match.objectLike({ DNSName: 'd1example.cloudfront.net' }),
  });
});

test('nothing is looked up, and no zone is made', () => {
  template.resourceCountIs('AWS::Route53::HostedZone', 0);
  template.resourceCountIs('AWS::Route53::RecordSet', 2);
});

test('leaves no finding open', () => {
  expect(findings(records)).toEqual([]);
});
