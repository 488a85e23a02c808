import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, scratch } from '../gates/support/run';
import { callScript, type Called } from '../support/call-script';
import { standIns } from '../support/stand-ins';

const { answer, called, forget, path, read } = standIns('aws', 'az', 'curl', 'docker', 'trivy');
const digest = `sha256:${'a'.repeat(64)}`;
const host = '111122223333.dkr.ecr.ap-southeast-1.amazonaws.com';
const context = scratch();
const digestFile = join(context, 'digest');

const release = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Called =>
  callScript('release-image', ['--context', context, '--digest-to', digestFile, ...args], {
    env: { PATH: path, GITHUB_ACTIONS: '', ...env },
  });

const image = JSON.stringify({
  images: [
    {
      imageManifest: JSON.stringify({
        manifests: ['amd64', 'arm64'].map((architecture) => ({ platform: { os: 'linux', architecture } })),
      }),
    },
  ],
});

beforeEach(() => {
  forget();
  rmSync(digestFile, { force: true });
  answer('aws ecr get-login-password*', { stdout: 'password of ECR\n' });
  answer('aws ecr batch-get-image*', { stdout: image });
  answer('docker buildx imagetools inspect*', { status: 1, stderr: 'ERROR: not found\n' });
  answer('docker buildx build*', {});
  answer('az acr import*', { status: 1, stderr: 'ERROR: Tag already exists in target registry.\n' });
  answer('az acr import*--force*', {});
});

/** What was pushed before is not built again. */
const pushed = (): void => answer('docker buildx imagetools inspect*', { stdout: `${digest}\n` });

const words = (call: string): string => call.split(' --')[0] ?? '';

