import type { Row } from './about';
import { failuresOf, type Expectation, type World } from './expectations';
import { mutationsOf, noticed, type Hardened } from './mutations';

/** Tests of a stage: each expectation of each row. */
export function proveRows(rows: readonly Row[], world: World | (() => World)): void {
  describe.each(rows)('$row', ({ expectations }) => {
    test.each(expectations)('$name', (expectation) => {
      expect(failuresOf(expectation, worldIn(world))).toEqual([]);
    });
  });
}

/** A world that is there, or that is there once tests run. */
const worldIn = (world: World | (() => World)): World => (typeof world === 'function' ? world() : world);

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
  /** Types which the mutations of another platform decide about. @default - none */
  readonly elsewhere?: readonly string[];
}

/** What is hardened, and whether it can be lost. */
interface Case {
  readonly title: string;
  /** In how many ways. */
  readonly count: number;
  readonly noticedBy: string;
  readonly unnoticed: readonly string[];
}

/** What already fails would notice everything. */
const met = (rows: readonly Row[], world: World): readonly Expectation[] =>
  rows.flatMap((row) => row.expectations).filter((each) => failuresOf(each, world).length === 0);

/** Who notices when something is lost from each resource that has it. */
function caseOf(type: string, each: Hardened, expectations: readonly Expectation[], world: World): Case {
  const mutations = mutationsOf(type, each, world);
  const results = mutations.map((mutation) => ({ mutation, names: noticed(mutation, expectations, world) }));
  const names = [...new Set(results.flatMap((result) => result.names))];
  return {
    title: titleOf(type, each),
    count: mutations.length,
    noticedBy:
      names.length === 0 ? 'nobody' : `“${names[0]}”${names.length > 1 ? ` and ${names.length - 1} more` : ''}`,
    unnoticed: results
      .filter((result) => result.names.length === 0)
      .map(({ mutation: { block, how } }) => `${block.path}: ${how}`),
  };
}

const titleOf = (type: string, { path }: Hardened): string => `${type}${path === undefined ? '' : ` ${path}`}`;

/** Types that nobody decided about, and decisions about types that there are not. */
function undecided(
  { elsewhere = [], hardened, unhardened }: Pick<MutationsProof, 'elsewhere' | 'hardened' | 'unhardened'>,
  world: World,
): object {
  const types = [...new Set(world.ofType('*').map(({ type }) => type))].sort();
  const known = [...Object.keys(hardened), ...Object.keys(unhardened), ...elsewhere];
  return {
    forgotten: types.filter((type) => !known.includes(type)),
    needless: Object.keys(unhardened).filter((type) => type in hardened || !types.includes(type)),
  };
}

/** Tests that whatever makes a stage safe cannot be lost unnoticed, and that no type of resource was forgotten. */
export function proveMutations({ elsewhere, hardened, rows, unhardened, world }: MutationsProof): void {
  const expectations = met(rows, world);
  const cases = Object.entries(hardened).flatMap(([type, all]) =>
    all.map((each) => caseOf(type, each, expectations, world)),
  );

  describe('what makes the platform safe cannot be lost unnoticed', () => {
    test.each(cases)('$title: $count ways, noticed by $noticedBy', ({ count, unnoticed }) => {
      expect(count).toBeGreaterThan(0);
      expect(unnoticed).toEqual([]);
    });
  });

  test('every type of resource is hardened, or it is written why it needs not be', () => {
    expect(undecided({ elsewhere, hardened, unhardened }, world)).toEqual({ forgotten: [], needless: [] });
  });
}

/** The same for a world that is there once tests run. */
export function proveMutationsLater(
  { elsewhere, hardened, rows, unhardened }: Omit<MutationsProof, 'world'>,
  world: () => World,
): void {
  const all = Object.entries(hardened).flatMap(([type, each]) =>
    each.map((one) => ({ type, one, title: titleOf(type, one) })),
  );
  let expectations: readonly Expectation[] = [];
  beforeAll(() => {
    expectations = met(rows, world());
  });

  describe('what makes the platform safe cannot be lost unnoticed', () => {
    test.each(all)('$title', ({ one, type }) => {
      const { count, unnoticed } = caseOf(type, one, expectations, world());
      expect(count).toBeGreaterThan(0);
      expect(unnoticed).toEqual([]);
    });
  });

  test('every type of resource is hardened, or it is written why it needs not be', () => {
    expect(undecided({ elsewhere, hardened, unhardened }, world())).toEqual({ forgotten: [], needless: [] });
  });
}
