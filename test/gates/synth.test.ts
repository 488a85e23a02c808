import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { cdkContext, loadPlatform, platformNames, root } from '../../bin/inputs';
import { parts } from '../../bin/parts';
import { synthesize } from '../../bin/synthesize';
import { documentationValues, type DocumentationValue } from '../../lib/platform/documentation-values';
import { readAssembly } from '../../lib/review/aws/assembly';
import { copyRepository } from './support/copy';
import { cdk, fingerprint, run, scratch, type Run } from './support/run';

const directory = scratch();
const out = join(directory, 'cdk.out');
const stage = 'retailflow-production';

const guide = readFileSync(join(root, 'docs/guides/deploying.md'), 'utf8');

/** What CloudFormation says of a documentation value. */
const refusalOf = ({ path, value }: DocumentationValue): string =>
  `${path} is the documentation value ${value}: replace it in platforms/retailflow.ts`;

/** The README's command on a sound platform, and the same once more while that is under way. */
let sound: Run;
let meanwhile: Run;
beforeAll(async () => {
  let ended = false;
  const first = run(['npx', 'cdk', 'synth', '-q', '-o', out]).finally(() => (ended = true));
  while (!ended && !existsSync(join(out, 'synth.lock'))) await wait(20);
  meanwhile = await run([cdk, 'synth', '-q', '-o', out]);
  sound = await first;
});

describe('npx cdk synth', () => {
  test('succeeds without a word of warning', () => {
    expect(sound).toEqual({
      status: 0,
      stdout: '',
      stderr: `\nSuccessfully synthesized to ${out}\nSupply a stack id () to display its template.\n`,
    });
  });

  test('leaves an assembly and nothing else', () => {
    const entries = readdirSync(out).filter((name) => !/^asset\.[0-9a-f]{64}$/.test(name));
    expect(entries.sort()).toEqual([`assembly-${stage}`, 'cdk.out', 'manifest.json', 'validation-report.json']);
  });

  test('fails when another one is writing to the same directory', () => {
    expect(meanwhile).toMatchObject({ status: 1, stdout: '' });
    expect(meanwhile.stderr).toContain(`is currently synthing to ${out}`);
  });

  test('names every documentation value in a rule of every stack, which CloudFormation checks before anything else', () => {
    const { platform } = loadPlatform('retailflow', 'production');
    const values = documentationValues(platform);
    expect(values.length).toBeGreaterThan(0);
    for (const { template } of readAssembly(out).stacks) {
      const { Parameters, Rules } = template as unknown as {
        readonly Parameters: Record<string, { Default: string }>;
        readonly Rules: Record<string, { Assertions: readonly object[] }>;
      };
      expect(Rules['NoDocumentationValues']?.Assertions).toEqual(
        values.map((each) => ({
          Assert: { 'Fn::Equals': [{ Ref: 'DocumentationValues' }, ''] },
          AssertDescription: refusalOf(each),
        })),
      );
      expect(Parameters['DocumentationValues']?.Default).not.toBe('');
      expect(Rules).not.toHaveProperty('GatesWereOff');
    }
    const [, shown = ''] = /^```\n(.* is the documentation value .*)\n```$/m.exec(guide) ?? [];
    expect(values.map(refusalOf)).toContain(shown);
  });
});

