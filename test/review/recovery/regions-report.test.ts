import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../bin/inputs';
import { textOf } from '../../../lib/review/json';
import { movesReport } from '../../../lib/review/recovery/moves';
import { orderOf, orderProblems } from '../../../lib/review/recovery/order';
import type { AzureOutputs, Outputs } from '../../../lib/review/recovery/outputs';
import { recoveryJson, recoveryLines, recoveryReport } from '../../../lib/review/recovery/report';
import { reviewRecovery, type RecoveryReview } from '../../../lib/review/recovery/review';
import { expectFile } from '../../support/file-snapshot';
import { regionOutputs } from '../../support/recovery';

const runbook = readFileSync(join(root, 'docs/runbooks/azure-two-regions.md'), 'utf8');
let outputs: Outputs<AzureOutputs>;
let review: RecoveryReview;
beforeAll(async () => {
  const read = await regionOutputs('techflow', 'production');
  ({ outputs } = read);
  review = reviewRecovery(outputs, read.platform);
});

/** Hashes of names and contents, which say nothing to a reader. */
const readable = (text: string): string =>
  text.replace(/(?<=[a-z0-9_])[0-9A-F]{8}\b/g, '…').replace(/-[0-9a-f]{10}(?=\.yaml)/g, '-…');

test('a report of two regions reads as it is committed', () => {
  expectFile(join(__dirname, '__snapshots__', 'regions.txt'), readable(recoveryReport(review)));
});

test('ways from one to the other read as they are committed', () => {
  expectFile(join(__dirname, '__snapshots__', 'moves.txt'), movesReport(review.moves, 'techflow production'));
});

test('the command line says in a few lines what was proved', () => {
  expect(recoveryLines(review)).toEqual([
    expect.stringMatching(
      /^parity ok: \d{2} of \d{2} capabilities, 2 waived; 6 contracts, 9 routes; \d+ sizes, \d+ ways of the network, 5 of the right to write$/,
    ),
    expect.stringMatching(/^\d+ steps from nothing to both sites$/),
    'recovery time 58.83 min of 60 min',
    'recovery point of databases.store 300 s of 300 s',
    'recovery point of messages 300 s of 300 s',
    'recovery point of objects 960 s of 1200 s',
  ]);
});

test('a program reads the same', () => {
  expect(JSON.parse(recoveryJson(review))).toMatchObject({
    platform: 'techflow',
    stage: 'production',
    time: { seconds: 3530, goalSeconds: 3600 },
  });
});

describe('the order from nothing to both sites', () => {
  test('has a step for every state and cluster, each after what it waits for', () => {
    const { steps } = orderOf(outputs);
    expect(orderProblems(orderOf(outputs))).toEqual([]);
    const tools = steps.filter(({ kind }) => kind === 'azure' || kind === 'pulumi');
    expect(tools).toHaveLength(outputs.primary.all.stacks.length + 2);
    const at = new Map(steps.map(({ id }, index) => [id, index]));
    expect(
      steps.filter(({ after, id }) => after.some((each) => (at.get(each) ?? Infinity) >= (at.get(id) ?? -1))),
    ).toEqual([]);
  });

  test.each([
    ['azure foundation', 'azure recovery-foundation', 'identities and images are shared'],
    ['azure data', 'azure recovery-data', 'the replica follows'],
    ['azure recovery-data', 'azure recovery-copies', 'there is something to copy into'],
    ['azure messaging', 'azure recovery-messaging', 'the namespace is reached there, too'],
    ['azure recovery-edge', 'azure edge', 'the edge leads there'],
    ['what the sites told', 'pulumi aks-techflow-production-recovery', 'the cluster is told who is who'],
    ['proof of the clusters', 'azure edge', 'requests go to what is ready'],
    ['private links', 'exercise', 'both sites answer'],
  ])('has %s before %s: %s', (earlier, later) => {
    const at = orderOf(outputs).steps.map(({ id }) => id);
    expect(at).toContain(earlier);
    expect(at.indexOf(earlier)).toBeLessThan(at.indexOf(later));
  });

  test('asks for the project on Google only where there is a warehouse', () => {
    const { all } = outputs.recovery;
    const without = { stacks: all.stacks.filter(({ name }) => !name.endsWith('-warehouse')) };
    const fewer: Outputs<AzureOutputs> = { ...outputs, recovery: { ...outputs.recovery, all: without } };
    expect(orderOf(outputs).steps.map(({ id }) => id)).toContain('project on Google');
    expect(orderOf(fewer).steps.map(({ id }) => id)).not.toContain('project on Google');
  });
});

/** What a section tells to run, a line each; numbers of steps are lines that begin with `#`. */
function commandsOf(heading: string): readonly string[] {
  const [, section = ''] = runbook.split(`\n## ${heading}\n`);
  const [, block = ''] = /```sh\n([^`]*)```/.exec((section.split('\n## ')[0] ?? '').replaceAll('`#', '#')) ?? [];
  return block.split('\n').filter((line) => line !== '');
}

describe('the runbook of two regions', () => {
  test.each([
    ['The region is lost', 'the region is lost'],
    ['A planned move', 'a planned move'],
    ['The lost region answers again', 'the lost region answers again'],
    ['The way back', 'the way back'],
  ])('has every command of %s, step for step', (heading, name) => {
    const move = review.moves.find((each) => each.name === name);
    const expected = (move?.steps ?? []).flatMap(({ commands }, index) => [`# ${index + 1}`, ...commands]);
    expect(expected.length).toBeGreaterThan(10);
    expect(commandsOf(heading)).toEqual(expected);
  });

  test('names nothing that is not synthesized', () => {
    const names = new Set(
      outputs.primary.all.stacks.flatMap(({ resources }) =>
        resources.flatMap(({ arguments: { location, name } }) => [textOf(name) ?? '', textOf(location) ?? '']),
      ),
    );
    const told = [
      ...runbook.matchAll(
        /--(?:resource-group|name|cluster-name|server-name|members|namespace-name|account-name|profile-name|origin-group-name|origin-name|primary-location) ([\w.-]+)/g,
      ),
    ].map(([, name = '']) => name);
    expect(told.length).toBeGreaterThan(80);
    expect([...new Set(told)].filter((name) => !names.has(name))).toEqual([]);
  });
});
