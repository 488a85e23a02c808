import type { World } from '../../support/expectations';
import { proveMutationsLater } from '../../support/proof';
import { hardened } from './hardened';
import { rows } from './rows';
import { unhardened } from './unhardened';
import { worldOf } from './world';

let world: World;
beforeAll(async () => {
  world = await worldOf('production');
});

proveMutationsLater({ rows, hardened, unhardened }, () => world);
