import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { copyRepository } from '../gates/support/copy';
import { run, scratch } from '../gates/support/run';

const copy = copyRepository(join(scratch(), 'repository'));
const synth = (...args: string[]) =>
  run([process.execPath, '--require', 'tsx/cjs', 'bin/mainstay.ts', 'synth', ...args], { cwd: copy });

describe('npm run synth', () => {
  test('lists platforms and stages, and does nothing else', async () => {
    const { status, stdout } = await synth('--list');
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'retailflow: production, staging, development\n' });
    expect(readdirSync(copy).filter((name) => name.endsWith('.out'))).toEqual([]);
  });

  test.each([
    ['--stage', 'prod', '--stage must be one of production, staging, development, got "prod": choose a stage'],
    ['--platform', 'retail', 'platform must be one of retailflow, got "retail": choose a platform of platforms/'],
  ])('fails when %s is unknown', async (option, value, message) => {
    const { status, stderr } = await synth(option, value);
    expect(status).toBe(1);
    expect(stderr).toContain(message);
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
