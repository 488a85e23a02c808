import { Match } from 'aws-cdk-lib/assertions';
import { SecretAges } from '../../lib/aws/secret-ages';
import { secret } from '../../lib/platform/nouns/storage';
import { testFaults, testVariations } from '../support/faults';
import { problemsOf } from '../support/platform';
import { techflowWith } from '../support/techflow';
import { account, findings, region, staleAcknowledgements, surroundings, templateOf, testStack } from '../support/aws';

const arn = (name: string): string => `arn:aws:secretsmanager:${region}:${account}:secret:${name}`;
const stack = testStack();
const { alarms, key } = surroundings(stack);
const ages = new SecretAges(stack, 'SecretAges', {
  secrets: {
    slack: { entries: [arn('slack-a'), arn('slack-b')], rotateDays: 180 },
    'token-keys': { entries: [arn('token')], rotateDays: 90 },
  },
  prefix: 'shop-production',
  logsKey: key,
  logDays: 30,
  alarms,
});
const template = templateOf(ages);

test('looks twice a day', () => {
  template.hasResourceProperties('AWS::Events::Rule', {
    ScheduleExpression: 'rate(12 hours)',
    State: 'ENABLED',
    Targets: [Match.objectLike({ Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^SecretAgesFunction'), 'Arn'] } })],
  });
});

test('may ask when values were written, and read none', () => {
  const policies = JSON.stringify(template.findResources('AWS::IAM::ManagedPolicy'));
  expect(policies).not.toContain('GetSecretValue');
  template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        {
          Action: 'secretsmanager:ListSecretVersionIds',
          Effect: 'Allow',
          Resource: [arn('slack-a'), arn('slack-b'), arn('token')],
        },
      ]),
    },
  });
});

test('is told which secrets, by field', () => {
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: {
      Variables: {
        STAGE: 'shop-production',
        SECRETS: JSON.stringify([
          { name: 'slack', entries: [arn('slack-a'), arn('slack-b')] },
          { name: 'token-keys', entries: [arn('token')] },
        ]),
      },
    },
  });
});

test.each([
  ['slack', 180],
  ['token-keys', 90],
])('calls somebody when %s is older than %i days, or nobody looks', (name, days) => {
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Namespace: 'Mainstay/Secrets',
    MetricName: 'AgeDays',
    Dimensions: Match.arrayWith([{ Name: 'Secret', Value: name }]),
    Period: 86_400,
    Threshold: days,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'breaching',
    AlarmActions: [Match.anyValue()],
    AlarmDescription: Match.stringLikeRegexp('runbooks/secrets.md'),
  });
});

test('has no finding that is not answered, and no answer without a finding', () => {
  expect({ open: findings(ages), stale: staleAcknowledgements(ages) }).toEqual({ open: [], stale: [] });
});

describe('rotateDays', () => {
  const description = 'Credentials of the Slack app';
  test.each([6, 731])('cannot be %i', (rotateDays) => {
    expect(secret.safeParse({ description, fields: ['key'], rotateDays }).success).toBe(false);
  });

  testFaults([
    {
      when: 'is not said of what people gave',
      patch: { secrets: { 'mail-provider': { description, fields: ['key'] } } },
      answers: [
        {
          path: 'secrets.mail-provider.rotateDays',
          got: undefined,
          allowed: '7 to 730',
          remedy: 'write in how many days',
        },
      ],
    },
  ]);

  testVariations([
    { accepts: 'a secret that people change', patch: { secrets: { 'payment-provider': { rotateDays: 90 } } } },
  ]);

  test('is taken where all sites are on Azure, whose vault tells', () => {
    const patch = { secrets: { slack: { description, fields: ['key'], rotateDays: 90 } } };
    expect(problemsOf(techflowWith(patch))).toEqual([]);
  });
});
