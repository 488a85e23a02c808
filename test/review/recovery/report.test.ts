import { join } from 'node:path';
import { recoveryJson, recoveryLines, recoveryReport } from '../../../lib/review/recovery/report';
import { reviewRecovery, type RecoveryReview } from '../../../lib/review/recovery/review';
import { expectFile } from '../../support/file-snapshot';
import { recoveryOutputs } from '../../support/recovery';

let review: RecoveryReview;
beforeAll(async () => {
  const { outputs, platform } = await recoveryOutputs('retailflow', 'production');
  review = reviewRecovery(outputs, platform);
});

/** Hashes of names and contents, which say nothing to a reader. */
const readable = (text: string): string =>
  text.replace(/(?<=[a-z0-9_])[0-9A-F]{8}\b/g, '…').replace(/-[0-9a-f]{10}(?=\.yaml)/g, '-…');

test('a report reads as it is committed', () => {
  expectFile(join(__dirname, '__snapshots__', 'recovery.txt'), readable(recoveryReport(review)));
});

test('the command line says in a few lines what was proved', () => {
  const lines = recoveryLines(review);
  expect(lines).toEqual([
    expect.stringMatching(
      /^parity ok: \d+ of \d+ capabilities, 2 waived; 6 contracts, 13 routes; \d+ sizes, \d+ ways of the network$/,
    ),
    expect.stringMatching(/^\d+ steps from nothing to both sites$/),
    'recovery time 28.33 min of 30 min',
    'recovery point of databases.store 2.1 s of 60 s',
    'recovery point of objects 570 s of 900 s',
  ]);
});

test('a program reads the same', () => {
  const read = JSON.parse(recoveryJson(review)) as Record<string, unknown>;
  expect(Object.keys(read).sort()).toEqual(
    ['capacity', 'contracts', 'pairings', 'platform', 'points', 'routes', 'stage', 'time', 'versions', 'ways'].sort(),
  );
  expect(read).toMatchObject({
    platform: 'retailflow',
    stage: 'production',
    time: { seconds: 1700, goalSeconds: 1800 },
  });
});
