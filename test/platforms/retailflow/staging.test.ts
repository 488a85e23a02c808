import { synthesized } from '../../support/assembly';
import { World } from '../support/expectations';
import { Graph } from '../support/graph';
import { hardenedLoad } from '../support/hardened-load';
import { proveMutations, proveRows } from '../support/proof';
import { proveUnmarked } from '../support/unmarked';
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

proveUnmarked('retailflow');
