import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../../bin/inputs';
import { k6Image } from '../../lib/platform/public-images';
import packageJson from '../../package.json';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
  readonly env?: Readonly<Record<string, string>>;
}
interface Job {
  readonly 'timeout-minutes'?: number;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly concurrency?: { readonly 'cancel-in-progress': boolean };
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly defaults?: { readonly run?: { readonly shell?: string } };
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = join(root, '.github', 'workflows');
const workflows = readdirSync(folder).map((file) => {
  const text = readFileSync(join(folder, file), 'utf8');
  return { file, text, workflow: parse(text) as Workflow };
});
const jobs = workflows.flatMap(({ file, workflow }) =>
  Object.entries(workflow.jobs).map(([name, job]) => ({ title: `${file} ${name}`, job, workflow })),
);
/** Jobs that may prove to a cloud who they are. */
const proving = jobs.filter(({ job }) => job.permissions?.['id-token'] !== undefined);

describe.each(workflows)('$file', ({ text, workflow }) => {
  test('may nothing unless a job says so', () => {
    expect(workflow.permissions).toEqual({});
  });

  test('knows no secret, since nothing that lasts is kept anywhere', () => {
    expect(text).not.toMatch(/\bsecrets\b|AWS_(SECRET_)?ACCESS_KEY|CLIENT_SECRET|password:/i);
  });

  test('runs actions of GitHub alone, each by its commit, with its version beside it', () => {
    const used = [...text.matchAll(/uses: (.+)/g)].map(([, what]) => what);
    expect(used.length).toBeGreaterThan(0);
    for (const what of used) expect(what).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });
});

describe.each(jobs)('$title', ({ job }) => {
  test('has an end, and says what it may', () => {
    expect(job['timeout-minutes']).toBeLessThanOrEqual(60);
    expect(Object.keys(job.permissions ?? {})).not.toEqual([]);
  });

  test('puts nothing that others write into a script', () => {
    for (const { run, with: inputs } of job.steps) {
      expect(run ?? '').not.toContain('${{');
      expect(String(inputs?.['script'])).not.toContain('${{');
    }
  });

  test('runs commands and scripts that are there', () => {
    const runs = job.steps.map(({ run = '' }) => run).join('\n');
    const commands = [...runs.matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, command = '']) => command);
    expect(Object.keys(packageJson.scripts)).toEqual(expect.arrayContaining(commands));
    for (const [script] of runs.matchAll(/scripts\/[\w-]+\.ts/g)) expect(existsSync(join(root, script))).toBe(true);
  });

  test('is written as a shell reads it', () => {
    for (const { run = '' } of job.steps) expect(() => execFileSync('bash', ['-n'], { input: run })).not.toThrow();
  });
});

describe.each(proving)('$title, which may prove who it is,', ({ job, workflow }) => {
  test('is a job of the environment of the stage, which is all that a cloud lets in', () => {
    expect(job.environment).toBe('${{ inputs.stage }}');
  });

  test('may besides read the repository, and nothing else', () => {
    expect(job.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
    const checkout = job.steps.find(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(checkout?.with).toMatchObject({ 'persist-credentials': false });
  });

  test('lets no package run anything when it is installed', () => {
    const installs = job.steps.filter(({ run }) => run?.includes('npm ci'));
    expect(installs.map(({ run }) => run)).toEqual(['npm ci --ignore-scripts']);
  });

  test('stops at the first thing that fails, and is not cut off half-way', () => {
    expect(workflow.defaults?.run?.shell).toBe('bash -euo pipefail {0}');
    expect(job.concurrency).toMatchObject({ 'cancel-in-progress': false });
  });

  test('is called by others and by hand, with the same inputs, and by no pull request', () => {
    expect(Object.keys(workflow.on)).toEqual(['workflow_call', 'workflow_dispatch']);
    const { workflow_call: call, workflow_dispatch: dispatch } = workflow.on as Record<string, { inputs: unknown }>;
    expect(call?.inputs).toEqual(dispatch?.inputs);
  });
});

test('two jobs may prove who they are: that which pushes images and that which compares them', () => {
  expect(proving.map(({ title }) => title).sort()).toEqual(['compare-images.yml compare', 'release-image.yml push']);
});

test('what finds vulnerabilities is one release, proven by its checksum before it is unpacked, and there before an image is built', () => {
  const { workflow } = workflows.find(({ file }) => file === 'release-image.yml') ?? {};
  const steps = workflow?.jobs['push']?.steps ?? [];
  const installs = steps.findIndex(({ env }) => env?.['TRIVY_SHA256'] !== undefined);
  const releases = steps.findIndex(({ run }) => run?.includes('release:image'));
  expect(installs).toBeGreaterThan(-1);
  expect(releases).toBeGreaterThan(installs);
  const { env, run = '' } = steps[installs] ?? {};
  expect(env?.['TRIVY_SHA256']).toMatch(/^[0-9a-f]{64}$/);
  expect(env?.['TRIVY_VERSION']).toMatch(/^\d+\.\d+\.\d+$/);
  expect(run).toMatch(/curl .*--fail .*"\$TRIVY_SHA256" \| sha256sum --check --strict\n.*tar --extract/s);
  expect(run).not.toContain('||');
});

test('load-test.yml makes load by the image that stages have', () => {
  const { text } = workflows.find(({ file }) => file === 'load-test.yml') ?? { text: '' };
  expect(text).toContain(`K6: ${k6Image.source}@${k6Image.digest}\n`);
});
