import { Match } from 'aws-cdk-lib/assertions';
import { AccessLogBucket } from '../../lib/aws/access-log-bucket';
import { LogSearch } from '../../lib/aws/log-search';
import { logSearchObjects } from '../../lib/aws/log-search-objects';
import { stageLogs } from '../../lib/platform/nouns/logs';
import { account, findings, region, staleAcknowledgements, surroundings, templateOf, testStack } from '../support/aws';

const reader = `arn:aws:iam::${account}:role/people/support`;
const stack = testStack();
const { alarms, key, vpc } = surroundings(stack);
const { search: spec } = stageLogs.parse({
  search: { capacity: { vcpu: 2, memoryGiB: 16 }, keepDays: 45, readers: [reader] },
});
const subject = new LogSearch(stack, 'Logs', {
  spec,
  prefix: 'shop-production',
  vpc,
  logsKey: key,
  logDays: 90,
  accessLogs: new AccessLogBucket(stack, 'AccessLogs', { days: 90 }).bucket,
  alarms,
});
const template = templateOf(subject);

const written = Object.fromEntries(
  logSearchObjects({ spec, shipperArn: 'arn:of:shipper' }).map(({ Body, Path }) => [Path, JSON.parse(Body) as unknown]),
);

test('hands on every line of the account but those about the domain itself', () => {
  template.hasResourceProperties('AWS::Logs::AccountPolicy', {
    PolicyName: 'shop-production-search',
    PolicyType: 'SUBSCRIPTION_FILTER_POLICY',
    Scope: 'ALL',
    PolicyDocument: {
      'Fn::Join': [
        '',
        [
          '{"DestinationArn":"',
          { 'Fn::GetAtt': [Match.stringLikeRegexp('^LogsShipperFunction'), 'Arn'] },
          '","FilterPattern":"","Distribution":"Random"}',
        ],
      ],
    },
  });
  const [policy] = Object.values(template.findResources('AWS::Logs::AccountPolicy'));
  const { SelectionCriteria } = (policy as { Properties: { SelectionCriteria: unknown } }).Properties;
  const text = JSON.stringify(SelectionCriteria);
  expect(text).toContain('LogGroupName NOT IN [');
  const left = [...text.matchAll(/"Ref":"Logs([A-Za-z]+?)[0-9A-F]{8}"/g)].map(([, name]) => name);
  expect(left).toEqual([
    'ShipperLogs',
    'SearchApplicationLog',
    'SearchAuditLog',
    'SearchSlowIndexLog',
    'SearchSlowSearchLog',
    'SearchRolesLogs',
  ]);
});

test('is started by CloudWatch Logs of the account alone', () => {
  template.hasResourceProperties('AWS::Lambda::Permission', {
    Principal: 'logs.amazonaws.com',
    SourceAccount: account,
    SourceArn: `arn:aws:logs:${region}:${account}:log-group:*`,
  });
});

test('writes in bulk, and may do nothing else to the domain', () => {
  const policies = Object.entries(template.findResources('AWS::IAM::ManagedPolicy'));
  const [, policy] = policies.find(([id]) => id.startsWith('LogsShipperPolicy')) ?? [];
  const { Statement } = (policy as { Properties: { PolicyDocument: { Statement: { Action: unknown }[] } } }).Properties
    .PolicyDocument;
  const ofDomain = Statement.filter(({ Action }) => JSON.stringify(Action).includes('es:'));
  expect(ofDomain).toEqual([
    {
      Action: 'es:ESHttpPost',
      Effect: 'Allow',
      Resource: { 'Fn::Join': ['', [expect.anything(), '/_bulk']] },
    },
  ]);
});

test('keeps what the domain did not take after three times, encrypted, and no longer than logs', () => {
  template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
    MaximumRetryAttempts: 2,
    DestinationConfig: {
      OnFailure: { Destination: { 'Fn::GetAtt': [Match.stringLikeRegexp('^LogsShipperLeft'), 'Arn'] } },
    },
  });
  template.hasResourceProperties('AWS::S3::Bucket', {
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
    },
    LifecycleConfiguration: { Rules: Match.arrayWith([Match.objectLike({ Id: 'Expire', ExpirationInDays: 90 })]) },
    PublicAccessBlockConfiguration: { BlockPublicPolicy: true },
  });
});

test.each([
  ['Errors', 5],
  ['DestinationDeliveryFailures', 1],
  ['Invocations', 1],
])('calls somebody by %s', (MetricName, Threshold) => {
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Namespace: 'AWS/Lambda',
    MetricName,
    Threshold,
    AlarmActions: [Match.anyValue()],
    AlarmDescription: Match.stringLikeRegexp('runbooks/log-search.md'),
    ...(MetricName === 'Invocations' ? { TreatMissingData: 'breaching' } : {}),
  });
});

test('stands in the network, encrypted with the key of logs', () => {
  template.hasResourceProperties('AWS::OpenSearchService::Domain', {
    EncryptionAtRestOptions: { Enabled: true, KmsKeyId: Match.anyValue() },
    AdvancedSecurityOptions: { Enabled: true, InternalUserDatabaseEnabled: false },
    DomainEndpointOptions: { EnforceHTTPS: true },
    VPCOptions: { SubnetIds: Match.anyValue() },
  });
});

describe('inside the domain', () => {
  test('a day leaves after its time', () => {
    expect(written['/_plugins/_ism/policies/logs']).toMatchObject({
      policy: {
        default_state: 'kept',
        states: [
          { name: 'kept', transitions: [{ state_name: 'removed', conditions: { min_index_age: '45d' } }] },
          { name: 'removed', actions: [{ delete: {} }] },
        ],
        ism_template: [{ index_patterns: ['logs-*'] }],
      },
    });
  });

  test('whoever writes reads and removes nothing, and whoever reads writes nothing', () => {
    const actions = (role: string) => JSON.stringify(written[`/_plugins/_security/api/roles/${role}`]);
    expect(actions('log_shipper')).not.toMatch(/"read"|delete|"crud"|"manage"|"\*"/);
    expect(actions('log_readers')).not.toMatch(/write\/|create_index|delete|"crud"|"manage"/);
    expect(written['/_plugins/_security/api/rolesmapping/log_readers']).toEqual({
      users: [reader],
      backend_roles: [reader],
    });
    expect(written['/_plugins/_security/api/rolesmapping/log_shipper']).toMatchObject({ users: ['arn:of:shipper'] });
  });

  test('a field that a service makes up becomes no column', () => {
    expect(written['/_index_template/logs']).toMatchObject({
      index_patterns: ['logs-*'],
      template: { settings: { number_of_replicas: 2 }, mappings: { dynamic: false } },
    });
  });
});

test('has no finding that is not answered, and no answer without a finding', () => {
  expect({ open: findings(subject), stale: staleAcknowledgements(subject) }).toEqual({ open: [], stale: [] });
});
