import type { Row } from './about';
import { failuresOf, type World } from './expectations';
import { mutationsOf, noticed, type Hardened } from './mutations';

/** Tests of a stage: each expectation of each row. */
export function proveRows(rows: readonly Row[], world: World): void {
  describe.each(rows)('$row', ({ expectations }) => {
    test.each(expectations)('$name', (expectation) => {
      expect(failuresOf(expectation, world)).toEqual([]);
    });
  });
}

/** A test that a failure names one sentence, and not one of two. */
export function proveNames(rows: readonly Row[]): void {
  test('no two expectations bear one name', () => {
    const names = rows.flatMap(({ expectations }) => expectations.map(({ name }) => name));
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
}

/** What {@link proveMutations} judges. */
export interface MutationsProof {
  readonly world: World;
  readonly rows: readonly Row[];
  /** What must not be lost, by type of resource. */
  readonly hardened: Readonly<Record<string, readonly Hardened[]>>;
  /** Types of which nothing is hardened, and why. */
  readonly unhardened: Readonly<Record<string, string>>;
}

/** Tests that whatever makes a stage safe cannot be lost unnoticed, and that no type of resource was forgotten. */
export function proveMutations({ hardened, rows, unhardened, world }: MutationsProof): void {
  /** What already fails would notice everything. */
  const expectations = rows.flatMap((row) => row.expectations).filter((each) => failuresOf(each, world).length === 0);

  /** What is hardened, and who notices when it is lost from each resource that has it. */
  const cases = Object.entries(hardened).flatMap(([type, all]) =>
    all.map((each) => {
      const mutations = mutationsOf(type, each, world);
      const results = mutations.map((mutation) => ({ mutation, names: noticed(mutation, expectations, world) }));
      const names = [...new Set(results.flatMap((result) => result.names))];
      return {
        title: `${type}${each.path === undefined ? '' : ` ${each.path}`}`,
        count: mutations.length,
        noticedBy:
          names.length === 0 ? 'nobody' : `“${names[0]}”${names.length > 1 ? ` and ${names.length - 1} more` : ''}`,
        unnoticed: results
          .filter((result) => result.names.length === 0)
          .map(({ mutation: { block, how } }) => `${block.path}: ${how}`),
      };
    }),
  );

  describe('what makes the platform safe cannot be lost unnoticed', () => {
    test.each(cases)('$title: $count ways, noticed by $noticedBy', ({ count, unnoticed }) => {
      expect(count).toBeGreaterThan(0);
      expect(unnoticed).toEqual([]);
    });
  });

  test('every type of resource is hardened, or it is written why it needs not be', () => {
    const types = [...new Set(world.ofType('*').map(({ type }) => type))].sort();
    const known = [...Object.keys(hardened), ...Object.keys(unhardened)];
    expect(types.filter((type) => !known.includes(type))).toEqual([]);
    expect(Object.keys(unhardened).filter((type) => type in hardened || !types.includes(type))).toEqual([]);
  });
}
