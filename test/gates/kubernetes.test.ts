import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { scripts } from '../../package.json';
import { synthesizeKubernetes } from '../../bin/synthesize-kubernetes';
import { rules } from '../../lib/review/kubernetes/rules';
import { alone } from '../support/kubernetes';
import { clusterFaults } from './faults/kubernetes';
import { findsEveryFault, refusing } from './support/refusal';
import { fingerprint, run, scratch, type Run } from './support/run';

const directory = scratch();
const out = join(directory, 'k8s.out');
const cluster = 'aks-retailflow-production';
const app = scripts['synth:kubernetes'].split(' ');

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

  const refuse = refusing(app, last);

  test.each([
    [{ platform: 'shop' }, /^ {2}platform must be one of .*\bretailflow\b.*, got "shop": /],
    [{ stage: 'prod' }, /^ {2}stage must be one of production, staging, development, got "prod": /],
    [
      { stage: 'development' },
      /^ {2}stages\.development\.sites must be with one site that runs its services on Kubernetes for this command, got \["aws, ecs"\]: /,
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
    expect((await refuse(args)).at(-1)).toMatch(message);
  });

  describe('every fault of a cluster', () => {
    findsEveryFault({
      faults: clusterFaults,
      rules,
      plant: 'kubernetes-faults',
      refuse,
      below: `${cluster}/`,
    });
  });
});
