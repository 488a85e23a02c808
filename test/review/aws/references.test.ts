import { canonicalKey, producerOf, referent, weakReference } from '../../../lib/review/aws/references';
import { assemblyOf, stackOutput } from './fixtures';

const assembly = assemblyOf(
  {
    id: 'A',
    resources: { Queue: { Type: 'AWS::SQS::Queue' } },
    outputs: {
      Url: { Value: { Ref: 'Queue' } },
      Arn: { Value: { 'Fn::GetAtt': ['Queue', 'Arn'] } },
      Circle: { Value: stackOutput('B', 'Circle') },
    },
  },
  { id: 'B', outputs: { Url: { Value: stackOutput('A', 'Url') }, Circle: { Value: stackOutput('A', 'Circle') } } },
);
const [a, b] = assembly.stacks;
if (a === undefined || b === undefined) throw new Error('the assembly has two stacks');

describe('canonicalKey', () => {
  test.each([
    ['a literal', 'x', 'x'],
    ['a number', 3, '3'],
    ['nothing', null, 'null'],
    ['a resource of another stack', stackOutput('A', 'Url'), 'shop-production/A/Queue'],
    ['an attribute of another stack’s resource', stackOutput('A', 'Arn'), 'shop-production/A/Queue.Arn'],
    ['a resource two stacks away', stackOutput('B', 'Url'), 'shop-production/A/Queue'],
    ['a parameter', { Ref: 'Zone' }, 'shop-production/B/Zone'],
    ['the region', { Ref: 'AWS::Region' }, 'ap-southeast-1'],
    ['a function', { 'Fn::Join': ['-', ['x', { Ref: 'AWS::AccountId' }]] }, '{Fn::Join: [-, [x, 123456789012]]}'],
    ['a stack that is not here', stackOutput('C', 'Url'), expect.stringContaining('shop-production-C')],
  ])('names %s', (_, value, expected) => {
    expect(canonicalKey(value as never, b, assembly)).toEqual(expected);
  });

  test('comes to an end where outputs go in a circle', () => {
    expect(canonicalKey(stackOutput('A', 'Circle') as never, b, assembly)).toContain('Fn::GetStackOutput');
  });
});

describe('weakReference', () => {
  test('is in the reader’s region by default', () => {
    const value = { 'Fn::GetStackOutput': { StackName: 'shop-production-A', OutputName: 'Url' } };
    const read = weakReference(value, b);
    expect(read).toEqual({ stackName: 'shop-production-A', region: 'ap-southeast-1', outputName: 'Url' });
    expect(read && producerOf(read, assembly)).toBe(a);
  });

  test('is not a stack of another region', () => {
    const read = weakReference(stackOutput('A', 'Url', 'us-east-1') as never, b);
    expect(read && producerOf(read, assembly)).toBeUndefined();
  });
});

test('referent is nothing for what is no resource', () => {
  expect(referent({ Ref: 'AWS::Region' }, a, assembly)).toBeUndefined();
  expect(referent('Queue', a, assembly)).toBeUndefined();
  expect(referent({ 'Fn::GetAtt': 'Queue.Arn' }, a, assembly)).toMatchObject({ attribute: 'Arn' });
});
