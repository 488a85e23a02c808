import fc from 'fast-check';
import { Copier, reconcile } from './copier';

let copier: Copier;
beforeEach(async () => {
  copier = await Copier.start();
});
afterEach(() => copier.server.stop());

/** Keys that differ, by as many slices as it takes when each ends after so many questions for the time. */
async function differences({ removes = true, stepsPerSlice = Infinity } = {}) {
  const told: string[] = [];
  let slices = 0;
  let position: object | undefined = {};
  while (position !== undefined) {
    let steps = 0;
    slices += 1;
    position = await reconcile(position, copier.way(removes), {
      differ: (key: string) => Promise.resolve(void told.push(key)),
      isOver: () => (steps += 1) > stepsPerSlice,
    });
  }
  return { told, slices };
}

const foreign = (key: string): void =>
  void copier.server.blobs.set(`/account/recovery/${encodeURIComponent(key)}`, {
    type: 'BlockBlob',
    content: Buffer.from('of the other site'),
    version: 1000,
    headers: {},
  });

describe('the comparison of a bucket with its container', () => {
  test('tells what is missing, what is older and what is too much, and nothing of what is the same', async () => {
    for (const key of ['gone', 'old', 'same']) copier.s3.put(key, 'one');
    for (const key of ['gone', 'old', 'same']) await copier.copy(key);
    copier.s3.objects.delete('gone');
    copier.s3.put('old', 'two');
    copier.s3.put('new <&> "1"', 'one');
    expect((await differences()).told).toEqual(['gone', 'new <&> "1"', 'old']);
  });

  test('tells nothing of what cannot be read, cannot be named, or is of the other site', async () => {
    copier.s3.put('frozen', 'one', {}, 'GLACIER');
    copier.s3.put('folder/', '');
    copier.s3.put('theirs', 'one');
    foreign('theirs');
    foreign('theirs alone');
    expect((await differences()).told).toEqual([]);
  });

  test('tells nothing of what an archive keeps', async () => {
    copier.s3.put('a', 'one');
    await copier.copy('a');
    copier.s3.objects.delete('a');
    expect((await differences({ removes: false })).told).toEqual([]);
    expect((await differences()).told).toEqual(['a']);
  });

  test('reads names that XML cannot hold', async () => {
    copier.s3.put('a\u0001b', 'one');
    await copier.copy('a\u0001b');
    expect((await differences()).told).toEqual([]);
  });

  test('fails when the container does not answer', async () => {
    copier.server.faults.push('busy');
    await expect(differences()).rejects.toThrow('503 ServerBusy');
  });

  test('tells each difference once, whatever the pages and however often its time is over', async () => {
    const state = fc.constantFrom('same', 'old', 'new', 'gone');
    const keys = fc.dictionary(fc.constantFrom('a', 'a/b', 'b', 'Z', 'é', '0', 'a b', 'c'), state);
    await fc.assert(
      fc.asyncProperty(
        keys,
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 2, max: 5 }),
        async (given, page, steps) => {
          copier.s3.objects.clear();
          copier.server.blobs.clear();
          copier.s3.pageSize = page;
          copier.server.blocks.pageSize = page;
          for (const [key, is] of Object.entries(given)) {
            copier.s3.put(key, 'one');
            if (is !== 'new') await copier.copy(key);
            if (is === 'old') copier.s3.put(key, 'two');
            if (is === 'gone') copier.s3.objects.delete(key);
          }
          const { told } = await differences({ stepsPerSlice: steps });
          expect([...told].sort()).toEqual(
            Object.keys(given)
              .filter((key) => given[key] !== 'same')
              .sort(),
          );
        },
      ),
      { numRuns: 25 },
    );
  });
});
