import { readAssembly } from '../../../lib/review/aws/assembly';
import { writeAssembly } from '../../review/aws/fixtures';
import { render } from '../../support/render';
import { Graph } from './graph';

const own = (id: string) => ({ Metadata: { 'aws:cdk:path': `shop-production/Reader/${id}/Resource` } });
const theirs = (id: string) => ({ Metadata: { 'aws:cdk:path': `shop-production/Producer/${id}/Resource` } });
const output = (OutputName: string) => ({
  'Fn::GetStackOutput': { StackName: 'shop-production-Producer', OutputName },
});

function followed(value: unknown): unknown {
  const directory = writeAssembly({
    stacks: [
      {
        id: 'Producer',
        resources: { Key: { Type: 'AWS::KMS::Key', ...theirs('Key') } },
        outputs: {
          Arn: { Value: { 'Fn::GetAtt': ['Key', 'Arn'] } },
          Text: { Value: { 'Fn::Join': ['/', ['a', { Ref: 'Key' }]] } },
        },
      },
      {
        id: 'Reader',
        resources: {
          Queue: { Type: 'AWS::SQS::Queue', ...own('Queue') },
          Subject: { Type: 'AWS::SQS::QueuePolicy', ...own('Subject'), Properties: { Value: value } },
        },
        parameters: { Known: { Type: 'String' } },
      },
    ],
  });
  const graph = new Graph(readAssembly(directory));
  return graph.blocks.find(({ path }) => path === 'Reader/Subject')?.body.Properties;
}

describe('the graph', () => {
  test.each<readonly [string, unknown, unknown]>([
    ['a reference', { Ref: 'Queue' }, '${Reader/Queue}'],
    ['an attribute', { 'Fn::GetAtt': ['Queue', 'Arn'] }, '${Reader/Queue.Arn}'],
    ['an attribute of another stack', output('Arn'), '${Producer/Key.Arn}'],
    ['a text of another stack', output('Text'), 'a/${Producer/Key}'],
    [
      'a text that is joined',
      { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Region' }, ':', { Ref: 'Queue' }]] },
      'arn:ap-southeast-1:${Reader/Queue}',
    ],
    ['a text with names', { 'Fn::Sub': '${Queue.Arn}/${AWS::AccountId}' }, '${Reader/Queue.Arn}/123456789012'],
    [
      'a part of a text',
      { 'Fn::Select': [1, { 'Fn::Split': ['/', { Ref: 'Queue' }] }] },
      '${Reader/Queue split by / #1}',
    ],
    ['a parameter', { Ref: 'Known' }, '${parameter Known}'],
    ['lists and objects', [{ A: { Ref: 'Queue' } }, 1, true], [{ A: '${Reader/Queue}' }, 1, true]],
  ])('follows %s', (_, value, expected) => {
    expect(followed(value)).toEqual({ Value: expected });
  });

  test('leaves out what has no value', () => {
    expect(followed({ Ref: 'AWS::NoValue' })).toEqual({});
    expect(followed(['a', { Ref: 'AWS::NoValue' }])).toEqual({ Value: ['a'] });
  });

  test.each<readonly [string, unknown]>([
    ['a resource that is not there', { Ref: 'Nobody' }],
    ['an output that is not there', output('Nothing')],
  ])('fails when asked to follow %s, in words that tests look for', (_, value) => {
    expect(JSON.stringify(followed(value))).toContain('${unresolved ');
  });
});

test('a stack reads as a list of what it holds', () => {
  const directory = writeAssembly({
    stacks: [
      {
        id: 'Reader',
        resources: {
          Queue: {
            Type: 'AWS::SQS::Queue',
            ...own('Queue'),
            UpdateReplacePolicy: 'Retain',
            DeletionPolicy: 'Retain',
            Properties: {
              Tags: [
                { Key: 'owner', Value: 'platform' },
                { Key: 'data-class', Value: 'internal' },
              ],
            },
          },
          Policy: {
            Type: 'AWS::SQS::QueuePolicy',
            ...own('Policy'),
            DependsOn: 'Queue',
            Properties: {
              PolicyDocument: {
                Statement: [
                  {
                    Effect: 'Deny',
                    Action: 'sqs:*',
                    Principal: '*',
                    Resource: { 'Fn::GetAtt': ['Queue', 'Arn'] },
                    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
                  },
                ],
              },
              Queues: [{ Ref: 'Queue' }],
            },
          },
          Alarm: {
            Type: 'AWS::CloudWatch::Alarm',
            ...own('Alarm'),
            Properties: {
              ComparisonOperator: 'GreaterThanOrEqualToThreshold',
              Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': ['Queue', 'QueueName'] } }],
              EvaluationPeriods: 3,
              MetricName: 'Age',
              Namespace: 'AWS/SQS',
              Period: 60,
              Statistic: 'Maximum',
              Threshold: 9,
            },
          },
        },
      },
    ],
  });
  const [sheet] = new Graph(readAssembly(directory)).sheets;
  expect(sheet === undefined ? '' : render(sheet)).toBe(`deployed after: []
region: ap-southeast-1
stack: shop-production-Reader
termination protection: true

Alarm (AWS::CloudWatch::Alarm)
  When: "Maximum of AWS/SQS Age {QueueName: → Reader/Queue.QueueName} >= 9, 3 of 3 x 60 s, missing data is missing"

Policy (AWS::SQS::QueuePolicy)
  PolicyDocument: [ 'Deny sqs:* on → Reader/Queue.Arn by * if {"Bool":{"aws:SecureTransport":"false"}}' ]
  Queues: [ → Reader/Queue ]
  after: [ Reader/Queue ]

Queue (AWS::SQS::Queue)
  Tags: [ data-class=internal ]
  kept: Retain on deletion, Retain on replacement
`);
});
