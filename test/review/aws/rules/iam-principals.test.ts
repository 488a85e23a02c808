import { iamPrincipals } from '../../../../lib/review/aws/rules/iam-principals';
import { judges } from '../fixtures';

const TRUST = 'Role/Properties/AssumeRolePolicyDocument/Statement';
const POLICY = 'Policy/Properties/PolicyDocument/Statement';

const VALID = {
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: { Service: ['ecs-tasks.amazonaws.com', 'logs.ap-southeast-1.amazonaws.com'] },
          },
          { Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: { Ref: 'Provider' } } },
        ],
      },
    },
  },
  Policy: {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: {
      PolicyDocument: {
        Statement: [
          { Effect: 'Deny', Action: 'sqs:*', Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
          { Effect: 'Deny', Action: 'sqs:PurgeQueue', Principal: { AWS: '*' } },
          {
            Effect: 'Allow',
            Action: 'sqs:SendMessage',
            Principal: { AWS: '*' },
            Condition: { ArnEquals: { 'aws:SourceArn': 'x' } },
          },
          {
            Effect: 'Allow',
            Action: 'sqs:SendMessage',
            Principal: { AWS: 'arn:aws:iam::123456789012:root', CanonicalUser: 'x' },
          },
        ],
      },
    },
  },
};

describe('iam-principals', () => {
  judges(iamPrincipals, VALID, [
    [
      'a key is unknown',
      `${TRUST}/0/Principal`,
      { Services: 'ecs-tasks.amazonaws.com' },
      "Role: AssumeRolePolicyDocument must have principals of AWS, Service, Federated, CanonicalUser, got 'Services'",
    ],
    [
      'a service is no service',
      `${TRUST}/0/Principal/Service`,
      'ecs-tasks',
      "must name services as <service>.amazonaws.com, got 'ecs-tasks'",
    ],
    [
      'a principal is plain text',
      `${TRUST}/1/Principal`,
      'github',
      'must have a principal \'*\' or by key, got "github"',
    ],
    [
      'everyone is let in',
      `${POLICY}/3/Principal`,
      '*',
      "Policy: PolicyDocument lets the principal '*' in without a condition",
    ],
    ['everyone is let in by key', `${POLICY}/2/Condition`, undefined, "lets the principal '*' in without a condition"],
    ['everyone is let in among others', `${POLICY}/3/Principal/AWS`, ['x', '*'], "lets the principal '*' in"],
  ]);
});
