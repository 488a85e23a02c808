import { synthesized } from '../../support/assembly';
import { World } from '../support/expectations';
import { Graph } from '../support/graph';
import { hardenedLoad } from '../support/hardened-load';
import { proveMutations, proveRows } from '../support/proof';
import { proveUnmarked } from '../support/unmarked';
import { experiments } from './rows/experiments';
import { loadTests } from './rows/load-tests';

const staging = new Graph(synthesized('techflow-solutions', 'staging').assembly);

const world = World.of(staging.blocks);

proveRows([experiments, loadTests], world);
proveMutations({
  world,
  rows: [loadTests],
  hardened: hardenedLoad,
  unhardened: {},
  elsewhere: staging.blocks.map(({ type }) => type),
});

test('production is not broken on purpose', () => {
  const { blocks } = new Graph(synthesized('techflow-solutions', 'production').assembly);
  expect(blocks.filter(({ type }) => type === 'AWS::FIS::ExperimentTemplate')).toEqual([]);
});

proveUnmarked('techflow-solutions');
