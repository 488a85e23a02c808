import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { DomainRecords, publicZone, type DomainRecordsProps } from '../../lib/aws/dns';
import { findings, testStack } from '../support/aws';

type Given = Partial<Pick<DomainRecordsProps, 'recoverable'>> & {
  readonly zoneName?: string;
  readonly stands?: boolean;
};

function made({ recoverable = true, stands = false, zoneName = 'example.com' }: Given) {
  const stack = testStack();
  const records = new DomainRecords(stack, 'Records', {
    domain: 'shop.example.com',
    zone: publicZone(stack, 'Zone', { id: 'Z0EXAMPLE0SHOP', name: zoneName }),
    distribution: cloudfront.Distribution.fromDistributionAttributes(stack, 'Distribution', {
      distributionId: 'E1EXAMPLE',
      domainName: 'd1example.cloudfront.net',
    }),
    recoverable,
    second: stands
      ? {
          primary: route53.HealthCheck.fromHealthCheckId(stack, 'Health', 'well'),
          host: 'shop-x.z01.azurefd.net',
          address: '20.1.2.5',
          ownName: 'recovery.shop.example.com',
        }
      : undefined,
  });
  return { records, template: Template.fromStack(stack) };
}

const record = (type: string, properties: object) => ({
  Type: type,
  HostedZoneId: 'Z0EXAMPLE0SHOP',
  Name: 'shop.example.com.',
  ...properties,
});
const first = { SetIdentifier: 'primary', Weight: 100, Failover: Match.absent() };
const second = { SetIdentifier: 'recovery', Weight: 0, HealthCheckId: Match.absent(), TTL: '60' };

describe('a domain below the name of its zone', () => {
  test('is another name of the edge, first of two, whose health nobody asks for while there is no second', () => {
    const { template } = made({});
    template.resourceCountIs('AWS::Route53::RecordSet', 1);
    template.hasResourceProperties(
      'AWS::Route53::RecordSet',
      record('CNAME', {
        ...first,
        ResourceRecords: ['d1example.cloudfront.net'],
        TTL: '60',
        HealthCheckId: Match.absent(),
      }),
    );
  });

  test('leads to the other site when the first is not well, and the other site has a name of its own', () => {
    const { template } = made({ stands: true });
    template.resourceCountIs('AWS::Route53::RecordSet', 3);
    template.hasResourceProperties('AWS::Route53::RecordSet', record('CNAME', { ...first, HealthCheckId: 'well' }));
    template.hasResourceProperties(
      'AWS::Route53::RecordSet',
      record('CNAME', { ...second, ResourceRecords: ['shop-x.z01.azurefd.net'] }),
    );
    template.hasResourceProperties('AWS::Route53::RecordSet', {
      Name: 'recovery.shop.example.com.',
      Type: 'CNAME',
      ResourceRecords: ['shop-x.z01.azurefd.net'],
      Weight: Match.absent(),
    });
  });
});

describe('a domain that is the name of its zone', () => {
  const zoneName = 'shop.example.com';

  test('leads to the edge by aliases, for IPv6 as well where no other site ever serves it', () => {
    const { template } = made({ zoneName, recoverable: false });
    template.resourceCountIs('AWS::Route53::RecordSet', 2);
    for (const type of ['A', 'AAAA']) {
      template.hasResourceProperties(
        'AWS::Route53::RecordSet',
        record(type, { ...first, AliasTarget: Match.objectLike({ DNSName: 'd1example.cloudfront.net' }) }),
      );
    }
  });

  test('has addresses alone, of the types that both sites have', () => {
    const { template } = made({ zoneName, stands: true });
    template.hasResourceProperties('AWS::Route53::RecordSet', record('A', { ...first, HealthCheckId: 'well' }));
    template.hasResourceProperties(
      'AWS::Route53::RecordSet',
      record('A', { ...second, ResourceRecords: ['20.1.2.5'] }),
    );
    template.resourcePropertiesCountIs('AWS::Route53::RecordSet', { Type: 'AAAA' }, 0);
  });
});

test.each([{}, { stands: true }, { zoneName: 'shop.example.com' }])('%p leaves no finding open', (given) => {
  expect(findings(made(given).records)).toEqual([]);
});

test('nothing is looked up, and no zone is made', () => {
  made({ stands: true }).template.resourceCountIs('AWS::Route53::HostedZone', 0);
});
