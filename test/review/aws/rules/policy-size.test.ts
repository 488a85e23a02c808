import { policySize } from '../../../../lib/review/aws/rules/policy-size';
import { judges, messagesOf } from '../fixtures';

const queue = (id: number) => ({ 'Fn::GetAtt': [`Queue${id}`, 'Arn'] });
const queues = (count: number) => Array.from({ length: count }, (_, id) => queue(id));
const documentOn = (resources: unknown) => ({
  Version: '2012-10-17',
  Statement: [{ Action: 'sqs:SendMessage', Effect: 'Allow', Resource: resources }],
});

const VALID = {
  Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: documentOn(queues(40)) } },
  Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: documentOn(queues(200)) } },
  Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: documentOn(queues(10)) } },
};

/** How long a document is told to be that names a resource, and another that makes it too long. */
const lengthOn = async (resource: unknown): Promise<number> => {
  const [message = ''] = await messagesOf(policySize, {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: { AssumeRolePolicyDocument: documentOn([resource, 'x'.repeat(2048)]) },
    },
  });
  const length = /some (\d+) characters/.exec(message)?.[1];
  if (length === undefined) throw new Error(`must tell a length, got ${message}`);
  return Number(length);
};

describe('policy-size', () => {
  judges(policySize, VALID, [
    [
      'a policy names more than AWS takes, however short that is in the template',
      'Policy/Properties/PolicyDocument',
      documentOn(queues(60)),
      'Policy: PolicyDocument comes to some 7477 characters, and AWS takes 6144: name more with one statement, or give part of it to another policy',
    ],
    ['a key has a policy that is too long', 'Key/Properties/KeyPolicy', documentOn(queues(300)), 'and AWS takes 32768'],
    [
      'a role trusts too many',
      'Role/Properties/AssumeRolePolicyDocument',
      documentOn(queues(20)),
      'and AWS takes 2048',
    ],
  ]);

  const literal = 'arn:aws:sqs:ap-southeast-1:123456789012:orders';

  test.each([
    [
      'account and region are as long as they are',
      ['arn:aws:sqs:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':orders'],
      0,
    ],
    [
      'a name within a text is shorter than an ARN',
      ['arn:aws:sqs:ap-southeast-1:123456789012:', { Ref: 'Orders' }],
      54,
    ],
    ['an ARN within a text is as long as one that stands alone', [queue(1), '/*'], 76],
    [
      'an ARN of another stack is, too',
      [
        {
          'Fn::GetStackOutput': {
            StackName: 'shop-production-Data',
            OutputName: 'PublishOutputFnGetAttFilesArn587B12B6',
          },
        },
        '/*',
      ],
      76,
    ],
  ])('%s', async (_what, parts, more) => {
    expect(await lengthOn({ 'Fn::Join': ['', parts] })).toBe((await lengthOn(literal)) + more);
  });

  test('white space is not counted', async () => {
    expect(await lengthOn(`${literal} `)).toBe(await lengthOn(literal));
  });
});
