import { compareAssemblies } from '../../../lib/review/aws/compare';
import { markdownReport, textReport } from '../../../lib/review/aws/compare-report';
import { assemblyOf, stackOutput } from './fixtures';
import type { StackFixture } from './fixtures';

const data = (name: string): StackFixture => ({
  id: 'Data',
  resources: {
    Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: name }, DeletionPolicy: 'Retain' },
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        Policies: [{ PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sqs:*', Resource: name }] } }],
      },
    },
  },
  outputs: { Url: { Value: { Ref: 'Queue' } } },
});
const reader: StackFixture = { id: 'Reader', outputs: { Url: { Value: stackOutput('Data', 'Url') } } };
const old: StackFixture = { id: 'Old', resources: { Topic: { Type: 'AWS::SNS::Topic' } } };
const fresh: StackFixture = {
  id: 'New',
  resources: { Queue: { Type: 'AWS::SQS::Queue' }, Topic: { Type: 'AWS::SNS::Topic' } },
};

const comparison = compareAssemblies(assemblyOf(data('a'), reader, old), assemblyOf(data('b'), reader, fresh));
const nothing = compareAssemblies(assemblyOf(reader, data('a')), assemblyOf(reader, data('a')));

describe('the report', () => {
  test('as text', () => {
    expect(textReport(comparison)).toBe(`Stacks: 1 new, 1 removed, 1 changed, 1 unchanged.

Data at risk: this fails the check
  shop-production/Data/Queue (Queue): AWS::SQS::Queue is replaced by an empty one (QueueName), which puts the messages that nobody has received at stake: keep what it stands on, or waive it with a reason in waivers/data-changes.json

Redeploy with --force: the template stays, what it reads changes
  shop-production/Reader reads Url of shop-production/Data: Queue is replaced

New stacks
  shop-production/New: 2 resources, 1 with data

Removed stacks
  shop-production/Old: 1 resource

Changed: shop-production/Data (permissions may be broader)
  replace AWS::SQS::Queue shop-production/Data/Queue (Queue): QueueName
  update AWS::IAM::Role shop-production/Data/Role (Role): Policies
`);
  });

  test('as Markdown', () => {
    const report = markdownReport(comparison);
    expect(report).toContain(
      '## Templates: 1 problem\n\nStacks: 1 new, 1 removed, 1 changed, 1 unchanged.\n\n### Data at risk',
    );
    expect(report).toContain('\n- replace AWS::SQS::Queue `shop-production/Data/Queue` (`Queue`): QueueName\n');
    expect(report).toContain('\n### New stacks\n\n- `shop-production/New`: 2 resources, 1 with data\n');
  });

  test('says nothing more where nothing differs', () => {
    expect(textReport(nothing)).toBe('Stacks: 0 new, 0 removed, 0 changed, 2 unchanged.\n');
    expect(markdownReport(nothing)).toBe(
      '## Templates: no data at risk\n\nStacks: 0 new, 0 removed, 0 changed, 2 unchanged.\n',
    );
  });
});
