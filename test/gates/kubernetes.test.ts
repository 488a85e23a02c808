import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { scripts } from '../../package.json';
import { synthesizeKubernetes } from '../../bin/synthesize-kubernetes';
import { rules } from '../../lib/review/kubernetes/rules';
import { alone } from '../support/kubernetes';
import { clusterFaults } from './faults/kubernetes';
import { PLANTED_FILE } from './support/plant';
import { fingerprint, run, scratch, type Run, type RunOptions } from './support/run';

const directory = scratch();
const out = join(directory, 'k8s.out');
const cluster = 'aks-retailflow-production';
const app = scripts['synth:kubernetes'].split(' ');
const said = ({ stderr }: Run): readonly string[] => stderr.trimEnd().split('\n');

describe('npm run synth:kubernetes', () => {
  let sound: Run;
  beforeAll(async () => {
    sound = await run(['npm', 'run', '--silent', 'synth:kubernetes', '--', '--output', out]);
  });

  test('succeeds without a word', () => {
    expect(sound).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  test('leaves a folder a namespace, each with a file an object, and nothing else', () => {
    expect(readdirSync(out)).toEqual([cluster]);
    const files = Object.keys(fingerprint(join(out, cluster)));
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter((file) => !/^[a-z0-9-]+\/[a-z]+-[a-z0-9.-]+\.yaml$/.test(file))).toEqual([]);
  });

  test('says with gates off what its output is good for', async () => {
    const ungated = join(directory, 'ungated.out');
    const warned = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    await alone(() =>
      synthesizeKubernetes({ platform: 'retailflow', stage: 'staging', outdir: ungated, gated: false }),
    );
    expect(warned.mock.calls).toEqual([['gates are off: this output is for reading']]);
    warned.mockRestore();
    expect(readdirSync(ungated)).toEqual(['aks-retailflow-staging']);
  });
});

describe('npm run synth:kubernetes refuses', () => {
  const last = join(directory, 'last.out');
  beforeAll(() => {
    const file = join(last, cluster, 'last/namespace-last.yaml');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, 'the last one');
  });

  /** Expects the command to fail and to leave the last output as it was; returns what it said. */
  async function refusal(args: readonly string[], options: RunOptions = {}): Promise<readonly string[]> {
    const before = fingerprint(last);
    const ended = await run([...app, '--output', last, ...args], options);
    expect({ status: ended.status, stdout: ended.stdout, output: fingerprint(last) }).toEqual({
      status: 1,
      stdout: '',
      output: before,
    });
    return said(ended);
  }

  test.each([
    [{ platform: 'shop' }, /^ {2}platform must be one of .*\bretailflow\b.*, got "shop": /],
    [{ stage: 'prod' }, /^ {2}stage must be one of production, staging, development, got "prod": /],
    [
      { stage: 'development' },
      /^ {2}stages\.development\.sites must be with one site that runs its services on Kubernetes for this command, got \["aws"\]: /,
    ],
  ])('%p, and says which there are', async (unknown, message) => {
    const before = fingerprint(last);
    const asked = { platform: 'retailflow', stage: 'production', outdir: last, gated: true, ...unknown };
    await expect(alone(() => synthesizeKubernetes(asked))).rejects.toThrow(
      expect.objectContaining({ message: expect.stringMatching(new RegExp(message, 'm')) }),
    );
    expect(fingerprint(last)).toEqual(before);
  });

  test.each([
    [['--gates', 'maybe'], /^--gates must be one of on, off, got maybe: /],
    [['--gate', 'off'], /^Unknown option '--gate'/],
  ])('%p, and says what is allowed', async (args, message) => {
    expect((await refusal(args)).at(-1)).toMatch(message);
  });

  describe('every fault of a cluster', () => {
    let lines: readonly string[];
    let files: readonly string[];
    beforeAll(async () => {
      const file = join(directory, 'planted.json');
      lines = await refusal([], { plant: 'kubernetes-faults', env: { [PLANTED_FILE]: file } });
      files = JSON.parse(readFileSync(file, 'utf8')) as readonly string[];
    });

    test.each(clusterFaults.map((fault, index) => [fault.rule, fault.says, index] as const))(
      '%s: %s',
      (rule, says, index) => {
        const beginning = `  [${rule}] ${cluster}/${files[index] ?? ''}`;
        const found = lines.filter((line) => line.startsWith(`${beginning} (`) || line.startsWith(`${beginning}:`));
        expect(found.map((line) => line.replace('): ', ': '))).toContainEqual(expect.stringContaining(says));
      },
    );

    test('are counted, and one of every rule is planted', () => {
      expect(lines[0]).toBe(`platform retailflow, stage production: ${lines.length - 1} findings`);
      const planted = new Set(clusterFaults.map(({ rule }) => rule));
      expect(rules.map(({ name }) => name).filter((name) => !planted.has(name))).toEqual([]);
    });
  });
});
