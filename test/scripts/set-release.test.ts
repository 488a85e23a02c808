import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../gates/support/run';
import { callScript, type Called } from '../support/call-script';

const directory = mkdtempSync(join(tmpdir(), 'mainstay-releases-'));
const folder = join(directory, 'releases/retailflow');
const file = join(folder, 'production.json');
const digest = (digit: string): string => `sha256:${digit.repeat(64)}`;

const call = (...args: readonly string[]): Called => callScript('set-release', ['--root', directory, ...args]);

describe('scripts/set-release.ts', () => {
  test('writes the first release, then replaces it, and leaves nothing else behind', () => {
    expect(call('retailflow', 'production', 'order', digest('a'))).toEqual({
      status: 0,
      stdout: `retailflow production order: ${digest('a')}, was the bootstrap image\n`,
      stderr: '',
    });
    expect(call('retailflow', 'production', 'catalog', digest('b')).status).toBe(0);
    expect(call('retailflow', 'production', 'order', digest('c')).stdout).toContain(`was ${digest('a')}`);
    expect(readFileSync(file, 'utf8')).toBe(
      `${JSON.stringify({ catalog: { digest: digest('b') }, order: { digest: digest('c') } }, undefined, 2)}\n`,
    );
    expect(readdirSync(folder)).toEqual(['production.json']);
  });

  test('is a command', async () => {
    const args = ['--root', directory, 'retailflow', 'staging', 'order', digest('a')];
    expect(await run([process.execPath, '--import', 'tsx', 'scripts/set-release.ts', ...args])).toEqual({
      status: 0,
      stdout: `retailflow staging order: ${digest('a')}, was the bootstrap image\n`,
      stderr: '',
    });
  });

  test.each([
    ['the platform is unknown', ['shop', 'production', 'order', digest('a')], 'one of retailflow'],
    ['the stage is unknown', ['retailflow', 'prod', 'order', digest('a')], 'one of production, staging, development'],
    ['the service is unknown', ['retailflow', 'production', 'oder', digest('a')], 'did you mean order?'],
    ['the digest is malformed', ['retailflow', 'production', 'order', 'latest'], 'sha256: and 64 hexadecimal digits'],
    [
      'an argument is missing',
      ['retailflow', 'production', 'order'],
      'a platform, a stage, a service and a digest, got 3',
    ],
  ])('fails when %s, and changes nothing', (_, args, message) => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, '{}\n');
    const { status, stdout, stderr } = call(...args);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(message);
    expect(readFileSync(file, 'utf8')).toBe('{}\n');
  });
});
