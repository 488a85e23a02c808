import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newDirectory, writeAssembly, writeJson } from '../review/aws/fixtures';
import { callScript, type Called } from '../support/call-script';

const call = (cwd: string, ...args: readonly string[]): Called => callScript('compare-templates', args, { cwd });

const assembly = (name: string): string =>
  writeAssembly({
    stacks: [{ id: 'Data', resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: name } } } }],
  });

const waiver = { stack: 'shop-production/Data', logicalId: 'Queue', reason: 'the queue is drained before the release' };

describe('scripts/compare-templates.ts', () => {
  const base = assembly('a');
  const head = assembly('b');

  test('exits with 0 where nothing is at risk', () => {
    const { status, stdout, stderr } = call(newDirectory(), base, assembly('a'));
    expect({ status, stdout, stderr }).toEqual({
      status: 0,
      stdout: 'Stacks: 0 new, 0 removed, 0 changed, 1 unchanged.\n',
      stderr: '',
    });
  });

  test('fails when data is at risk, and writes the report before it does', () => {
    const cwd = newDirectory();
    const { status, stdout } = call(cwd, base, head, '--markdown', 'report.md');
    expect(status).toBe(1);
    expect(stdout).toContain('AWS::SQS::Queue is replaced by an empty one (QueueName)');
    expect(readFileSync(join(cwd, 'report.md'), 'utf8')).toContain('## Templates: 1 problem');
  });

  test('takes the waivers of the working directory', () => {
    const cwd = newDirectory();
    writeJson(join(cwd, 'waivers/data-changes.json'), [waiver]);
    expect(call(cwd, base, head)).toMatchObject({ status: 0, stderr: '' });
    expect(call(cwd, base, assembly('a'))).toMatchObject({ status: 1 });
  });

  test.each([
    ['a directory is missing', ['only-one'], 'must be given two directories, got 1'],
    ['an option is unknown', ['a', 'b', '--force'], "Unknown option '--force'"],
    ['a directory is no assembly', [base, 'nowhere'], 'manifest.json must be a JSON file of what was synthesized'],
    ['the named waivers are not there', [base, head, '--waivers', 'none.json'], 'none.json'],
  ])('fails when %s, with another exit code', (_, args, message) => {
    const { status, stderr } = call(newDirectory(), ...args);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });
});
