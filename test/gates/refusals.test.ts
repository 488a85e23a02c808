import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import cdkJson from '../../cdk.json';
import { cdkContext, root } from '../../bin/inputs';
import { messageOf } from '../../bin/message';
import { synthesize } from '../../bin/synthesize';
import { faults } from './faults/faults';
import { PLANTED_FILE, swapDefinition } from './support/plant';
import { cdk, fingerprint, run, scratch, type RunOptions } from './support/run';

const { app: APP } = cdkJson;

const directory = scratch();
const out = join(directory, 'cdk.out');

/** The last good output. Nothing reads it; it must only stand. */
const LAST = ['manifest.json', 'cdk.out', 'validation-report.json', 'assembly-last/manifest.json', 'asset.1/index.js'];
beforeAll(() => {
  for (const file of LAST) {
    mkdirSync(dirname(join(out, file)), { recursive: true });
    writeFileSync(join(out, file), `the last ${file}`);
  }
});

/** Runs a command that writes to the output, expects it to fail and to leave the last output as it was; returns what it said. */
async function refusal(command: readonly string[], options: RunOptions = {}): Promise<readonly string[]> {
  const before = fingerprint(out);
  const { status, stdout, stderr } = await run(command, options);
  expect({ status, stdout, output: fingerprint(out) }).toEqual({ status: 1, stdout: '', output: before });
  return stderr.trimEnd().split('\n');
}

/** The README's command. */
async function refusedSynth(args: readonly string[], options?: RunOptions): Promise<readonly string[]> {
  const lines = await refusal([cdk, 'synth', '-q', '-o', out, ...args], options);
  expect(lines.at(-1)).toBe(`${APP}: Subprocess exited with error 1`);
  return lines.slice(0, -1);
}

/** What the README's command runs; without its command line, which costs a second. */
const refusedApp = (context: object, options: RunOptions = {}): Promise<readonly string[]> =>
  refusal(APP.split(' '), { ...options, env: { CDK_OUTDIR: out, CDK_CONTEXT_JSON: JSON.stringify(context) } });

/** What the app does, in this process, which has loaded the CDK already; with another definition of RetailFlow. */
async function refusedHere(context: object, patch: unknown = {}): Promise<readonly string[]> {
  const before = fingerprint(out);
  const restore = swapDefinition(patch);
  try {
    await synthesize({ outdir: out, context: { ...cdkContext(), ...context } });
  } catch (error) {
    expect(fingerprint(out)).toEqual(before);
    return String(messageOf(error)).split('\n');
  } finally {
    restore();
  }
  throw new Error('a synth that must be refused has passed');
}

describe('npx cdk synth', () => {
  test('fails when the platform is unknown, and lists the known ones', async () => {
    expect(await refusedSynth(['-c', 'platform=shop'])).toEqual([
      'context: 1 problem',
      expect.stringMatching(/^ {2}platform must be one of .*\bretailflow\b.*, got "shop": /),
    ]);
  });

  test('fails when the stage is unknown, and lists the known ones', async () => {
    expect(await refusedHere({ stage: 'prod' })).toEqual([
      'platform retailflow: 1 problem',
      expect.stringMatching(/^ {2}stage must be one of production, staging, development, got "prod": /),
    ]);
  });

  test('fails when the definition has problems, and lists all of them', async () => {
    expect(
      await refusedHere(
        {},
        {
          services: { order: { scale: { min: 9, max: 3 }, uses: { calls: ['catlog'] } } },
          stages: { production: { sites: { primary: { network: { cidr: '10.16.0.0/33' } } } } },
        },
      ),
    ).toEqual([
      'platform retailflow, stage production: 3 problems',
      expect.stringMatching(/^ {2}services\.order\.scale\.max must be .*, got 3: /),
      expect.stringMatching(/^ {2}services\.order\.uses\.calls must be .*, got "catlog": did you mean catalog\?/),
      expect.stringMatching(
        /^ {2}stages\.production\.sites\.primary\.network\.cidr must be .*, got "10\.16\.0\.0\/33": /,
      ),
    ]);
  });

  test('fails when a service has no allocation yet, and prints the line to add', async () => {
    // It receives traffic, and nobody has given it a priority.
    const returns = { team: 'order', scale: { min: 2, max: 4, cpuPercent: 60 }, routes: [{ path: '/api/returns' }] };
    expect(await refusedHere({}, { services: { returns } })).toEqual([
      'platform retailflow, stage production: 1 problem',
      expect.stringMatching(
        /^ {2}allocations\/retailflow\.json production\.listenerPriorities\.returns .*: add the line "returns": \d+ there, or run npm run lock$/,
      ),
    ]);
  });

  test('fails when the file of a platform holds another', async () => {
    expect(await refusedHere({}, { name: 'shop' })).toEqual([
      'platforms/retailflow.ts: 1 problem',
      expect.stringContaining('name must be \'retailflow\', as the file is called, got "shop"'),
    ]);
  });

  test('fails when validation is switched off while gates are on', async () => {
    // What the command line makes of `--no-validation`, and what is so in every test.
    expect(process.env['CDK_VALIDATION']).toBe('false');
    expect(await refusedHere({})).toEqual([
      expect.stringContaining('CDK_VALIDATION must not be false while gates are on, got false'),
    ]);
  });

  test('fails when the process runs out of work before the gates have passed', async () => {
    expect(await refusedApp({}, { plant: 'early-end' })).toEqual([
      'ended before every gate had passed: the last output stands',
    ]);
  });
});

describe('npx cdk synth of a platform with a fault in every layer', () => {
  const planted = join(directory, 'planted.json');
  let lines: readonly string[];
  let paths: readonly string[];
  beforeAll(async () => {
    // What a user may say on the command line does not make a finding less.
    const softer = ['validateAgainstDefaultRules', 'strictCfnValidateErrors', 'annotationsInValidationReport'];
    const flags = softer.flatMap((flag) => ['-c', `@aws-cdk/core:${flag}=false`]);
    lines = await refusedSynth(flags, { plant: 'faults', env: { [PLANTED_FILE]: planted } });
    paths = JSON.parse(readFileSync(planted, 'utf8')) as readonly string[];
  });

  test.each(faults.map(({ rule, says }, index) => [rule, says, index] as const))(
    'fails when [%s] finds: %s',
    (rule, says, index) => {
      const here = lines.filter((line) => line.startsWith(`  [${rule}] ${paths[index] ?? 'nowhere'}`));
      expect(here).toContainEqual(expect.stringContaining(says));
    },
  );

  test('lists all findings at once, sorted, and nothing else', () => {
    const [heading, ...findings] = lines;
    expect(heading).toBe(`platform retailflow, stage production: ${findings.length} findings`);
    expect(findings.filter((line) => !/^ {2}\[.+?\] \S+( \(\w+\))?: ./.test(line))).toEqual([]);
    expect(paths).toHaveLength(faults.length);
  });

  test('has a fault for every rule of the review', () => {
    const rules = readdirSync(join(root, 'lib/review/aws/rules')).map((file) => file.replace(/\.ts$/, ''));
    const planted = new Set(faults.map(({ rule }) => rule));
    expect(rules.filter((rule) => !planted.has(rule))).toEqual([]);
  });
});
