import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../bin/inputs';
import notes from '../../examples/notes';
import { allocate } from '../../lib/platform/allocation';
import { allocationRequests, resolve, resolveUnallocated } from '../../lib/platform/resolve';
import { heldIn } from '../../lib/review/aws/held';
import { reviewAssembly } from '../../lib/review/aws/review';
import { mergeLock } from '../../lib/review/merge-lock';
import { synthesize } from '../support/assembly';

const stage = 'production';
const guide = readFileSync(join(root, 'docs/guides/new-platform.md'), 'utf8');

/** As the lock's command does for a platform that is new. */
const allocations = {
  [stage]: allocate({ listenerPriorities: {}, addresses: {} }, allocationRequests(resolveUnallocated(notes, stage))),
};
const { assembly, directory } = synthesize({
  platform: resolve(notes, { stage, allocations }),
  releases: {},
});

describe('the example of the guide to a new platform', () => {
  test('is shown whole', () => {
    expect(guide).toContain(`\`\`\`ts\n${readFileSync(join(root, 'examples/notes.ts'), 'utf8')}\`\`\``);
  });

  test('becomes the stacks of the table, each holding something', () => {
    const rows = [...guide.matchAll(/^\| `([\w-]+)` /gm)].map(([, stack]) => `notes-${stage}/${stack}`);
    expect(assembly.stacks.map(({ name }) => name).sort()).toEqual(rows.sort());
    expect(assembly.stacks.filter(({ resources }) => resources.length === 0)).toEqual([]);
  });

  test('passes every rule of the review as it is', async () => {
    const { lock } = mergeLock({}, heldIn(assembly));
    expect(await reviewAssembly(directory, { lock, retention: { deletionProtection: true } })).toEqual([]);
  });
});
