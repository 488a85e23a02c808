import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Balancer, idleSeconds, originHost, serviceHost, type BalancerProps } from '../../lib/aws/balancer';
import { findings, region, staleAcknowledgements, surroundings, templateOf, testStack } from '../support/aws';
import { allOf, only } from '../support/template';

const certificateArn = `arn:aws:acm:${region}:111122223333:certificate/one`;

function made(overrides: Partial<BalancerProps> = {}) {
  const stack = testStack();
  const subject = new Balancer(stack, 'Balancer', {
    vpc: surroundings(stack).vpc,
    domain: 'shop.example.com',
    certificate: acm.Certificate.fromCertificateArn(stack, 'Certificate', certificateArn),
    accessLogs: new s3.Bucket(stack, 'AccessLogs'),
    protected: true,
    ...overrides,
  });
  return { subject, template: templateOf(stack) };
}

const attributesOf = ({ template }: ReturnType<typeof made>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    only(template, 'AWS::ElasticLoadBalancingV2::LoadBalancer').properties['LoadBalancerAttributes'].map(
      ({ Key, Value }: { Key: string; Value: unknown }) => [Key, Value],
    ),
  );

describe('Balancer', () => {
  const balancer = made();
  const { subject, template } = balancer;
  const { properties } = only(template, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
  const attributes = attributesOf(balancer);
  const listeners = allOf(template, 'AWS::ElasticLoadBalancingV2::Listener').map((listener) => listener.properties);

  test.each([
    ['has no public address', properties['Scheme'], 'internal'],
    ['stands in every zone', properties['Subnets'].length, 3],
    ['stands in the private subnets', properties['Subnets'][0].Ref.startsWith('Vpcapp'), true],
    ['cannot be deleted by mistake', attributes['deletion_protection.enabled'], 'true'],
    ['drops headers that are none', attributes['routing.http.drop_invalid_header_fields.enabled'], 'true'],
    ['refuses ambiguous requests', attributes['routing.http.desync_mitigation_mode'], 'strictest'],
    ['says who asked', attributes['routing.http.xff_header_processing.mode'], 'append'],
    ['writes an access log', attributes['access_logs.s3.enabled'], 'true'],
    ['writes it to the bucket for it', attributes['access_logs.s3.bucket'], { Ref: 'AccessLogs8B620ECA' }],
    ['writes it apart from other logs', attributes['access_logs.s3.prefix'], 'load-balancer'],
    ['writes a log of connections', attributes['connection_logs.s3.enabled'], 'true'],
    ['writes that to the same bucket', attributes['connection_logs.s3.bucket'], { Ref: 'AccessLogs8B620ECA' }],
    ['writes that apart, too', attributes['connection_logs.s3.prefix'], 'load-balancer-connections'],
    ['keeps connections a little longer than the gateway does', attributes['idle_timeout.timeout_seconds'], '65'],
    ['has no physical name', properties['Name'], undefined],
  ])('%s', (_title, got, expected) => {
    expect(got).toEqual(expected);
  });

  test('listens for the edge, for the gateway and for tests', () => {
    expect(listeners.map(({ Port }) => Port)).toEqual([443, 8443, 9443]);
  });

  test.each([0, 1, 2])('listener %d takes TLS 1.2 and later with its certificate, and plain HTTP never', (index) => {
    expect(listeners[index]).toMatchObject({
      Protocol: 'HTTPS',
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
      Certificates: [{ CertificateArn: certificateArn }],
    });
  });

  test.each([0, 1, 2])('listener %d answers 404 to what no rule knows', (index) => {
    expect(listeners[index]?.['DefaultActions']).toEqual([
      {
        Type: 'fixed-response',
        FixedResponseConfig: {
          StatusCode: '404',
          ContentType: 'application/json',
          MessageBody: '{"error":"not found"}',
        },
      },
    ]);
  });

  test('lets nobody in and goes nowhere by itself', () => {
    const group = only(template, 'AWS::EC2::SecurityGroup', 'BalancerSecurityGroup').properties;
    expect(group).not.toHaveProperty('SecurityGroupIngress');
    expect(group['SecurityGroupEgress']).toEqual([expect.objectContaining({ CidrIp: '255.255.255.255/32' })]);
    expect(allOf(template, 'AWS::EC2::SecurityGroupIngress')).toEqual([]);
    expect(allOf(template, 'AWS::EC2::SecurityGroupEgress')).toEqual([]);
  });

  test('tells where a service is', () => {
    expect(subject.upstreamUrl('order')).toBe('https://order.services.shop.example.com:8443');
    expect(serviceHost('shop.example.com', 'order')).toBe('order.services.shop.example.com');
    expect(originHost('shop.example.com')).toBe('origin.shop.example.com');
  });

  test('has no finding that nobody answered, and no answer without a finding', () => {
    expect(findings(subject)).toEqual([]);
    expect(staleAcknowledgements(subject)).toEqual([]);
  });

  test('of a stage that is not protected can be deleted, and says so', () => {
    const unprotected = made({ protected: false });
    expect(attributesOf(unprotected)['deletion_protection.enabled']).toBe('false');
    expect(findings(unprotected.subject)).toEqual([]);
    expect(staleAcknowledgements(unprotected.subject)).toEqual([]);
  });

  test('waits for the slowest answer', () => {
    expect(attributesOf(made({ longestTimeoutSeconds: 120 }))['idle_timeout.timeout_seconds']).toBe('125');
  });
});

describe('idleSeconds', () => {
  test.each([
    [undefined, 65],
    [1, 65],
    [60, 65],
    [61, 66],
    [900, 905],
  ])('for answers of %s s are %d', (longest, seconds) => {
    expect(idleSeconds(longest)).toBe(seconds);
  });
});
