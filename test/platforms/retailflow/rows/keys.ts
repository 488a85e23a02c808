import { about, type Row } from '../../support/about';
import type { Expectation } from '../../support/expectations';
import type { JsonObject } from '../../../../lib/review/json';
import { containing, like, notContaining } from '../../support/matchers';
import { account, home } from './facts';

/** Who uses a key by its own name, and for whose sake alone. */
const uses: readonly { stack: string; key: RegExp; service: string; condition: JsonObject }[] = [
  {
    stack: 'Security',
    key: /Keys\/Data$/,
    service: 'cloudfront.amazonaws.com',
    condition: {
      StringEquals: { 'aws:SourceAccount': account },
      ArnLike: { 'aws:SourceArn': `arn:aws:cloudfront::${account}:distribution/*` },
    },
  },
  {
    stack: 'Security',
    key: /Keys\/Logs$/,
    service: `logs.${home}.amazonaws.com`,
    condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:${home}:${account}:log-group:*` } },
  },
  {
    stack: 'Security',
    key: /Keys\/Logs$/,
    service: 'delivery.logs.amazonaws.com',
    condition: { StringEquals: { 'aws:SourceAccount': account } },
  },
  {
    stack: 'Security',
    key: /Keys\/Messaging$/,
    service: 'delivery.logs.amazonaws.com',
    condition: { ArnLike: { 'kms:EncryptionContext:SourceArn': `arn:aws:logs:${home}:${account}:*` } },
  },
  {
    stack: 'Edge',
    key: /^Edge\/Key$/,
    service: 'delivery.logs.amazonaws.com',
    condition: { StringEquals: { 'aws:SourceAccount': account } },
  },
  ...['sns', 'cloudwatch', 'events', 'aps', 's3'].map((service) => ({
    stack: 'Security',
    key: /Keys\/Messaging$/,
    service: `${service}.amazonaws.com`,
    condition: { StringEquals: { 'aws:SourceAccount': account } },
  })),
  {
    stack: 'Security',
    key: /Keys\/Messaging$/,
    service: 'sqs.amazonaws.com',
    condition: { ArnLike: { 'kms:EncryptionContext:aws:sqs:arn': `arn:aws:sqs:${home}:${account}:*` } },
  },
  {
    stack: 'Edge',
    key: /^Edge\/Key$/,
    service: 'logs.us-east-1.amazonaws.com',
    condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:us-east-1:${account}:log-group:*` } },
  },
  ...['cloudwatch', 'events'].map((service) => ({
    stack: 'Edge',
    key: /^Edge\/Key$/,
    service: `${service}.amazonaws.com`,
    condition: { StringEquals: { 'aws:SourceAccount': account } },
  })),
  {
    stack: 'Audit',
    key: /Trail\/Key$/,
    service: 'cloudtrail.amazonaws.com',
    condition: { ArnLike: { 'aws:SourceArn': `arn:aws:cloudtrail:${home}:${account}:trail/*` } },
  },
];

const principals: readonly Expectation[] = uses.map(({ condition, key, service, stack }) => ({
  name: `the key ${key.source.replace(/[\\^$]/g, '')} of ${stack} serves ${service}, for the account's own resources alone`,
  stack,
  type: 'AWS::KMS::Key',
  where: key,
  count: 1,
  path: 'KeyPolicy.Statement',
  is: containing({ Effect: 'Allow', Principal: { Service: service }, Condition: condition }),
}));

export const keys: Row = {
  row: 'keys',
  expectations: [
    ...about(
      { stack: 'Edge', type: 'AWS::KMS::Alias', count: 1 },
      { "people find the edge's key": { path: 'AliasName', is: 'alias/retailflow-production/edge' } },
    ),
    ...about(
      { stack: 'Security', type: 'AWS::KMS::Alias', count: 4 },
      {
        'people find a key by what it encrypts': {
          path: 'AliasName',
          is: like(/^alias\/retailflow-production\/(data|logs|messaging|secrets)$/),
        },
      },
    ),
    ...about(
      { type: 'AWS::KMS::Key', count: 6 },
      {
        'keys rotate every year': { path: 'EnableKeyRotation', is: true },
        'a key that was deleted by mistake can be had back for a month': { path: 'PendingWindowInDays', is: 30 },
        'a key outlives its stack': { path: 'DeletionPolicy', is: 'Retain' },
        'a key outlives a replacement': { path: 'UpdateReplacePolicy', is: 'Retain' },
        'a key is used by nobody who is not named': {
          path: 'KeyPolicy.Statement',
          is: notContaining({ Effect: 'Allow', Principal: { AWS: '*' } }),
        },
        'the account itself can mend the policy of a key': {
          path: 'KeyPolicy.Statement',
          is: containing({ Action: 'kms:*', Principal: { AWS: `arn:aws:iam::${account}:root` } }),
        },
      },
    ),
    ...principals,
  ],
};
