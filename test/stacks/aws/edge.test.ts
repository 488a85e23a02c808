import { Match } from 'aws-cdk-lib/assertions';
import { findings, staleAcknowledgements } from '../../support/aws';
import { edgeWorld } from '../../support/edge';
import { evaluate, type MetricQuery, type Minute } from '../../support/metric-math';

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
    template.resourceCountIs('AWS::Route53::RecordSet', 1);
  });
});

describe('the names of the platform', () => {
  test('lead to the edge alone while the recovery site has not told where it is reached', () => {
    template.resourceCountIs('AWS::Route53::HealthCheck', 0);
  });

  test('lead to the recovery site when the edge or a database is lost, or the recovery site leads', () => {
    const { template: told } = edgeWorld({ told: true });
    told.resourceCountIs('AWS::Route53::RecordSet', 3);
    told.hasResourceProperties('AWS::Route53::RecordSet', {
      Name: 'shop.example.com.',
      SetIdentifier: 'primary',
      HealthCheckId: { Ref: Match.stringLikeRegexp('^HealthPrimary') },
    });
    told.hasResourceProperties('AWS::Route53::RecordSet', {
      SetIdentifier: 'recovery',
      ResourceRecords: ['shop-x.z01.azurefd.net'],
    });
    for (const config of [
      { Type: 'HTTPS', ResourcePath: '/api/.well-known/ready' },
      {
        Type: 'CLOUDWATCH_METRIC',
        AlarmIdentifier: { Name: 'retailflow-production-store-silent', Region: 'ap-southeast-1' },
      },
      {
        Type: 'HTTPS_STR_MATCH',
        FullyQualifiedDomainName: 'recovery.shop.example.com',
        ResourcePath: '/.well-known/mainstay-leader.json',
        SearchString: '"leader":"recovery"',
        Inverted: true,
      },
      { Type: 'CALCULATED', HealthThreshold: 3 },
    ]) {
      told.hasResourceProperties('AWS::Route53::HealthCheck', { HealthCheckConfig: Match.objectLike(config) });
    }
  });
});

describe('threats in the region of the edge', () => {
  test('are looked for, and told by the channel of the region', () => {
    template.hasResourceProperties('AWS::GuardDuty::Detector', { Enable: true });
    template.resourceCountIs('AWS::Events::Rule', 2);
    template.allResourcesProperties('AWS::Events::Rule', {
      State: 'ENABLED',
      Targets: [Match.objectLike({ Arn: { Ref: Match.stringLikeRegexp('^AlarmsTopic') } })],
    });
  });

  test('are told where the organisation looks for them, and looked for by it alone', () => {
    const { template: watched } = edgeWorld({ threatDetection: 'organization' });
    watched.resourceCountIs('AWS::GuardDuty::Detector', 0);
    watched.resourceCountIs('AWS::Events::Rule', 2);
  });

  test('are the business of the audit where the platform stands in the same region', () => {
    const { template: home } = edgeWorld({ region: 'us-east-1' });
    home.resourceCountIs('AWS::GuardDuty::Detector', 0);
    home.resourceCountIs('AWS::Events::Rule', 0);
  });
});

describe('the edge’s own channel', () => {
  test('tells people in this region, encrypted by a key that CloudWatch and the logs may use', () => {
    const [key] = Object.entries(template.findResources('AWS::KMS::Key'));
    expect(key?.[1]).toMatchObject({ DeletionPolicy: 'Retain', Properties: { EnableKeyRotation: true } });
    template.hasResourceProperties('AWS::KMS::Alias', {
      AliasName: 'alias/retailflow-production/edge',
      TargetKeyId: { 'Fn::GetAtt': [key?.[0], 'Arn'] },
    });
    const statements = key?.[1]['Properties']['KeyPolicy']['Statement'] as Record<string, unknown>[];
    expect(statements.map(({ Sid }) => Sid)).toEqual(
      expect.arrayContaining(['LogGroups', 'LogsInBuckets', 'AlarmsNotify', 'EventsNotify']),
    );
    const services = statements.filter(({ Principal }) => JSON.stringify(Principal).includes('amazonaws.com'));
    for (const statement of services) expect(statement).toHaveProperty('Condition');
    template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: { 'Fn::GetAtt': [key?.[0], 'Arn'] } });
    template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'on-call@example.com' });
  });

  test.each([
    ['5xxErrorRate', 1.15, 'GreaterThanThreshold'],
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

describe('files that the edge should keep', () => {
  const filters = Object.values(template.findResources('AWS::Logs::MetricFilter')).map(({ Properties }) => Properties);
  const [alarm] = Object.values(template.findResources('AWS::CloudWatch::Alarm')).filter(({ Properties }) =>
    Properties.AlarmDescription.includes('for files from its cache'),
  );
  const queries: readonly MetricQuery[] = alarm?.Properties.Metrics;
  const percent = (read: Readonly<Record<string, Minute>>) =>
    evaluate(queries, ({ Metric }) => read[Metric.MetricName]);

  test('are counted in the access log, without the API', () => {
    const files = '($.cs-uri-stem != "/api") && ($.cs-uri-stem != "/api/*")';
    const hits = '($.x-edge-result-type = "Hit") || ($.x-edge-result-type = "RefreshHit")';
    expect(filters.map(({ FilterPattern }) => FilterPattern).sort()).toEqual([
      `{ ${files} && (${hits} || ($.x-edge-result-type = "Miss")) }`,
      `{ ${files} && (${hits}) }`,
    ]);
    for (const { LogGroupName } of filters) expect(LogGroupName).toEqual({ Ref: expect.stringMatching(/^EdgeLogs/) });
    expect(JSON.stringify(template.toJSON())).not.toContain('CacheHitRate');
  });

  test.each([
    ['well kept', { FilesAsked: 10_000, FilesKept: 9500 }, 95],
    ['not kept', { FilesAsked: 10_000 }, 0],
    ['too few to say', { FilesAsked: 900, FilesKept: 1 }, 100],
    ['not asked for', {}, undefined],
  ])('%s', (_, read, expected) => {
    expect(percent(read)).toBe(expected);
  });

  test('call somebody when fewer than the goal are, for six hours', () => {
    expect(alarm?.Properties).toMatchObject({
      Threshold: 92,
      ComparisonOperator: 'LessThanThreshold',
      EvaluationPeriods: 6,
      TreatMissingData: 'notBreaching',
      AlarmActions: [{ Ref: expect.stringMatching(/^AlarmsTopic/) }],
    });
  });
});

test('leaves no finding open', () => {
  expect(findings(stack)).toEqual([]);
  expect(staleAcknowledgements(stack)).toEqual([]);
});
