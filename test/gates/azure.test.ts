import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import cdktfJson from '../../cdktf.json';
import { loadPlatform } from '../../bin/inputs';
import { synthesizeAzure } from '../../bin/synthesize-azure';
import { documentationValues } from '../../lib/platform/documentation-values';
import { readSite } from '../../lib/review/azure/read-site';
import { siteRules as rules } from '../../lib/review/azure/review';
import { siteFaults } from './faults/azure';
import { findsEveryFault, refusing } from './support/refusal';
import { fingerprint, run, scratch, type Run } from './support/run';

const directory = scratch();
const out = join(directory, 'cdktf.out');
const stage = 'retailflow-production';
const app = cdktfJson.app.split(' ');

describe('npm run synth:azure', () => {
  let sound: Run;
  beforeAll(async () => {
    sound = await run(['npm', 'run', '--silent', 'synth:azure', '--', '--output', out]);
  });

  test('succeeds without a word', () => {
    expect(sound).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  test('leaves stacks and their manifest, and nothing else', () => {
    expect(readdirSync(out).sort()).toEqual(['manifest.json', 'stacks']);
    expect(readdirSync(join(out, 'stacks'))).toEqual(
      [
        'cluster',
        'data',
        'edge',
        'flags',
        'foundation',
        'link',
        'link-base',
        'messages',
        'messaging',
        'operations',
      ].map((word) => `${stage}-${word}`),
    );
  });

  test('lets every stack refuse, by name, each value that only documents use', () => {
    const { platform } = loadPlatform('retailflow', 'production');
    const values = documentationValues(platform);
    expect(values.length).toBeGreaterThan(0);
    for (const { resources, variables } of readSite(out).stacks) {
      const refusal = resources.find(({ address }) => address === 'terraform_data.NoDocumentationValues');
      expect(refusal?.lifecycle.precondition).toEqual(
        values.map(({ path, value }) => ({
          condition: '${var.documentation_values == ""}',
          error_message: `${path} is the documentation value ${value}: replace it in platforms/retailflow.ts.`,
        })),
      );
      expect(variables.documentation_values).toMatchObject({ default: expect.stringContaining('owner.email') });
      expect(resources.map(({ address }) => address)).not.toContain('terraform_data.GatesWereOff');
    }
  });

  test('writes with gates off what Terraform refuses, and says so', async () => {
    const ungated = join(directory, 'ungated.out');
    const warned = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    await synthesizeAzure({ platform: 'retailflow', stage: 'staging', outdir: ungated, gated: false });
    expect(warned.mock.calls).toEqual([
      ['gates are off: this output is for reading, and Terraform refuses to apply it'],
    ]);
    warned.mockRestore();
    const { stacks } = readSite(ungated);
    expect(stacks).toHaveLength(10);
    for (const { resources } of stacks) {
      expect(resources.find(({ address }) => address === 'terraform_data.GatesWereOff')?.lifecycle).toEqual({
        precondition: [
          {
            condition: '${terraform.workspace == ""}',
            error_message: 'This stack was synthesized with gates off: synthesize it again without --gates off.',
          },
        ],
      });
    }
  });
});

describe('npm run synth:azure refuses', () => {
  const last = join(directory, 'last.out');
  beforeAll(() => {
    for (const file of ['manifest.json', 'stacks/last/cdk.tf.json']) {
      mkdirSync(dirname(join(last, file)), { recursive: true });
      writeFileSync(join(last, file), `the last ${file}`);
    }
  });

  const refuse = refusing(app, last);

  test.each([
    [{ platform: 'shop' }, /^ {2}platform must be one of .*\bretailflow\b.*, got "shop": /],
    [{ stage: 'prod' }, /^ {2}stage must be one of production, staging, development, got "prod": /],
  ])('%p, and says which there are', async (unknown, message) => {
    const before = fingerprint(last);
    await expect(
      synthesizeAzure({ platform: 'retailflow', stage: 'production', outdir: last, gated: true, ...unknown }),
    ).rejects.toThrow(expect.objectContaining({ message: expect.stringMatching(new RegExp(message, 'm')) }));
    expect(fingerprint(last)).toEqual(before);
  });

  test.each([
    [
      ['--stage', 'development'],
      /^ {2}stages\.development\.sites must be with one site on azure for this command, got \["aws"\]: choose a stage that stands on azure$/,
    ],
    [['--gates', 'maybe'], /^--gates must be one of on, off, got maybe: /],
    [['--gate', 'off'], /^Unknown option '--gate'/],
  ])('%p, and says what is allowed', async (args, message) => {
    expect((await refuse(args)).at(-1)).toMatch(message);
  });

  describe('every fault of a site', () => {
    findsEveryFault({
      faults: siteFaults,
      rules,
      plant: 'azure-faults',
      refuse,
    });
  });
});
