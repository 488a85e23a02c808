import { synthesized } from '../../support/assembly';
import { World } from '../support/expectations';
import { Graph } from '../support/graph';
import { hardenedLoad } from '../support/hardened-load';
import { proveMutations, proveRows } from '../support/proof';
import { proveUnmarked } from '../support/unmarked';
import { experiments } from './rows/experiments';
import { loadTests } from './rows/load-tests';

const { blocks } = new Graph(synthesized('retailflow', 'staging').assembly);
const world = World.of(blocks);

proveRows([experiments, loadTests], world);
proveMutations({
  world,
  rows: [loadTests],
  hardened: hardenedLoad,
  unhardened: {},
  elsewhere: blocks.map(({ type }) => type),
});

test('production is not broken on purpose', () => {
  const production = new Graph(synthesized('retailflow', 'production').assembly);
  expect(production.blocks.filter(({ type }) => type === 'AWS::FIS::ExperimentTemplate')).toEqual([]);
});

proveUnmarked('retailflow');
