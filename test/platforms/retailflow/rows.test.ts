import { synthesized } from '../../support/assembly';
import { World } from '../support/expectations';
import { Graph } from '../support/graph';
import { proveNames, proveRows } from '../support/proof';
import { rows } from './rows';
import { development } from './rows/development';

const worldOf = (stage: string): World => World.of(new Graph(synthesized('retailflow', stage).assembly).blocks);

const stages = [
  { stage: 'production', world: worldOf('production'), rows },
  { stage: 'development', world: worldOf('development'), rows: [development] },
];

describe.each(stages)('$stage', (each) => {
  proveRows(each.rows, each.world);
});

proveNames([...rows, development]);
