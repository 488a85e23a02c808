import { proveNames, proveRows } from '../../support/proof';
import { rows } from './rows';
import { staging } from './rows/staging';
import { worldOf } from './world';

const stages = [
  { stage: 'production', world: worldOf('production'), rows },
  { stage: 'staging', world: worldOf('staging'), rows: [staging] },
];

describe.each(stages)('$stage', (each) => {
  proveRows(each.rows, each.world);
});

proveNames([...rows, staging]);
