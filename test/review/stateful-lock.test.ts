import fc from 'fast-check';
import { heldIn } from '../../lib/review/aws/held';
import { mergeLock } from '../../lib/review/merge-lock';
import { compareLock, formatLock, parseLock } from '../../lib/review/stateful-lock';
import type { LockEntry, StatefulLock } from '../../lib/review/stateful-lock';
import { assemblyOf } from './aws/fixtures';
import type { Declaration } from './aws/fixtures';

const STAGE = 'shop-production';

const heldBy = (resources: Record<string, Declaration>) => heldIn(assemblyOf({ id: 'Data', resources }));
const entry = (logicalId: string, type: string): LockEntry => ({
  stack: 'shop-production/Data',
  logicalId,
  type,
  path: `shop-production/Data/${logicalId}`,
});

const DATABASE = entry('Database', 'AWS::RDS::DBCluster');
const BUCKET = entry('Bucket', 'AWS::S3::Bucket');
const LOCK: StatefulLock = { [STAGE]: [BUCKET, DATABASE], 'shop-staging': [BUCKET] };
const RESOURCES = { Database: { Type: 'AWS::RDS::DBCluster' }, Bucket: { Type: 'AWS::S3::Bucket' } };

describe('what holds data', () => {
  test('lists what holds data, sorted, and nothing else', () => {
    const held = heldBy({
      ...RESOURCES,
      Reader: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: { Ref: 'Database' } } },
      Topic: { Type: 'AWS::SNS::Topic' },
    });
    expect(held.entries).toEqual([[STAGE, [BUCKET, DATABASE]]]);
  });
});

describe('the text of a lock', () => {
  test('is sorted JSON with a line for each resource', () => {
    expect(formatLock({ b: [], a: [DATABASE, BUCKET] })).toBe(
      [
        '{',
        '  "a": [',
        '    { "stack": "shop-production/Data", "logicalId": "Bucket", "type": "AWS::S3::Bucket", "path": "shop-production/Data/Bucket" },',
        '    { "stack": "shop-production/Data", "logicalId": "Database", "type": "AWS::RDS::DBCluster", "path": "shop-production/Data/Database" }',
        '  ],',
        '  "b": []',
        '}',
        '',
      ].join('\n'),
    );
    expect(formatLock({})).toBe('{}\n');
  });

  const word = fc.string({ minLength: 1, maxLength: 8 });
  const entries = fc.uniqueArray(fc.record({ stack: word, logicalId: word, type: word, path: word }), {
    selector: ({ stack, logicalId }) => JSON.stringify([stack, logicalId]),
  });
  test('is read back as it was written', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          word.filter((name) => name !== '__proto__'),
          entries,
        ),
        (lock) => {
          const text = formatLock(lock);
          expect(formatLock(parseLock(text))).toBe(text);
          expect(Object.keys(parseLock(text)).sort()).toEqual(Object.keys(lock).sort());
        },
      ),
    );
  });

  test('fails when it is no lock', () => {
    expect(() => parseLock('{"shop-production":[{"stack":"x"}]}')).toThrow(/logicalId/);
    expect(() => parseLock('[]')).toThrow();
  });
});

describe('compareLock', () => {
  test('finds nothing where the assembly is as locked, and leaves other stages alone', () => {
    expect(compareLock(LOCK, heldBy(RESOURCES))).toEqual([]);
  });

  test('fails when something has gone, and says what is lost', () => {
    expect(compareLock(LOCK, heldBy({ Bucket: RESOURCES.Bucket }))).toEqual([
      {
        rule: 'stateful-lock',
        stack: 'shop-production/Data',
        path: 'shop-production/Data/Database',
        logicalId: 'Database',
        message:
          'AWS::RDS::DBCluster has left shop-production/Data, or has another logical id there, which loses the database: ' +
          "restore the construct's place and id (overrideLogicalId), or on purpose, " +
          'run npm run lock -- --accept-loss shop-production/Data/Database',
      },
    ]);
  });

  test('fails when something has become of another type', () => {
    const resources = { ...RESOURCES, Database: { Type: 'AWS::RDS::DBInstance' } };
    expect(compareLock(LOCK, heldBy(resources)).map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^must be AWS::RDS::DBCluster, got AWS::RDS::DBInstance, which loses the database: .*--accept-loss shop-production\/Data\/Database$/,
      ),
    ]);
  });

  test('fails when something new is not locked', () => {
    const resources = { ...RESOURCES, Events: { Type: 'AWS::DynamoDB::Table' } };
    expect(compareLock(LOCK, heldBy(resources))).toMatchObject([
      { logicalId: 'Events', message: 'AWS::DynamoDB::Table holds data and is not in the lock yet: run npm run lock' },
    ]);
  });

  test('fails when the stage has no lock at all', () => {
    expect(compareLock({}, heldBy(RESOURCES))).toHaveLength(2);
  });
});

