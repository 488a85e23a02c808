import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Platform } from '../../../lib/platform/platform';
import { recoveryJson, recoveryLines, recoveryReport } from '../../../lib/review/recovery/report';
import { reviewRecovery, unproved, type RecoveryReview } from '../../../lib/review/recovery/review';
import { expectFile } from '../../support/file-snapshot';
import { recoveryOutputs } from '../../support/recovery';

let platform: Platform;
let review: RecoveryReview;
beforeAll(async () => {
  const read = await recoveryOutputs('retailflow', 'production');
  platform = read.platform;
  review = reviewRecovery(read.outputs, platform);
});

/** Hashes of names and contents, which say nothing to a reader. */
const readable = (text: string): string =>
  text.replace(/(?<=[a-z0-9_])[0-9A-F]{8}\b/g, '…').replace(/-[0-9a-f]{10}(?=\.yaml)/g, '-…');

test('of another pair of clouds it is said that nothing is proved', () => {
  const { primary, recovery } = platform.stage.sites;
  if (recovery === undefined) throw new Error('the platform must have a recovery site');
  const turned = { ...platform.stage, sites: { primary: recovery, recovery: primary } };
  expect(unproved({ stage: turned })).toBe(
    'not proved: it is for a recovery site on azure, of a primary on aws or azure, got azure and aws',
  );
  expect(unproved(platform)).toBeUndefined();
  expect(unproved({ stage: { ...platform.stage, sites: { primary, recovery: undefined } } })).toBeUndefined();
});

test('a report reads as it is committed', () => {
  expectFile(join(__dirname, '__snapshots__', 'recovery.txt'), readable(recoveryReport(review)));
});

test('the command line says in a few lines what was proved, as the guide shows them', () => {
  const lines = recoveryLines(review);
  expect(lines).toEqual([
    expect.stringMatching(
      /^parity ok: \d+ of \d+ capabilities, 2 waived; 6 contracts, 13 routes; \d+ sizes, \d+ ways of the network, 12 of the right to write$/,
    ),
    expect.stringMatching(/^\d+ steps from nothing to both sites$/),
    'recovery time 28.33 min of 30 min',
    '2 keepers wait for their image: neither is deployed before it is told',
    'recovery point of databases.store 2.1 s of 60 s',
    'recovery point of objects 570 s of 900 s',
  ]);
  const guide = readFileSync(join(__dirname, '../../../docs/guides/reviewing.md'), 'utf8');
  expect(lines.filter((line) => !guide.includes(line))).toEqual([]);
});

test('a program reads the same', () => {
  const read = JSON.parse(recoveryJson(review)) as Record<string, unknown>;
  expect(Object.keys(read).sort()).toEqual([
    ...['capacity', 'contracts', 'kept', 'pairings', 'platform', 'points', 'routes', 'stage', 'time', 'untold'],
    ...['versions', 'ways'],
  ]);
  expect(read).toMatchObject({
    platform: 'retailflow',
    stage: 'production',
    time: { seconds: 1700, goalSeconds: 1800 },
  });
});
