import { readAssembly } from '../../../../lib/review/aws/assembly';
import { assembly } from '../../../../lib/review/aws/rules/assembly';
import { findingsOf, messagesOf, writeAssembly } from '../fixtures';
import type { Declaration } from '../fixtures';

const queues = (count: number): Record<string, Declaration> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`Queue${index}`, { Type: 'AWS::SQS::Queue' }]));

describe('assembly', () => {
  test('finds nothing in a stack with room, whatever it warns of', async () => {
    const notes = { '/Stack/Thing': [{ type: 'aws:cdk:warning', data: 'careful' }] };
    expect(await messagesOf(assembly, queues(450), { notes })).toEqual([]);
  });

  test('fails when a construct reports an error', async () => {
    const notes = { '/Stack/Thing': [{ type: 'aws:cdk:error', data: 'no room' }] };
    expect(await findingsOf(assembly, { notes })).toEqual([
      {
        rule: 'assembly',
        stack: 'shop-production/Stack',
        path: 'shop-production/Stack/Thing',
        logicalId: '',
        message: 'a construct reports an error: no room',
      },
    ]);
  });

  test('fails when a look-up is missing, once for all stacks', async () => {
    const whole = readAssembly(writeAssembly({ stacks: [{ id: 'B' }, { id: 'A' }], missing: [{ key: 'vpc:1' }] }));
    const findings = (await Promise.all(whole.stacks.map(async (stack) => assembly(stack, whole)))).flat();
    expect(findings).toMatchObject([
      { stack: 'shop-production/A', message: expect.stringContaining("lacks the look-up 'vpc:1'") },
    ]);
  });

  test('fails when a stack has too many resources', async () => {
    expect(await messagesOf(assembly, queues(451))).toEqual([
      ': must have at most 450 resources, got 451: split it by life cycle',
    ]);
  });

  test('fails when a template is too large', async () => {
    const topic = { Type: 'AWS::SNS::Topic', Properties: { DisplayName: 'x'.repeat(900_000) } };
    const messages = await messagesOf(assembly, { Topic: topic });
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(/^: must have at most 900000 bytes, got 900\d+: split it/);
  });
});