describe('npm run release:image', () => {
  test('has the digest that was pushed fetched on Azure, and compares both', () => {
    pushed();
    expect(release(['order', '1f3c'])).toEqual({
      status: 0,
      stdout: `retailflow production order 1f3c: ${digest}\n`,
      stderr: '',
    });
    expect(readFileSync(digestFile, 'utf8')).toBe(`${digest}\n`);
    expect(called().map(words)).toEqual([
      'aws ecr get-login-password',
      'docker login',
      `docker buildx imagetools inspect ${host}/retailflow-production/order:release-1f3c`,
      'az acr import',
      'aws ecr get-login-password',
      'aws ecr batch-get-image',
      'az acr import',
    ]);
    const [fetched, asked] = called().filter((call) => call.startsWith('az '));
    expect(fetched).toContain(
      `--image retailflow-production/order:release-${digest.slice(7)} --source ${host}/retailflow-production/order@${digest} --force`,
    );
    expect(asked).not.toContain('--force');
    expect(called()).toContain(`docker login --username AWS --password-stdin ${host}`);
    expect(read()).toContain('password of ECR');
    expect(called().join('\n')).not.toContain('password of ECR');
  });

  test('builds what is new once, for both architectures, and takes the digest that was pushed', () => {
    const bin = scratch();
    const metadata = `{"containerimage.digest": "${digest}"}`;
    writeFileSync(
      join(bin, 'docker'),
      [
        '#!/bin/sh',
        `echo "docker $*" >> ${bin}/calls`,
        'case "$*" in *inspect*) exit 1 ;; esac',
        'while [ $# -gt 1 ]; do',
        `  if [ "$1" = --metadata-file ]; then echo '${metadata}' > "$2"; fi`,
        '  shift',
        'done',
      ].join('\n'),
      { mode: 0o755 },
    );
    expect(release(['order', '1f3c'], { PATH: `${bin}:${path}` })).toMatchObject({ status: 0, stderr: '' });
    const [build] = readFileSync(join(bin, 'calls'), 'utf8')
      .split('\n')
      .filter((call) => call.includes('--push'));
    expect(build).toMatch(
      new RegExp(
        `^docker buildx build --platform linux/amd64,linux/arm64 --provenance true --tag ${host}/retailflow-production/order:release-1f3c ` +
          `--metadata-file (\\S+)/metadata.json --file ${context}/Dockerfile --push ${context}$`,
      ),
    );
    expect(existsSync(/--metadata-file (\S+)\//.exec(String(build))?.[1] ?? '/')).toBe(false);
    expect(readFileSync(digestFile, 'utf8')).toBe(`${digest}\n`);
  });

  const onlyScanned = 'docker buildx build --platform linux/amd64 --provenance false --output type=docker,dest=';

  test('pushes nothing that has a vulnerability', () => {
    answer('trivy image*', { status: 1, stdout: 'CVE-2026-0001 HIGH\n' });
    const { status, stderr } = release(['order', '1f3c']);
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /what was built for linux\/amd64 has a vulnerability that is high or critical.*nothing was pushed/s,
    );
    expect(existsSync(digestFile)).toBe(false);
    const [build, scan, ...others] = called().slice(3);
    expect(build).toContain(onlyScanned);
    expect(scan).toMatch(
      /^trivy image --input \S+\/linux-amd64\.tar --scanners vuln --severity HIGH,CRITICAL --exit-code 1 --exit-on-eol 1$/,
    );
    expect(build).toContain(`dest=${/--input (\S+)/.exec(String(scan))?.[1]} `);
    expect(others).toEqual([]);
  });

  test('scans every architecture before anything is pushed, and tells the scanner what is borne', () => {
    const borne = join(context, '.trivyignore.yaml');
    writeFileSync(borne, 'vulnerabilities: []\n');
    release(['order', '1f3c']);
    rmSync(borne);
    const calls = called().slice(3);
    expect(calls.slice(0, 4).map((call) => /linux[/-]\w+(?=[ .])/.exec(call)?.[0])).toEqual([
      'linux/amd64',
      'linux-amd64',
      'linux/arm64',
      'linux-arm64',
    ]);
    expect(calls.map((call) => call.includes('--push'))).toEqual([false, false, false, false, true]);
    const scans = calls.filter((call) => call.startsWith('trivy '));
    expect(scans.map((call) => call.endsWith(` --ignorefile ${borne}`))).toEqual([true, true]);
  });

  test('tells the scanner nothing by which this process proves who it is', () => {
    const bin = scratch();
    writeFileSync(join(bin, 'trivy'), `#!/bin/sh\n/usr/bin/env > ${bin}/told\nexit 1\n`, { mode: 0o755 });
    release(['order', '1f3c'], { PATH: `${bin}:${path}`, AWS_SESSION_TOKEN: 'planted' });
    const told = readFileSync(join(bin, 'told'), 'utf8');
    expect(told).not.toContain('planted');
    expect(told).toMatch(/^HOME=\S+mainstay-image-/m);
  });

  test('pushes to AWS alone where the stage has no other site', () => {
    pushed();
    expect(release(['order', '1f3c', '--stage', 'development']).status).toBe(0);
    expect(called().filter((call) => call.startsWith('az'))).toEqual([]);
  });

  test.each<[string, readonly string[], () => void, RegExp, Readonly<Record<string, string>>?]>([
    ['the image is none of the stage', ['ordr', '1f3c'], pushed, /ordr.*(order)/s],
    ['the version is no tag', ['order', 'a b'], pushed, /VERSION must be letters.*got a b/],
    ['the version is missing', ['order'], pushed, /must be given an image and a version, got 1 words/],
    [
      'nobody is logged in',
      ['order', '1f3c'],
      () => answer('aws ecr get-login*', { status: 255, stderr: 'Unable to locate credentials' }),
      /aws ecr get-login-password failed:\nUnable to locate credentials/,
    ],
    [
      'an image is not built',
      ['order', '1f3c'],
      () => answer('docker buildx build*', { status: 1, stderr: 'ERROR: failed to solve' }),
      /docker buildx build for linux\/amd64 failed/,
    ],
    [
      'Azure does not import',
      ['order', '1f3c'],
      () => {
        pushed();
        answer('az acr import*--force*', { status: 1, stderr: 'ERROR: (AuthorizationFailed)' });
      },
      /az acr import failed:\nERROR: \(AuthorizationFailed\)/,
    ],
    [
      'what was built is for one architecture',
      ['order', '1f3c'],
      () => {
        pushed();
        answer('aws ecr batch-get-image*', { stdout: image.replace('amd64', 'riscv64') });
      },
      /the registries differ:\n {2}retailflow-production\/order@sha256:a+ is for linux\/riscv64, linux\/arm64, and azure/,
    ],
    [
      'a digest is none',
      ['order', '1f3c'],
      () => answer('docker buildx imagetools inspect*', { stdout: 'latest\n' }),
      /order\.digest.*sha256: and 64 hexadecimal digits/s,
    ],
    [
      'a job of GitHub may not ask for a token',
      ['order', '1f3c'],
      pushed,
      /must have 'id-token: write' among its permissions/,
      { GITHUB_ACTIONS: 'true' },
    ],
  ])('fails when %s, and tells no digest', (_title, args, prepare, message, env = {}) => {
    prepare();
    const { status, stderr, stdout } = release(args, env);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(message);
    expect(existsSync(digestFile)).toBe(false);
  });

  test('is a command', async () => {
    const { status, stdout } = await run(['npm', 'run', '--silent', 'release:image', '--', '--help']);
    expect([status, stdout.split(' --')[0]]).toEqual([0, 'usage: npm run release:image']);
  });
});

describe('npm run compare:images', () => {
  const compare = (...args: readonly string[]): Called =>
    callScript('compare-images', args, { env: { PATH: path, GITHUB_ACTIONS: '' } });

  test('says how many images are the same, and where', () => {
    expect(compare()).toEqual({
      status: 0,
      stdout: 'retailflow production: 0 released images, each on aws and azure\n',
      stderr: '',
    });
  });

  test('fails when it is to be asked from nowhere', () => {
    expect(compare('--from', 'above')).toEqual({
      status: 1,
      stdout: '',
      stderr: 'compare-images: --from must be outside or inside, got above\n',
    });
  });
});
