import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { callScript, type Called } from '../support/call-script';

const directory = mkdtempSync(join(tmpdir(), 'validate-kubernetes-'));
const output = join(directory, 'k8s.out');
const file = 'aks-shop/keda/release-keda.yaml';
mkdirSync(dirname(join(output, file)), { recursive: true });
writeFileSync(
  join(output, file),
  JSON.stringify({
    apiVersion: 'helm.sh/v3',
    kind: 'Release',
    metadata: { name: 'keda', namespace: 'keda' },
    spec: { chart: 'keda', repository: 'https://charts.example.com', version: '2.20.2', values: { some: 1 } },
  }),
);

/** A folder with a command in place of Helm, or with none. */
function folder(name: string, helm?: string): string {
  const path = join(directory, name);
  mkdirSync(path);
  if (helm !== undefined) {
    writeFileSync(join(path, 'helm'), `#!/bin/sh\n${helm}\n`);
    chmodSync(join(path, 'helm'), 0o755);
  }
  return path;
}

const run = (path: string, ...args: readonly string[]): Called =>
  callScript('validate-kubernetes', ['--output', output, ...args], { env: { PATH: `${path}:/bin:/usr/bin` } });

describe('scripts/validate-kubernetes.ts', () => {
  test('lets Helm render each release for the version of the cluster, with its values', () => {
    const said = join(directory, 'said');
    const path = folder(
      'sound',
      `echo "$@" > ${said}; while [ "$1" != --values ]; do shift; done; cat "$2" >> ${said}; printf 'kind: A\\nkind: B\\n'`,
    );
    expect(run(path)).toEqual({ status: 0, stdout: `${file}: 2 objects\n`, stderr: '' });
    const { stdout } = spawnSync('cat', [said], { encoding: 'utf8' });
    expect(stdout).toMatch(
      /^template keda keda --repo https:\/\/charts\.example\.com --version 2\.20\.2 --namespace keda --kube-version 1\.34\.0 --values \S+\n\{"some":1\}$/,
    );
  });

  test('takes charts from a folder, where there is no way to their repositories', () => {
    const charts = join(directory, 'charts');
    mkdirSync(join(charts, 'keda'), { recursive: true });
    const path = folder('folder', 'echo "kind: $3"');
    expect(run(path, '--charts', charts)).toMatchObject({ status: 0, stdout: `${file}: 1 objects\n` });
    expect(run(path, '--charts', join(directory, 'none')).stdout).toContain(
      'not validated by Helm, there is no chart in',
    );
  });

  test('fails when Helm refuses values', () => {
    const path = folder('refusing', 'echo "some: Invalid type. Expected: object" >&2; exit 1');
    expect(run(path)).toEqual({
      status: 1,
      stdout: '',
      stderr: `validate-kubernetes: ${file}: helm refuses its values:\nsome: Invalid type. Expected: object\n`,
    });
  });

  test.each([
    ['there is no Helm', 'none', undefined, 'helm is not on the PATH'],
    [
      'a repository cannot be reached',
      'alone',
      'echo \'Error: looks like "https://charts.example.com" is not a valid chart repository or cannot be reached\' >&2; exit 1',
      'helm cannot get the chart of keda',
    ],
  ])('says what is missing when %s, and fails if it is to be strict', (_, name, helm, message) => {
    const path = folder(name, helm);
    const lenient = run(path);
    expect(lenient.status).toBe(0);
    expect(lenient.stdout).toContain(`validate-kubernetes: not validated by Helm, ${message}`);
    const strict = run(path, '--strict');
    expect([strict.status, strict.stdout]).toEqual([1, '']);
    expect(strict.stderr).toContain(message);
  });
});
