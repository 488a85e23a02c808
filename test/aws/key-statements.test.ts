import { serviceStatement, serviceUses, type KeyName } from '../../lib/aws/key-statements';
import { testStack } from '../support/aws';

const place = { partition: 'aws', account: '111122223333', region: 'ap-southeast-1' };
const uses = serviceUses(place);

const onBehalfOf = (source: string) => ({
  StringEquals: { 'aws:SourceAccount': '111122223333' },
  ArnLike: { 'aws:SourceArn': source },
});
const boundTo = (key: string, resource: string) => ({ ArnLike: { [`kms:EncryptionContext:${key}`]: resource } });
const encrypt = ['kms:Decrypt', 'kms:GenerateDataKey*'];
const encryptLogs = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'];
const here = 'ap-southeast-1:111122223333';

const table: readonly (readonly [KeyName, string, readonly string[], object])[] = [
  ['data', 'cloudfront.amazonaws.com', ['kms:Decrypt'], onBehalfOf('arn:aws:cloudfront::111122223333:distribution/*')],
  ['messaging', 'sns.amazonaws.com', encrypt, onBehalfOf(`arn:aws:sns:${here}:*`)],
  ['messaging', 'sqs.amazonaws.com', encrypt, boundTo('aws:sqs:arn', `arn:aws:sqs:${here}:*`)],
  ['messaging', 'cloudwatch.amazonaws.com', encrypt, onBehalfOf(`arn:aws:cloudwatch:${here}:alarm:*`)],
  ['messaging', 'events.amazonaws.com', encrypt, onBehalfOf(`arn:aws:events:${here}:rule/*`)],
  ['messaging', 's3.amazonaws.com', encrypt, onBehalfOf('arn:aws:s3:::*')],
  ['messaging', 'delivery.logs.amazonaws.com', ['kms:Decrypt'], boundTo('SourceArn', `arn:aws:logs:${here}:*`)],
  [
    'logs',
    'logs.ap-southeast-1.amazonaws.com',
    encryptLogs,
    boundTo('aws:logs:arn', `arn:aws:logs:${here}:log-group:*`),
  ],
  ['logs', 'delivery.logs.amazonaws.com', encryptLogs, onBehalfOf(`arn:aws:logs:${here}:*`)],
];

describe('the services that a key admits', () => {
  test.each(table)('%s admits %s', (key, service, actions, conditions) => {
    const use = uses[key].find((each) => each.service === service);
    expect(use).toMatchObject({ actions, conditions });
  });

  test('are these and no others', () => {
    const admitted = Object.entries(uses).flatMap(([key, each]) => each.map(({ service }) => `${key} ${service}`));
    expect(admitted).toEqual(table.map(([key, service]) => `${key} ${service}`));
  });

  test('are none for secrets', () => {
    expect(uses.secrets).toEqual([]);
  });

  test('are all confined to the account', () => {
    for (const { conditions } of Object.values(uses).flat())
      expect(JSON.stringify(conditions)).toContain(place.account);
  });

  test('follow the region and the partition', () => {
    const text = JSON.stringify(serviceUses({ partition: 'aws-cn', account: '444455556666', region: 'cn-north-1' }));
    expect(text).not.toMatch(/arn:aws:|ap-southeast-1|111122223333/);
    expect(text).toContain('logs.cn-north-1.amazonaws.com');
  });

  test('become statements of the key alone', () => {
    const [use] = uses.data;
    expect(testStack().resolve(use && serviceStatement(use).toStatementJson())).toEqual({
      Sid: 'CloudFrontReadsAssets',
      Effect: 'Allow',
      Principal: { Service: 'cloudfront.amazonaws.com' },
      Action: 'kms:Decrypt',
      Resource: '*',
      Condition: onBehalfOf('arn:aws:cloudfront::111122223333:distribution/*'),
    });
  });
});
