import { join } from 'node:path';
import { readAssembly } from '../../../lib/review/aws/assembly';
import { newDirectory, writeAssembly, writeJson } from './fixtures';

const QUEUE = { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: 3 }, DeletionPolicy: 'Retain' };

describe('readAssembly', () => {
  test('finds the stacks of a stage, sorted by path, with what the manifest says of them', () => {
    const directory = writeAssembly({
      stacks: [
        { id: 'Order', dependencies: ['Network'], resources: { Q: QUEUE }, outputs: { Url: { Value: { Ref: 'Q' } } } },
        { id: 'Network', region: 'us-east-1' },
      ],
    });
    const { stacks } = readAssembly(directory);
    expect(stacks.map(({ name }) => name)).toEqual(['shop-production/Network', 'shop-production/Order']);
    expect(stacks[1]).toMatchObject({
      stage: 'shop-production',
      stackName: 'shop-production-Order',
      account: '123456789012',
      region: 'ap-southeast-1',
      dependencies: ['shop-production/Network'],
      terminationProtection: true,
      missing: [],
      messages: [],
      outputs: { Url: { Value: { Ref: 'Q' } } },
    });
    expect(stacks[0]?.region).toBe('us-east-1');
  });

  test('gives a resource its properties, policies and the path of its construct', () => {
    const directory = writeAssembly({
      stacks: [
        {
          resources: {
            FromNotes: QUEUE,
            FromMetadata: { Type: 'AWS::SNS::Topic', Metadata: { 'aws:cdk:path': 'shop-production/Stack/Topic' } },
            Unknown: { Type: 'AWS::SNS::Topic' },
          },
          notes: { '/Stack/Orders/Resource': [{ type: 'aws:cdk:logicalId', data: 'FromNotes' }] },
        },
      ],
    });
    const [stack] = readAssembly(directory).stacks;
    expect(stack?.resources.map(({ logicalId, path }) => [logicalId, path])).toEqual([
      ['FromMetadata', 'shop-production/Stack/Topic'],
      ['FromNotes', 'shop-production/Stack/Orders/Resource'],
      ['Unknown', 'shop-production/Stack/Unknown'],
    ]);
    expect(stack?.resources[1]).toMatchObject({
      type: 'AWS::SQS::Queue',
      properties: { DelaySeconds: 3 },
      deletionPolicy: 'Retain',
      updateReplacePolicy: undefined,
    });
    expect(stack?.constructPath('FromNotes')).toBe('shop-production/Stack/Orders/Resource');
    expect(stack?.constructPath('Nobody')).toBe('shop-production/Stack/Nobody');
  });

  test('keeps errors and warnings, and drops what is neither', () => {
    const directory = writeAssembly({
      stacks: [
        {
          notes: {
            '/Stack/A': [
              { type: 'aws:cdk:error', data: 'no room' },
              { type: 'aws:cdk:info', data: 'by the way' },
            ],
            '/Stack/B': [{ type: 'aws:cdk:warning', data: 'careful' }],
          },
        },
      ],
    });
    expect(readAssembly(directory).stacks[0]?.messages).toEqual([
      { level: 'error', path: 'shop-production/Stack/A', text: 'no room' },
      { level: 'warning', path: 'shop-production/Stack/B', text: 'careful' },
    ]);
  });

  test('hands missing look-ups of the root and of the stage to every stack, once', () => {
    const key = 'vpc-provider:account=1';
    const directory = writeAssembly({ stacks: [{ id: 'A' }, { id: 'B' }], missing: [{ key }] });
    expect(readAssembly(directory).stacks.map(({ missing }) => missing)).toEqual([[key], [key]]);
  });

  test('reads a nested stack as a stack of its own', () => {
    const directory = writeAssembly({
      stacks: [
        {
          resources: { Child: { Type: 'AWS::CloudFormation::Stack' } },
          notes: {
            '/Stack': [{ type: 'aws:cdk:templateFile', data: 'shopproductionStack0123ABCD.template.json' }],
            '/Stack/Inner': [{ type: 'aws:cdk:templateFile', data: 'inner.nested.template.json' }],
            '/Stack/Inner/Orders': [{ type: 'aws:cdk:logicalId', data: 'Orders' }],
          },
        },
      ],
      files: { 'inner.nested.template.json': { Resources: { Orders: QUEUE } } },
    });
    const { stacks } = readAssembly(directory);
    expect(stacks.map(({ name, stackName }) => [name, stackName])).toEqual([
      ['shop-production/Stack', 'shop-production-Stack'],
      ['shop-production/Stack/Inner', 'shop-production/Stack/Inner'],
    ]);
    expect(stacks[1]?.resources).toMatchObject([{ logicalId: 'Orders', path: 'shop-production/Stack/Inner/Orders' }]);
    expect(stacks[0]?.constructPath('Orders')).toBe('shop-production/Stack/Orders');
  });

  test('reads metadata that stands in the manifest itself, and a stack outside any stage', () => {
    const directory = newDirectory();
    writeJson(join(directory, 'manifest.json'), {
      artifacts: {
        Lone: {
          type: 'aws:cloudformation:stack',
          properties: { templateFile: 'Lone.template.json' },
          metadata: { '/Lone/Thing': [{ type: 'aws:cdk:logicalId', data: 'Thing' }] },
        },
      },
    });
    writeJson(join(directory, 'Lone.template.json'), { Resources: { Thing: QUEUE } });
    expect(readAssembly(directory).stacks).toMatchObject([
      { name: 'Lone', stage: '', stackName: 'Lone', region: 'unknown-region', resources: [{ path: 'Lone/Thing' }] },
    ]);
  });

  test('fails when the assembly holds no stack', () => {
    expect(() => readAssembly(writeAssembly({ stacks: [] }))).toThrow('must hold at least one stack, got none');
  });

  test('fails when the directory is no assembly', () => {
    expect(() => readAssembly(newDirectory())).toThrow(/manifest\.json must be a JSON file of what was synthesized/);
  });

  test('fails when a template of the manifest is not there', () => {
    const directory = newDirectory();
    writeJson(join(directory, 'manifest.json'), {
      artifacts: { Lone: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Lone.template.json' } } },
    });
    expect(() => readAssembly(directory)).toThrow(/Lone\.template\.json must be a JSON file/);
  });
});
