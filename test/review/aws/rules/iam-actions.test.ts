import { iamActions } from '../../../../lib/review/aws/rules/iam-actions';
import { judges, messagesOf } from '../fixtures';

const QUEUE = { 'Fn::GetAtt': ['Queue', 'Arn'] };
const document = (...statements: readonly unknown[]) => ({ Version: '2012-10-17', Statement: statements });

const VALID = {
  Policy: {
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: {
      PolicyDocument: document(
        { Effect: 'Allow', Action: ['sqs:SendMessage', 's3:Get*', 'KMS:decrypt', 's3:?etObject'], Resource: QUEUE },
        { Effect: 'Deny', NotAction: 'iam:*', Resource: '*' },
      ),
    },
  },
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: document({
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: 'ecs-tasks.amazonaws.com' },
      }),
      Policies: [{ PolicyDocument: document({ Effect: 'Allow', Action: 'sqs:ReceiveMessage', Resource: QUEUE }) }],
    },
  },
  Key: {
    Type: 'AWS::KMS::Key',
    Properties: { KeyPolicy: document({ Effect: 'Allow', Action: 'kms:*', Resource: '*', Principal: { AWS: 'x' } }) },
  },
  Secret: {
    Type: 'AWS::SecretsManager::ResourcePolicy',
    Properties: { ResourcePolicy: document({ Effect: 'Deny', Action: '*', Resource: '*', Principal: '*' }) },
  },
  Files: {
    Type: 'AWS::EFS::FileSystem',
    Properties: { FileSystemPolicy: document({ Effect: 'Allow', Action: 'elasticfilesystem:ClientMount' }) },
  },
  Logs: {
    Type: 'AWS::Logs::ResourcePolicy',
    Properties: {
      PolicyDocument: {
        'Fn::Join': [
          '',
          ['{"Statement":[{"Effect":"Allow","Action":"logs:PutLogEvents","Resource":"', { Ref: 'Group' }, '"}]}'],
        ],
      },
    },
  },
  WebAcl: {
    Type: 'AWS::WAFv2::WebACL',
    Properties: { Rules: [{ Statement: { RateBasedStatement: { Limit: 100, Action: 'none:such' } } }] },
  },
};

describe('iam-actions', () => {
  judges(iamActions, VALID, [
    [
      'an action is misspelt',
      'Policy/Properties/PolicyDocument/Statement/0/Action/0',
      'sqs:SendMesage',
      /got 'sqs:SendMesage', an action that sqs lacks: did you mean sqs:SendMessage or/,
    ],
    [
      'an action lacks its service',
      'Policy/Properties/PolicyDocument/Statement/0/Action/0',
      'SendMessage',
      "got 'SendMessage', no name of the form service:Action: correct the name",
    ],
    [
      'a service does not exist',
      'Policy/Properties/PolicyDocument/Statement/0/Action/0',
      'sqss:SendMessage',
      /a service that AWS lacks: did you mean .*sqs/,
    ],
    [
      'a pattern matches nothing',
      'Policy/Properties/PolicyDocument/Statement/0/Action/1',
      's3:Fetch*',
      "got 's3:Fetch*'",
    ],
    [
      'a service is a pattern',
      'Policy/Properties/PolicyDocument/Statement/0/Action/1',
      's*:Get',
      'no name of the form',
    ],
    [
      'an action is put together at deployment',
      'Policy/Properties/PolicyDocument/Statement/0/Action/0',
      { 'Fn::Sub': 'sqs:${Verb}' },
      "got 'sqs:${…}'",
    ],
    [
      'an excepted action is misspelt',
      'Policy/Properties/PolicyDocument/Statement/1/NotAction',
      'iam:Nothing',
      "got 'iam:Nothing'",
    ],
    [
      'a trust policy names an unknown action',
      'Role/Properties/AssumeRolePolicyDocument/Statement/0/Action',
      'sts:Assume',
      'Role: AssumeRolePolicyDocument must name actions of AWS',
    ],
    [
      'an inline policy names an unknown action',
      'Role/Properties/Policies/0/PolicyDocument/Statement/0/Action',
      'sqs:Read',
      'Role: Policies[0].PolicyDocument must',
    ],
    [
      'a key policy names an unknown action',
      'Key/Properties/KeyPolicy/Statement/0/Action',
      'kms:Unlock',
      "Key: KeyPolicy must name actions of AWS, got 'kms:Unlock'",
    ],
    [
      'a secret’s policy names an unknown action',
      'Secret/Properties/ResourcePolicy/Statement/0/Action',
      'secretsmanager:Read',
      'Secret: ResourcePolicy must',
    ],
    [
      'a file system’s policy names an unknown action',
      'Files/Properties/FileSystemPolicy/Statement/0/Action',
      'elasticfilesystem:Mount',
      'Files: FileSystemPolicy must',
    ],
    [
      'a policy in text names an unknown action',
      'Logs/Properties/PolicyDocument',
      '{"Statement":{"Effect":"Allow","Action":"logs:Write"}}',
      "Logs: PolicyDocument must name actions of AWS, got 'logs:Write'",
    ],
  ]);

  test('reports an action once a document, however often it is named', async () => {
    const statement = { Effect: 'Allow', Action: ['sqs:Send', 'sqs:Send'], Resource: QUEUE };
    const policy = { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document(statement) } };
    expect(await messagesOf(iamActions, { Policy: policy })).toHaveLength(1);
  });
});
