import { compareAssemblies } from '../../../lib/review/aws/compare';
import type { Redeployment } from '../../../lib/review/aws/redeploy';
import { assemblyOf, change, stackOutput } from './fixtures';
import type { Declaration, StackFixture } from './fixtures';

const PRODUCER = {
  Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'a' } },
  Setting: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'a' } },
  Lookup: { Type: 'Custom::Lookup', Properties: { ServiceToken: 'x', Key: 'a' } },
};
const OUTPUTS = {
  TopicArn: { Value: { Ref: 'Topic' } },
  TopicName: { Value: { 'Fn::Sub': 'name-${Topic.TopicName}' } },
  SettingName: { Value: { Ref: 'Setting' } },
  SettingValue: { Value: { 'Fn::GetAtt': ['Setting', 'Value'] } },
  Found: { Value: { 'Fn::GetAtt': 'Lookup.Answer' } },
  Literal: { Value: 'a' },
};

const producer = (
  resources: Record<string, Declaration> = PRODUCER,
  outputs: Record<string, unknown> = OUTPUTS,
): StackFixture => ({
  id: 'Producer',
  resources,
  outputs,
});
const consumer = (output: string, id = 'Consumer', of = 'Producer'): StackFixture => ({
  id,
  resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: stackOutput(of, output) } } },
  outputs: { Again: { Value: stackOutput(of, output) } },
});

function redeployed(before: readonly StackFixture[], after: readonly StackFixture[]): readonly Redeployment[] {
  return compareAssemblies(assemblyOf(...before), assemblyOf(...after)).redeploy;
}

describe('redeployments', () => {
  const renamed = change(PRODUCER, 'Topic/Properties/TopicName', 'b');

  test.each([
    ['the resource behind an output is replaced', 'TopicArn', renamed, OUTPUTS, 'Topic is replaced'],
    ['a resource in a text is replaced', 'TopicName', renamed, OUTPUTS, 'Topic is replaced'],
    [
      'an attribute changes in place',
      'SettingValue',
      change(PRODUCER, 'Setting/Properties/Value', 'b'),
      OUTPUTS,
      'Setting is updated',
    ],
    [
      'a custom resource is updated',
      'Found',
      change(PRODUCER, 'Lookup/Properties/Key', 'b'),
      OUTPUTS,
      'Lookup is updated',
    ],
    ['an output’s value changes', 'Literal', PRODUCER, { ...OUTPUTS, Literal: { Value: 'b' } }, 'its value changes'],
  ])('lists a stack when %s', (_, output, resources, outputs, because) => {
    expect(redeployed([producer(), consumer(output)], [producer(resources, outputs), consumer(output)])).toEqual([
      { stack: 'shop-production/Consumer', producer: 'shop-production/Producer', output, because },
    ]);
  });

  test.each([
    ['nothing changes', 'TopicArn', PRODUCER],
    [
      'the resource behind the output is only updated',
      'TopicArn',
      change(PRODUCER, 'Topic/Properties/DisplayName', 'b'),
    ],
    ['another resource is replaced', 'SettingName', renamed],
    ['the resource’s name stays', 'SettingName', change(PRODUCER, 'Setting/Properties/Value', 'b')],
  ])('lists none when %s', (_, output, resources) => {
    expect(redeployed([producer(), consumer(output)], [producer(resources), consumer(output)])).toEqual([]);
  });

  test('lists none whose own template changes, for it is deployed anyway', () => {
    const before = consumer('TopicArn');
    const after = { ...before, resources: { ...before.resources, More: { Type: 'AWS::SNS::Topic' } } };
    expect(redeployed([producer(), before], [producer(renamed), after])).toEqual([]);
  });

  test('follows a value that a stack passes on', () => {
    const stacks = [consumer('TopicArn', 'Relay'), consumer('Again', 'Last', 'Relay')];
    expect(redeployed([producer(), ...stacks], [producer(renamed), ...stacks])).toEqual([
      {
        stack: 'shop-production/Last',
        producer: 'shop-production/Relay',
        output: 'Again',
        because: 'it passes on TopicArn of shop-production/Producer',
      },
      {
        stack: 'shop-production/Relay',
        producer: 'shop-production/Producer',
        output: 'TopicArn',
        because: 'Topic is replaced',
      },
    ]);
  });

  test('follows a reference across regions', () => {
    const edge = { ...consumer('TopicArn', 'Edge'), region: 'us-east-1' };
    expect(redeployed([producer(), edge], [producer(renamed), edge])).toHaveLength(1);
  });
});
