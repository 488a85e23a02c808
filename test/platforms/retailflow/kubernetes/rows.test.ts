import type { World } from '../../support/expectations';
import { proveNames, proveRows } from '../../support/proof';
import { rows } from './rows';
import { worldOf } from './world';

let world: World;
beforeAll(async () => {
  world = await worldOf('production');
});

proveRows(rows, () => world);

proveNames(rows);
