import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { platformNames } from '../../bin/inputs';
import type { Allocations } from '../../lib/platform/allocation';
import { formatLock, parseLock, type LockEntry } from '../../lib/review/stateful-lock';
import { copyRepository } from '../gates/support/copy';
import { run, scratch } from '../gates/support/run';
import { callScript, type Called } from '../support/call-script';

const copy = copyRepository(join(scratch(), 'repository'));
const read = (file: string): string => readFileSync(join(copy, file), 'utf8');
const write = (file: string, text: string): void => writeFileSync(join(copy, file), text);

const PLATFORM = 'platforms/retailflow.ts';
const ALLOCATIONS = 'allocations/retailflow.json';
const LOCK = 'stateful.lock.json';

const lock = (...acceptLoss: readonly string[]): Called =>
  callScript(
    'lock',
    acceptLoss.flatMap((loss) => ['--accept-loss', loss]),
    { repository: copy },
  );

const stage = 'retailflow-development';
const { [stage]: held = [], 'retailflow-staging': staging = [] } = parseLock(read(LOCK));
const allocations = JSON.parse(read(ALLOCATIONS)) as Allocations;

/** What a database that has gone left in the lock. */
const gone: LockEntry = {
  stack: `${stage}/Data`,
  logicalId: 'OldDatabase',
  type: 'AWS::RDS::DBCluster',
  path: `${stage}/Data/OldDatabase/Resource`,
};

/** A lock that lacks something new, and holds something gone and a stage that nobody declares any more. */
const stale = formatLock({ [stage]: [...held.slice(1), gone], 'retailflow-staging': staging });

describe('npm run lock', () => {
  // RetailFlow in one stage, for the sake of speed.
  beforeAll(() => {
    for (const name of platformNames().filter((each) => each !== 'retailflow'))
      rmSync(join(copy, `platforms/${name}.ts`));
    write('lib/platform/whole.ts', read(PLATFORM).replace('../lib/platform/definition', './definition'));
    write(
      PLATFORM,
      `import whole from '../lib/platform/whole';
       export default { ...whole, stages: { development: whole.stages.development } };`,
    );
  });
  beforeEach(() => write(LOCK, stale));

  test('fails when something that held data is gone or an accepted loss is none, and still appends what has no allocation', () => {
    const { development, ...others } = allocations;
    const { user, ...listenerPriorities } = development?.listenerPriorities ?? {};
    const [[key, range] = [], ...rest] = Object.entries(development?.addresses ?? {}).reverse();
    const addresses = Object.fromEntries(rest.reverse());
    write(ALLOCATIONS, JSON.stringify({ ...others, development: { listenerPriorities, addresses } }));

    const { status, stderr, stdout } = lock(`${stage}/Data/Typo`, 'shop/Data/Assets');
    expect(status).toBe(1);
    expect(stderr.trimEnd().split('\n')).toEqual([
      'lock: 4 findings',
      expect.stringMatching(
        /^ {2}\[stateful-lock\] retailflow-development\/Data\/OldDatabase\/Resource \(OldDatabase\): AWS::RDS::DBCluster has left .* which loses the database: .* --accept-loss retailflow-development\/Data\/OldDatabase$/,
      ),
      `  [stateful-lock] ${stage}/Data/Typo: is accepted as a loss, but the assembly loses no such thing: correct the name`,
      expect.stringMatching(
        /^ {2}\[stateful-lock\] retailflow-staging: is a stage with \d+ resources that hold data, .* --accept-loss retailflow-staging$/,
      ),
      '  [stateful-lock] shop/Data/Assets: is accepted as a loss, but no such stage is locked: correct the name',
    ]);
    expect(read(LOCK)).toBe(stale);

    const total = Object.values(allocations).flatMap((each) => Object.values(each).flatMap(Object.keys)).length;
    expect(stdout).toBe(`${ALLOCATIONS}: 2 added, 0 given up, ${total} in all\n`);
    expect([user, range]).not.toContain(undefined);
    expect(JSON.parse(read(ALLOCATIONS))).toEqual({
      ...others,
      development: {
        listenerPriorities: { ...listenerPriorities, user },
        addresses: { ...addresses, [`${key}`]: range },
      },
    });
  });

  test('fails when the lock cannot be read, and says which file it is', () => {
    write(LOCK, '{\n<<<<<<< ours\n}\n');
    const { status, stderr } = lock();
    expect(status).toBe(1);
    expect(stderr).toMatch(/^stateful\.lock\.json cannot be read, restore what was committed: ./);
  });

  test('adds what newly holds data, and gives up exactly what is named', async () => {
    const losses = [`${stage}/Data/OldDatabase`, 'retailflow-staging'].flatMap((loss) => ['--accept-loss', loss]);
    const command = [process.execPath, '--require', 'tsx/cjs', 'scripts/lock.ts', ...losses];
    const { status, stderr, stdout } = await run(command, { cwd: copy });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.split('\n')).toContain(`${LOCK}: 1 added, ${staging.length + 1} given up, ${held.length} in all`);
    expect(read(LOCK)).toBe(formatLock({ [stage]: held }));
  });
});
