import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, scratch, type Run } from '../gates/support/run';

const script = 'scripts/bootstrap-azure-state.sh';
const directory = scratch();
const calls = join(directory, 'calls');

/** A command line of Azure that only notes what it is asked. */
beforeAll(() => {
  writeFileSync(join(directory, 'az'), `#!/bin/sh\necho "$*" >> ${calls}\n`);
  chmodSync(join(directory, 'az'), 0o755);
});
beforeEach(() => writeFileSync(calls, ''));

const sound = [
  '--subscription',
  '7f2b8c0e-3a51-4a0c-9d8e-5b1f6c2d4e3a',
  '--location',
  'eastasia',
  '--account',
  'shopstate',
  '--deployers',
  '1c9e6a4d-8b27-4f53-a0e1-6d3c5b7f9a28',
];
const bootstrap = (args: readonly string[], path = `${directory}:${process.env['PATH'] ?? ''}`): Promise<Run> =>
  run(['bash', script, ...args], { env: { PATH: path } });

/** The commands whose beginning is given, each whole. */
const called = (beginning: string): readonly string[] =>
  readFileSync(calls, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith(beginning));

test('the script is well-formed', async () => {
  expect(await run(['bash', '-n', script])).toEqual({ status: 0, stdout: '', stderr: '' });
});

test('makes an account without keys, that keeps what is deleted, and lets one group write states', async () => {
  const { status, stderr } = await bootstrap([...sound, '--allow-address', '203.0.113.0/29']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(called('group create')).toHaveLength(1);
  const [account = ''] = called('storage account create');
  for (const option of [
    '--sku Standard_GZRS',
    '--allow-shared-key-access false',
    '--allow-blob-public-access false',
    '--min-tls-version TLS1_2',
    '--default-action Deny',
  ]) {
    expect(account).toContain(option);
  }
  expect(called('storage account network-rule add')).toEqual([expect.stringContaining('--ip-address 203.0.113.0/29')]);
  const [blobs = ''] = called('storage account blob-service-properties update');
  expect(blobs).toMatch(/--enable-versioning true .*--delete-retention-days 90 .*--container-delete-retention-days 90/);
  expect(called('storage container-rm create')).toEqual([
    expect.stringMatching(/--name state --storage-account shopstate .*--public-access off/),
  ]);
  expect(called('role assignment create')).toEqual([
    expect.stringMatching(
      /--role Storage Blob Data Contributor --scope \/subscriptions\/7f2b8c0e.*\/storageAccounts\/shopstate\/blobServices\/default\/containers\/state /,
    ),
  ]);
  expect(called('lock create')).toEqual([expect.stringContaining('--lock-type CanNotDelete')]);
  const all = readFileSync(calls, 'utf8').trimEnd().split('\n');
  expect(all.filter((line) => !line.includes('--subscription 7f2b8c0e-3a51-4a0c-9d8e-5b1f6c2d4e3a'))).toEqual([]);
});

test('opens the account to nobody unless it is told', async () => {
  expect((await bootstrap(sound)).status).toBe(0);
  expect(called('storage account network-rule')).toEqual([]);
});

test.each([
  ['a value is missing', ['--subscription'], '--subscription must have a value, got none'],
  ['the subscription is missing', sound.slice(2), '--subscription must be given'],
  [
    'the account is no name',
    [...sound, '--account', 'Shop-State'],
    "--account must be 3 to 24 lower-case letters and digits, got 'Shop-State'",
  ],
  [
    'the subscription is of the documentation',
    [...sound, '--subscription', '00000000-0000-0000-0000-000000000000'],
    'is a value of the documentation: give your own',
  ],
  [
    'the account is of the documentation',
    [...sound, '--account', 'exampleproductionstate'],
    'exampleproductionstate is a value of the documentation',
  ],
  ['an option is unknown', [...sound, '--force'], 'does not know --force'],
])('fails when %s, and calls nothing', async (_, args, message) => {
  const { status, stderr } = await bootstrap(args);
  expect(status).toBe(1);
  expect(stderr).toContain(`bootstrap-azure-state: `);
  expect(stderr).toContain(message);
  expect(readFileSync(calls, 'utf8')).toBe('');
});
