import { Match, type Template } from 'aws-cdk-lib/assertions';
import { SiteHealth } from '../../lib/aws/site-health';
import { findings, surroundings, templateOf, testStack } from '../support/aws';

function made(alarms: Readonly<Record<string, readonly string[]>>): {
  template: Template;
  findings: readonly string[];
} {
  const stack = testStack();
  const health = new SiteHealth(stack, 'Health', {
    edgeHost: 'd1example.cloudfront.net',
    readyPath: '/api/.well-known/ready',
    silent: { region: 'ap-southeast-1', alarms },
    latch: { host: 'recovery.shop.example.com', path: '/leader.json', says: '"leader":"recovery"' },
    alarms: surroundings(stack).alarms,
  });
  return { template: templateOf(health), findings: findings(health) };
}

const config = (template: Template, properties: object): readonly string[] =>
  Object.keys(
    template.findResources('AWS::Route53::HealthCheck', {
      Properties: { HealthCheckConfig: properties },
    }),
  );

describe('whether names may lead to the primary', () => {
  const { findings: open, template } = made({ store: ['store-silent'] });
  const children = ['Edge', 'Database-store', 'NotLatched'].map((id) => id.replace('-', ''));

  test('is judged by all of it: edge, every database, and that no other site leads', () => {
    template.resourceCountIs('AWS::Route53::HealthCheck', 4);
    template.hasResourceProperties('AWS::Route53::HealthCheck', {
      HealthCheckConfig: {
        Type: 'CALCULATED',
        HealthThreshold: 3,
        ChildHealthChecks: children.map((id) => ({ Ref: Match.stringLikeRegexp(`^Health${id}[0-9A-F]{8}$`) })),
      },
    });
  });

  test('asks the edge under a name that nobody moves, every ten seconds, and gives it up after three', () => {
    expect(
      config(template, {
        Type: 'HTTPS',
        FullyQualifiedDomainName: 'd1example.cloudfront.net',
        ResourcePath: '/api/.well-known/ready',
        RequestInterval: 10,
        FailureThreshold: 3,
        EnableSNI: true,
        Inverted: false,
      }),
    ).toHaveLength(1);
  });

  test('takes the silence of a database for its loss', () => {
    expect(
      config(template, {
        Type: 'CLOUDWATCH_METRIC',
        AlarmIdentifier: { Name: 'store-silent', Region: 'ap-southeast-1' },
        InsufficientDataHealthStatus: 'Unhealthy',
      }),
    ).toHaveLength(1);
  });

  test('is no while the object says that another site leads, and not for want of the object', () => {
    expect(
      config(template, {
        Type: 'HTTPS_STR_MATCH',
        FullyQualifiedDomainName: 'recovery.shop.example.com',
        ResourcePath: '/leader.json',
        SearchString: '"leader":"recovery"',
        Inverted: true,
      }),
    ).toHaveLength(1);
  });

  test('calls somebody as soon as it is no', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/Route53',
      MetricName: 'HealthCheckStatus',
      Statistic: 'Minimum',
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      EvaluationPeriods: 1,
      AlarmActions: [Match.anyValue()],
    });
  });

  test('leaves no finding open', () => {
    expect(open).toEqual([]);
  });
});

test('a database of several servers is lost when all of them are silent', () => {
  const { template } = made({ store: ['silent', 'silent-2', 'silent-3'] });
  expect(config(template, { Type: 'CLOUDWATCH_METRIC' })).toHaveLength(3);
  expect(config(template, { Type: 'CALCULATED', HealthThreshold: 1 })).toHaveLength(1);
  expect(config(template, { Type: 'CALCULATED', HealthThreshold: 3 })).toHaveLength(1);
});
