import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { DomainRecords, publicZone } from '../../lib/aws/dns';
import { leaderText } from '../../lib/recovery/leader';
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

describe('with a recovery site', () => {
  const other = testStack();
  const both = new DomainRecords(other, 'Records', {
    domain: 'shop.example.com',
    zone: publicZone(other, 'Zone', { id: 'Z0EXAMPLE0SHOP', name: 'example.com' }),
    distribution: cloudfront.Distribution.fromDistributionAttributes(other, 'Distribution', {
      distributionId: 'E1EXAMPLE',
      domainName: 'd1example.cloudfront.net',
    }),
    recovery: {
      address: '20.212.0.7',
      latch: { host: 'recovery.shop.example.com', path: '/.well-known/mainstay-leader.json' },
    },
  });
  const pair = Template.fromStack(other);

  test('the domain leads there when the latch says so, and nowhere else while it cannot be read', () => {
    pair.hasResourceProperties('AWS::Route53::HealthCheck', {
      HealthCheckConfig: {
        Type: 'HTTPS_STR_MATCH',
        FullyQualifiedDomainName: 'recovery.shop.example.com',
        ResourcePath: '/.well-known/mainstay-leader.json',
        SearchString: '"leader":"recovery"',
        Inverted: true,
        EnableSNI: true,
        RequestInterval: 10,
        FailureThreshold: 3,
      },
    });
    pair.hasResourceProperties('AWS::Route53::RecordSet', {
      SetIdentifier: 'primary',
      Type: 'A',
      Weight: 100,
      HealthCheckId: { Ref: Match.stringLikeRegexp('^RecordsLatch') },
    });
    pair.hasResourceProperties('AWS::Route53::RecordSet', {
      SetIdentifier: 'recovery',
      Type: 'A',
      Weight: 0,
      TTL: '60',
      ResourceRecords: ['20.212.0.7'],
      HealthCheckId: Match.absent(),
    });
  });

  test('what is looked for is what the latch holds of that site, and of no other', () => {
    const since = '2026-11-28T10:00:00.000Z';
    expect(leaderText({ leader: 'recovery', since })).toContain('"leader":"recovery"');
    expect(leaderText({ leader: 'primary', since })).not.toContain('"leader":"recovery"');
  });

  test('there is no record that would lead to a lost primary: none of a type that the other site lacks', () => {
    pair.resourceCountIs('AWS::Route53::RecordSet', 2);
    pair.resourcePropertiesCountIs('AWS::Route53::RecordSet', { Type: 'AAAA' }, 0);
    expect(both.ipv6).toBeUndefined();
    expect(findings(both)).toEqual([]);
  });
});

test('leaves no finding open', () => {
  expect(findings(records)).toEqual([]);
});
