import { synthesized } from '../../support/assembly';
import { World } from '../support/expectations';
import { Graph } from '../support/graph';
import { hardenedLoad } from '../support/hardened-load';
import { proveMutations, proveRows } from '../support/proof';
import { loadTests } from './rows/load-tests';

const { blocks } = new Graph(synthesized('retailflow', 'staging').assembly);
const world = World.of(blocks);

proveRows([loadTests], world);
proveMutations({
  world,
  rows: [loadTests],
  hardened: hardenedLoad,
  unhardened: {},
  elsewhere: blocks.map(({ type }) => type),
});

test('customers do not share production with load tests', () => {
  const production = new Graph(synthesized('retailflow', 'production').assembly);
  expect(production.blocks.filter(({ path }) => path.includes('LoadTests'))).toEqual([]);
});
