import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readContracts } from '../../bin/contracts';
import { loadContracts, loadPlatform, platformNames, stagesOn } from '../../bin/inputs';
import { problemsIn } from '../support/platform';

const { platform } = loadPlatform('techflow-solutions', 'production');
const routed = Object.entries(platform.services).filter(([, { contract }]) => contract !== undefined);
const read = (path: string, parse: (text: string) => unknown) => parse(readFileSync(path, 'utf8'));

/** A directory with these files. */
function directoryOf(files: Readonly<Record<string, string>>): string {
  const directory = join(mkdtempSync(join(tmpdir(), 'contracts-')), 'techflow-solutions');
  mkdirSync(directory);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  return directory;
}

const committed = Object.fromEntries(
  routed.map(([name]) => [`${name}.yaml`, readFileSync(`contracts/techflow-solutions/${name}.yaml`, 'utf8')]),
);

describe('committed contracts', () => {
  test('are read with the platform, one of each service that says so', () => {
    expect(Object.keys(platform.contracts ?? {})).toEqual(routed.map(([name]) => name));
    expect(platform.contracts?.['reporting']).toEqual([
      { path: '/api/reports', methods: ['GET', 'POST'] },
      { path: '/api/reports/{reportId}', methods: ['DELETE', 'GET'] },
    ]);
  });

  test.each(stagesOn('techflow-solutions', 'aws'))('are the same in %s', (stage) => {
    expect(loadPlatform('techflow-solutions', stage).platform.contracts).toEqual(platform.contracts);
  });

  test('of a platform without any are none', () => {
    expect(platformNames()).toContain('retailflow');
    expect(loadContracts(loadPlatform('retailflow', 'production').platform)).toEqual({});
  });
});

describe('a directory of contracts', () => {
  test('is read as it is committed', () => {
    expect(readContracts(platform, directoryOf(committed), read)).toEqual(platform.contracts);
  });

  test('fails when a file has another ending', () => {
    const { 'user.yaml': user = '', ...rest } = committed;
    expect(problemsIn(() => readContracts(platform, directoryOf({ ...rest, 'user.yml': user }), read))).toEqual([
      {
        path: 'contracts/techflow-solutions/user.yml',
        got: 'user.yml',
        allowed: 'called after a service: <service>.yaml',
        remedy: 'rename it, or remove it',
      },
    ]);
  });

  test('fails when a file says a thing twice', () => {
    const twice = { ...committed, 'user.yaml': 'openapi: 3.1.0\nopenapi: 3.1.0\n' };
    expect(() => readContracts(platform, directoryOf(twice), read)).toThrow('keys must be unique');
  });
});