describe('npm run synth:all in a clone that lies elsewhere', () => {
  const clone = join(directory, 'elsewhere', 'repository');
  let all: Run;
  beforeAll(async () => {
    copyRepository(clone);
    all = await run(['npm', 'run', '--silent', 'synth:all', '--', '--stage', 'production', '--output', 'all.out'], {
      cwd: clone,
    });
  });
  const targets = platformNames().flatMap((platform) =>
    parts.flatMap(({ name, stages }) =>
      stages(platform)
        .filter((each) => each === 'production')
        .map((each) => ({ platform, stage: each, name })),
    ),
  );

  test('finds nothing in the production of any platform', () => {
    expect({ status: all.status, stderr: all.stderr }).toEqual({ status: 0, stderr: '' });
    const lines = all.stdout.trimEnd().split('\n');
    expect(lines.filter((line) => /^\S+ \S+ on /.test(line))).toEqual(
      targets.map((each) =>
        expect.stringMatching(
          new RegExp(`^${each.platform} ${each.stage} on ${each.name}: \\d+ \\w+, \\d+ \\w+, 0 findings, [\\d.]+ s$`),
        ),
      ),
    );
  });

  test('proves the recovery site of every production that has one', () => {
    expect(all.stdout).toMatch(/^retailflow production recovery: parity ok: \d+ of \d+ capabilities, \d+ waived; /m);
    expect(readdirSync(join(clone, 'all.out', 'retailflow-production-review')).sort()).toEqual([
      'goals.json',
      'goals.md',
      'order.json',
      'order.md',
      'recovery.json',
      'recovery.md',
      'site.json',
      'site.md',
    ]);
  });

  test('gives the bytes that the command gives here', () => {
    expect(fingerprint(join(clone, 'all.out', `${stage}-aws`))).toEqual(fingerprint(out));
  });

  test.each(parts.filter(({ name }) => name !== 'aws'))('gives the bytes that $name gives here', async (part) => {
    const here = join(directory, `${part.name}.out`);
    await part.write({ platform: 'retailflow', stage: 'production' }, here);
    expect(fingerprint(join(clone, 'all.out', `${stage}-${part.name}`))).toEqual(fingerprint(here));
  });

  test('names the place where the repository lies in no file', () => {
    const written = join(clone, 'all.out');
    const named = Object.keys(fingerprint(written)).filter((file) =>
      readFileSync(join(written, file), 'utf8').includes(clone),
    );
    expect(named).toEqual([]);
  });
});

describe('the command line on what was synthesized', () => {
  const template = (): string => {
    const inner = join(out, `assembly-${stage}`);
    const file = readdirSync(inner).find((name) => /^retailflowproductionNetwork\w+\.template\.json$/.test(name));
    return join(inner, file ?? 'none');
  };

  test('prints the template of one stack', async () => {
    const { status, stdout } = await run([cdk, 'synth', '-a', out, '--json', `${stage}/Network`]);
    expect(status).toBe(0);
    const { Resources } = JSON.parse(stdout);
    expect(Resources).toEqual(JSON.parse(readFileSync(template(), 'utf8')).Resources);
  });

  test('compares one stack with a template without an account', async () => {
    const same = await run([cdk, 'diff', '-e', '-a', out, `${stage}/Network`, '--template', template()]);
    expect(same.status).toBe(0);
    expect(same.stderr).toContain('There were no differences');
  });
});

describe('npx cdk list', () => {
  test('lists every stack of another stage, and lets CloudFormation refuse what no gate has seen', async () => {
    const other = join(directory, 'development.out');
    const said = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    await synthesize({ outdir: other, context: { ...cdkContext(), stage: 'development', gates: 'off' } });
    expect(said.mock.calls).toEqual([
      ['gates are off: this output is for reading, and CloudFormation refuses to deploy it'],
    ]);
    said.mockRestore();
    const { status, stderr, stdout } = await run([cdk, 'list', '-a', other]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const listed = stdout.trimEnd().split('\n');
    expect(listed.map((line) => line.replace(/ \(.*\)$/, '')).sort()).toEqual(
      readAssembly(other).stacks.map(({ name }) => name),
    );
    expect(listed).not.toContainEqual(expect.stringContaining('production'));
    expect(existsSync(join(other, 'validation-report.json'))).toBe(false);
    for (const { template } of readAssembly(other).stacks) {
      const description = 'this template was synthesized with gates off: synthesize it again without -c gates=off';
      expect(template).toHaveProperty('Rules.GatesWereOff.Assertions', [
        { Assert: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, ''] }, AssertDescription: description },
      ]);
    }
  });
});
