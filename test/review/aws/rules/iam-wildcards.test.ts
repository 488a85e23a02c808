import { WILDCARDS, iamWildcards } from '../../../../lib/review/aws/rules/iam-wildcards';
import { judges, messagesOf } from '../fixtures';

const REASON = 'the service takes no narrower resource';
const STATEMENTS = 'Policy/Properties/PolicyDocument/Statement';

const VALID = {
  Policy: {
    Type: 'AWS::IAM::ManagedPolicy',
    Metadata: { [WILDCARDS]: [{ action: 'xray:PutTraceSegments', reason: REASON }] },
    Properties: {
      PolicyDocument: {
        Statement: [
          { Effect: 'Allow', Action: ['xray:PutTraceSegments'], Resource: '*' },
          { Effect: 'Allow', Action: 's3:Get*', Resource: { 'Fn::GetAtt': ['Bucket', 'Arn'] } },
          {
            Effect: 'Allow',
            Action: 'ec2:RunInstances',
            Resource: '*',
            Condition: { StringEquals: { 'aws:RequestedRegion': 'x' } },
          },
          { Effect: 'Deny', Action: '*', NotResource: 'arn:aws:s3:::x' },
        ],
      },
    },
  },
  Key: {
    Type: 'AWS::KMS::Key',
    Properties: {
      KeyPolicy: { Statement: [{ Effect: 'Allow', Action: 'kms:*', Resource: '*', Principal: { AWS: 'x' } }] },
    },
  },
  Repository: {
    Type: 'AWS::SecretsManager::ResourcePolicy',
    Properties: {
      ResourcePolicy: { Statement: { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: '*' } },
    },
  },
};

describe('iam-wildcards', () => {
  judges(iamWildcards, VALID, [
    [
      'a resource is * without acknowledgement',
      `${STATEMENTS}/0/Action`,
      ['xray:PutTraceSegments', 'sqs:SendMessage'],
      "Policy: PolicyDocument allows 'sqs:SendMessage' on the resource '*': name what is needed, or add a condition, or acknowledge 'sqs:SendMessage' with a reason in Metadata.mainstay:wildcards",
    ],
    [
      'a resource is * among others',
      `${STATEMENTS}/1/Resource`,
      ['arn:aws:s3:::x', '*'],
      "allows 's3:Get*' on the resource '*'",
    ],
    [
      'all resources but one are named',
      `${STATEMENTS}/1`,
      { Effect: 'Allow', Action: 's3:Get*', NotResource: 'arn:aws:s3:::x' },
      "allows 's3:Get*' on the resource '*'",
    ],
    ['a condition is empty', `${STATEMENTS}/2/Condition`, {}, "allows 'ec2:RunInstances' on the resource '*'"],
    ['an action is *', `${STATEMENTS}/2/Action`, '*', "PolicyDocument allows '*': name what is needed"],
    [
      'all actions but a few are allowed',
      `${STATEMENTS}/1`,
      { Effect: 'Allow', NotAction: 'iam:*', Resource: 'x' },
      "allows all actions but iam:*: name what is needed, or add a condition, or acknowledge 'NotAction'",
    ],
    ['a key policy allows *', 'Key/Properties/KeyPolicy/Statement/0/Action', '*', "Key: KeyPolicy allows '*'"],
    [
      'an acknowledgement is stale',
      `${STATEMENTS}/0/Resource`,
      'arn:aws:xray:::x',
      "Metadata.mainstay:wildcards acknowledges 'xray:PutTraceSegments', which no statement needs: remove the entry",
    ],
    [
      'an acknowledgement is written twice',
      `Policy/Metadata/${WILDCARDS}/1`,
      { action: 'xray:PutTraceSegments', reason: REASON },
      "acknowledges 'xray:PutTraceSegments', which no statement needs",
    ],
    [
      'a reason is too short',
      `Policy/Metadata/${WILDCARDS}/0/reason`,
      'because',
      "[0].reason must have at least 20 characters, got 'because'",
    ],
    [
      'an acknowledgement lacks its action',
      `Policy/Metadata/${WILDCARDS}/1`,
      { reason: REASON },
      '[1] must be { action, reason }',
    ],
    [
      'acknowledgements of a resource that needs none',
      'Key/Metadata',
      { [WILDCARDS]: [{ action: '*', reason: REASON }] },
      "Key: Metadata.mainstay:wildcards acknowledges '*'",
    ],
  ]);

  test('says so where AWS takes no narrower resource', async () => {
    const policy = structuredClone<{ Type: string; Properties: object }>(VALID.Policy);
    expect(await messagesOf(iamWildcards, { Policy: { Type: policy.Type, Properties: policy.Properties } })).toEqual([
      "Policy: PolicyDocument allows 'xray:PutTraceSegments' on the resource '*': AWS takes no narrower resource for it, " +
        "so add a condition, or acknowledge 'xray:PutTraceSegments' with a reason in Metadata.mainstay:wildcards",
    ]);
  });

  test('fails when the acknowledgements are no list, and acknowledges nothing', async () => {
    const messages = await messagesOf(iamWildcards, {
      Policy: { ...VALID.Policy, Metadata: { [WILDCARDS]: 'xray:PutTraceSegments' } },
    });
    expect(messages).toHaveLength(2);
    expect(messages[1]).toContain('must be a list of { action, reason }, got "xray:PutTraceSegments"');
  });
});
