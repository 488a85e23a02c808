import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, scratch, type Run } from '../gates/support/run';

const script = 'scripts/bootstrap-google.sh';
const directory = scratch();
const calls = join(directory, 'calls');

/** A command line of Google Cloud that only notes what it is asked. */
beforeAll(() => {
  writeFileSync(join(directory, 'gcloud'), `#!/bin/sh\necho "$*" >> ${calls}\n`);
  chmodSync(join(directory, 'gcloud'), 0o755);
});
beforeEach(() => writeFileSync(calls, ''));

const bootstrap = (...args: readonly string[]): Promise<Run> =>
  run(['bash', script, ...args], { env: { PATH: `${directory}:${process.env['PATH'] ?? ''}` } });

test('turns on what a warehouse needs, and has the account of Pub/Sub made', async () => {
  const { status, stderr } = await bootstrap('--project', 'flow-production');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const [enable = '', identity = '', ...rest] = readFileSync(calls, 'utf8').trim().split('\n');
  expect(enable).toMatch(
    /^services enable .*bigquery.*cloudkms.*pubsub.*sts\.googleapis\.com --project flow-production/,
  );
  expect(identity).toBe(
    'beta services identity create --service pubsub.googleapis.com --project flow-production --quiet',
  );
  expect(rest).toEqual([]);
});

test.each([
  ['there is no project', [], /--project must be the id of a project, got ''/],
  ['the project is a documentation value', ['--project', 'example-flow'], /a value of the documentation/],
  ['an option is unknown', ['--region', 'x'], /does not know --region/],
])('fails when %s, and asks nothing', async (_, args, message) => {
  const { status, stderr } = await bootstrap(...args);
  expect(status).toBe(1);
  expect(stderr).toMatch(message);
  expect(readFileSync(calls, 'utf8')).toBe('');
});
