import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../gates/support/run';
import { callScript } from '../support/call-script';

const directory = mkdtempSync(join(tmpdir(), 'mainstay-dashboards-'));
const files = [
  'gateway.json',
  'overview.json',
  'queues.json',
  'releases.json',
  ...['analytics', 'catalog', 'notification', 'order', 'payment', 'user'].map((service) => `service-${service}.json`),
  'services.json',
  'week.json',
];

/** A longer one would be refused, and one that is cut could be that of another. */
const uidOf = (file: string): unknown => {
  const uid = `retailflow-production-${file.replace('.json', '')}`;
  return uid.length <= 40 ? uid : expect.stringMatching(new RegExp(`^${uid.slice(0, 33)}-[a-z0-9]{6}$`));
};

describe('scripts/azure-dashboards.ts', () => {
  test('writes each dashboard, and prints the command that puts it into the Grafana of the site', () => {
    const output = join(directory, 'production');
    const { status, stderr, stdout } = callScript('azure-dashboards', ['--output', output]);
    expect([status, stderr]).toEqual([0, '']);
    expect(readdirSync(output).sort()).toEqual(files);
    for (const file of files) {
      expect(JSON.parse(readFileSync(join(output, file), 'utf8'))).toEqual({
        dashboard: expect.objectContaining({ uid: uidOf(file) }),
      });
      expect(stdout).toMatch(new RegExp(`^az grafana dashboard create --name amg-.*--overwrite true.*${file}"`, 'm'));
    }
    expect(stdout.trim().split('\n')).toHaveLength(1 + files.length);
    expect(stdout).toMatch(/^set -eu\n/);
  });

  test('writes those of a second site on Azure by themselves, for a Grafana of its own', () => {
    const output = join(directory, 'two');
    const { status, stdout } = callScript('azure-dashboards', ['--platform', 'techflow', '--output', output]);
    expect(status).toBe(0);
    expect(readdirSync(join(output, 'recovery')).sort()).toEqual(
      readdirSync(output)
        .filter((file) => file !== 'recovery')
        .sort(),
    );
    const groups = stdout.match(/--resource-group \S+/g) ?? [];
    expect([...new Set(groups)]).toEqual([
      '--resource-group rg-techflow-production-operations',
      '--resource-group rg-techflow-production-recovery-operations',
    ]);
    expect(new Set(stdout.match(/--name \S+/g) ?? []).size).toBe(2);
  });

  test('is a command', async () => {
    const said = await run([process.execPath, '--import', 'tsx', 'scripts/azure-dashboards.ts', '--help']);
    expect(said).toEqual({
      status: 0,
      stdout: expect.stringContaining('npm run --silent dashboards:azure | sh'),
      stderr: '',
    });
  });

  test.each([
    ['the stage is unknown', ['--stage', 'prod'], 'one of production, staging, development'],
    ['the stage has no site on Azure', ['--stage', 'development'], 'must have one on azure for its Grafana'],
  ])('fails when %s, and writes nothing', (_, args, message) => {
    const output = join(directory, 'nothing');
    const { status, stderr, stdout } = callScript('azure-dashboards', ['--output', output, ...args]);
    expect([status, stdout, existsSync(output)]).toEqual([1, '', false]);
    expect(stderr).toContain(message);
  });
});
