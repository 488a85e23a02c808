import { synthesized } from '../../support/assembly';
import { failuresOf, World } from '../support/expectations';
import { Graph } from '../support/graph';
import { mutationsOf, noticed } from '../support/mutations';
import { hardened } from './hardened';
import { rows } from './rows';
import { unhardened } from './unhardened';

const world = World.of(new Graph(synthesized('retailflow', 'production').assembly).blocks);

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