describe('mergeLock', () => {
  test('adds what is new and keeps other stages', () => {
    const merged = mergeLock({ 'shop-staging': [BUCKET] }, heldBy(RESOURCES));
    expect(merged).toEqual({ lock: LOCK, refused: [] });
  });

  test('follows a construct that moved and kept its logical id', () => {
    const moved = {
      Database: { ...RESOURCES.Database, Metadata: { 'aws:cdk:path': 'shop-production/Data/New/Place' } },
    };
    const merged = mergeLock({ [STAGE]: [DATABASE] }, heldBy(moved));
    expect(merged.lock[STAGE]).toEqual([{ ...DATABASE, path: 'shop-production/Data/New/Place' }]);
    expect(merged.refused).toEqual([]);
  });

  test('fails when a loss is not accepted, and keeps the entry', () => {
    const merged = mergeLock(LOCK, heldBy({ Bucket: RESOURCES.Bucket }));
    expect(merged.lock).toEqual(LOCK);
    expect(merged.refused.map(({ logicalId }) => logicalId)).toEqual(['Database']);
  });

  test('gives up a loss that is accepted by name', () => {
    const merged = mergeLock(LOCK, heldBy({ Bucket: RESOURCES.Bucket }), ['shop-production/Data/Database']);
    expect(merged).toEqual({ lock: { ...LOCK, [STAGE]: [BUCKET] }, refused: [] });
  });

  test('takes another type only if the loss is accepted by name', () => {
    const held = heldBy({ ...RESOURCES, Database: { Type: 'AWS::RDS::DBInstance' } });
    expect(mergeLock(LOCK, held).lock).toEqual(LOCK);
    const { lock, refused } = mergeLock(LOCK, held, ['shop-production/Data/Database']);
    expect(refused).toEqual([]);
    expect(lock[STAGE]).toEqual([BUCKET, { ...DATABASE, type: 'AWS::RDS::DBInstance' }]);
  });

  test('fails when a loss is accepted that does not happen', () => {
    expect(mergeLock(LOCK, heldBy(RESOURCES), ['shop-production/Data/Databse']).refused).toMatchObject([
      { path: 'shop-production/Data/Databse', message: expect.stringContaining('loses no such thing') },
    ]);
  });

  test('changes nothing when it is repeated', () => {
    const types = fc.constantFrom('AWS::RDS::DBCluster', 'AWS::S3::Bucket', 'AWS::SNS::Topic');
    const names = fc.constantFrom('A', 'B', 'C', 'D');
    fc.assert(
      fc.property(
        fc.dictionary(names, types),
        fc.dictionary(names, types),
        fc.subarray(['A', 'B', 'C', 'D']),
        (locked, now, accepted) => {
          const lock = { [STAGE]: Object.entries(locked).map(([id, type]) => entry(id, type)) };
          const held = heldBy(Object.fromEntries(Object.entries(now).map(([id, type]) => [id, { Type: type }])));
          const once = mergeLock(
            lock,
            held,
            accepted.map((id) => `shop-production/Data/${id}`),
          ).lock;
          expect(mergeLock(once, held).lock).toEqual(once);
        },
      ),
      { numRuns: 40 },
    );
  });
});
