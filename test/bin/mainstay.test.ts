import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadDefinition, platformNames } from '../../bin/inputs';
import { copyRepository } from '../gates/support/copy';
import { run, scratch } from '../gates/support/run';

const copy = copyRepository(join(scratch(), 'repository'));
const synth = (...args: string[]) =>
  run([process.execPath, '--require', 'tsx/cjs', 'bin/mainstay.ts', 'synth', ...args], { cwd: copy });

describe('npm run synth', () => {
  test('lists platforms and stages, and does nothing else', async () => {
    const { status, stdout } = await synth('--list');
    const listed = platformNames().map((name) => `${name}: ${Object.keys(loadDefinition(name).stages).join(', ')}\n`);
    expect({ status, stdout }).toEqual({ status: 0, stdout: listed.join('') });
    expect(stdout).toContain('retailflow: production, staging, development\n');
    expect(readdirSync(copy).filter((name) => name.endsWith('.out'))).toEqual([]);
  });

  test.each([
    ['--stage', 'prod', '--stage must be one of production, staging, development, got "prod": choose a stage'],
    [
      '--platform',
      'retail',
      `platform must be one of ${platformNames().join(', ')}, got "retail": choose a platform of platforms/`,
    ],
  ])('fails when %s is unknown', async (option, value, message) => {
    const { status, stderr } = await synth(option, value);
    expect(status).toBe(1);
    expect(stderr).toContain(message);
  });

  test('fails when no platform has the stage', async () => {
    const { status, stderr } = await synth('--platform', 'all', '--stage', 'prod');
    expect(status).toBe(1);
    expect(stderr).toMatch(/--stage must be one of production, .*, got "prod": choose a stage that a platform has/);
  });

  describe('of all platforms', () => {
    const one = join(copy, 'platforms/retailflow.ts');
    const two = join(copy, 'platforms/second.ts');
    const part = join(copy, 'bin/part.ts');
    const [definition = '', written = ''] = [one, part].map((file) => readFileSync(file, 'utf8'));
    /** Without what the review looks for in outputs. */
    const unwatched = definition.replace(/^ +(serviceLevel|steadyCpuPercent): .*\n/gm, '');
    const others = platformNames().filter((name) => name !== 'retailflow');
    /** A part that holds one stack and its name, or is refused where its platform is named. */
    const quick = (refused = '') => `
      import { mkdirSync, writeFileSync } from 'node:fs';
      const [name, platform, , directory] = process.argv.slice(2) as [string, string, string, string];
      if (platform === '${refused}') throw new Error('stage development: 1 finding\\n  nothing of ' + platform);
      mkdirSync(directory);
      const stack = { type: 'aws:cloudformation:stack', displayName: platform + ' ' + name, properties: { templateFile: 'stack.template.json' } };
      writeFileSync(directory + '/manifest.json', JSON.stringify({ artifacts: { stack } }));
      writeFileSync(directory + '/stack.template.json', '{"Resources":{}}');
      console.log(JSON.stringify({ groups: 1, items: 1 }));`;
    const manifestOf = (platform: string): string => join(copy, 'platforms.out', platform, 'cdk.out/manifest.json');
    const writtenOf = (platform: string): string => {
      const text = readFileSync(manifestOf(platform), 'utf8');
      return /"displayName":"([^"]+)"/.exec(text)?.[1] ?? text;
    };
    beforeAll(() => {
      for (const name of others) rmSync(join(copy, 'platforms', `${name}.ts`));
      writeFileSync(one, unwatched);
      writeFileSync(two, unwatched.replace("name: 'retailflow'", "name: 'second'"));
      copyFileSync(join(copy, 'allocations/retailflow.json'), join(copy, 'allocations/second.json'));
    });
    afterAll(() => {
      rmSync(two);
      writeFileSync(one, definition);
      rmSync(join(copy, 'platforms.out'), { recursive: true });
      writeFileSync(part, written);
    });

    test('writes each to a place of its own', async () => {
      writeFileSync(part, quick());
      const { status, stderr, stdout } = await synth('--platform', 'all', '--stage', 'development');
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toContain('2 platforms: all gates passed, ');
      expect(['retailflow', 'second'].map(writtenOf)).toEqual(['retailflow aws', 'second aws']);
      expect(readdirSync(join(copy, 'platforms.out/second')).sort()).toEqual([
        'cdk.out',
        'cdktf.out',
        'k8s.out',
        'review.out',
      ]);
      expect(readdirSync(copy)).not.toContain('cdk.out');
    });

    test('replaces none when one is refused, and says which', async () => {
      writeFileSync(part, quick('second'));
      writeFileSync(manifestOf('retailflow'), 'last');
      const { status, stderr, stdout } = await synth('--platform', 'all', '--stage', 'development');
      expect(status).toBe(1);
      expect(stderr).toContain('second development, aws:\n');
      expect(stdout).toMatch(/^retailflow development: all gates passed$/m);
      expect(stdout).toMatch(/^second development: refused, the last outputs stand$/m);
      expect(['retailflow', 'second'].map(writtenOf)).toEqual(['last', 'second aws']);
    });
  });

  describe('leaves every last output as it was', () => {
    const last = {
      'cdk.out/manifest.json': 'last',
      'cdktf.out/manifest.json': 'last',
      'k8s.out/aks-shop/a.yaml': 'last',
      'review.out/recovery.md': 'last',
    };
    beforeAll(() => {
      for (const [file, text] of Object.entries(last)) {
        mkdirSync(dirname(join(copy, file)), { recursive: true });
        writeFileSync(join(copy, file), text);
      }
    });
    afterEach(() => {
      for (const [file, text] of Object.entries(last)) expect(readFileSync(join(copy, file), 'utf8')).toBe(text);
      for (const output of ['cdk.out', 'cdktf.out', 'k8s.out', 'review.out']) {
        expect(readdirSync(join(copy, output)).filter((name) => name.startsWith('.'))).toEqual([]);
      }
    });

    test('when any part is refused, and tells why by part', async () => {
      const apps = {
        aws: 'stacks/aws/app.ts',
        azure: 'stacks/azure/app.ts',
        kubernetes: 'stacks/kubernetes/cluster.ts',
      };
      for (const [part, file] of Object.entries(apps)) {
        writeFileSync(join(copy, file), `throw new Error('stage production: 2 findings\\n  nothing of ${part}');`);
      }
      const { status, stderr, stdout } = await synth();
      expect(status).toBe(1);
      expect(stdout).toContain('retailflow production: refused, the last outputs stand, ');
      for (const part of Object.keys(apps)) {
        expect(stdout).toContain(`  ${part}: 2 findings\n`);
        expect(stderr).toContain(`${part}:\n`);
        expect(stderr).toContain(`nothing of ${part}`);
      }
    });

    test('when the definition is refused, of which it tells once', async () => {
      const definition = join(copy, 'platforms/retailflow.ts');
      writeFileSync(definition, readFileSync(definition, 'utf8').replace('readReplicas: 2', 'readReplicas: -2'));
      const { status, stderr, stdout } = await synth();
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toMatch(
        /^platform retailflow, stage production: 1 problem\n {2}databases\.store\.readReplicas must be .*\n$/,
      );
    });
  });
});
