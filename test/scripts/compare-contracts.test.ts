import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callScript } from '../support/call-script';

/** The committed contracts, with something of user's changed. */
function changed(from: string, to: string): string {
  const directory = join(mkdtempSync(join(tmpdir(), 'contracts-')), 'contracts');
  cpSync('contracts', directory, { recursive: true });
  const file = join(directory, 'techflow-solutions', 'user.yaml');
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
  return directory;
}

const call = (...args: readonly string[]) => callScript('compare-contracts', args);

describe('scripts/compare-contracts.ts', () => {
  test('exits with 0 where no client must change, and where there were no contracts', () => {
    expect(call('contracts', 'contracts')).toEqual({ status: 0, stdout: 'No client must change.\n', stderr: '' });
    expect(call('nowhere', 'contracts')).toEqual({ status: 0, stdout: 'No client must change.\n', stderr: '' });
  });

  test('fails when clients must change, and says what', () => {
    expect(call('contracts', changed('/api/sessions/renewals:', '/api/sessions/others:'))).toEqual({
      status: 1,
      stdout:
        'techflow-solutions/user.yaml: POST /api/sessions/renewals is gone\n' +
        'Keep it, or raise the first number of info.version once clients have changed. A contract may go whose operations all said deprecated: true.\n',
      stderr: '',
    });
  });

  test('fails when a whole contract is gone', () => {
    const directory = changed('1.0.0', '2.0.0');
    rmSync(join(directory, 'techflow-solutions', 'user.yaml'));
    const { status, stdout } = call('contracts', directory);
    expect(status).toBe(1);
    expect(stdout).toContain('techflow-solutions/user.yaml: POST /api/sessions is gone\n');
  });

  test('fails when a directory is missing, or a contract cannot be read, with another exit code', () => {
    expect(call('contracts')).toMatchObject({ status: 2, stderr: expect.stringContaining('two directories, got 1') });
    expect(call('contracts', changed('openapi: 3.1.0', 'openapi: 3.1.0\nopenapi: 3.1.0'))).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('keys must be unique'),
    });
  });
});
