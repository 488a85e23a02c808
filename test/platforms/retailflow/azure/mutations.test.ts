import { proveMutations } from '../../support/proof';
import { hardened } from './hardened';
import { rows } from './rows';
import { unhardened } from './unhardened';
import { worldOf } from './world';

proveMutations({ world: worldOf('production'), rows, hardened, unhardened });
