import { Match, Template } from 'aws-cdk-lib/assertions';
import { Certificate } from '../../lib/aws/certificate';
import { publicZone } from '../../lib/aws/dns';
import { findings, surroundings, testStack } from '../support/aws';

function made(alternatives?: readonly string[]) {
  const stack = testStack();
  const subject = new Certificate(stack, 'Certificate', {
    domain: 'origin.shop.example.com',
    ...(alternatives === undefined ? {} : { alternatives }),
    zone: publicZone(stack, 'Zone', { id: 'Z0EXAMPLE0SHOP', name: 'example.com' }),
    alarms: surroundings(stack).alarms,
  });
  return { subject, template: Template.fromStack(stack) };
}

describe('a certificate', () => {
  const { subject, template } = made(['*.services.shop.example.com']);

  test('is proved in the zone for every name', () => {
    template.hasResourceProperties('AWS::CertificateManager::Certificate', {
      DomainName: 'origin.shop.example.com',
      SubjectAlternativeNames: ['*.services.shop.example.com'],
      ValidationMethod: 'DNS',
      DomainValidationOptions: [
        { DomainName: 'origin.shop.example.com', HostedZoneId: 'Z0EXAMPLE0SHOP' },
        { DomainName: '*.services.shop.example.com', HostedZoneId: 'Z0EXAMPLE0SHOP' },
      ],
    });
  });

  test('calls somebody while there is time', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/CertificateManager',
      MetricName: 'DaysToExpiry',
      Period: 86_400,
      Threshold: 30,
      ComparisonOperator: 'LessThanThreshold',
      AlarmDescription: Match.stringLikeRegexp('docs/runbooks/edge.md'),
      AlarmActions: [Match.anyValue()],
    });
  });

  test('without other names has none', () => {
    made().template.hasResourceProperties('AWS::CertificateManager::Certificate', {
      SubjectAlternativeNames: Match.absent(),
    });
  });

  test('leaves no finding open', () => {
    expect(findings(subject)).toEqual([]);
  });
});
