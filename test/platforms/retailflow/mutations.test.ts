import { synthesized } from '../../support/assembly';
import { World } from '../support/expectations';
import { Graph } from '../support/graph';
import { proveMutations } from '../support/proof';
import { hardened } from './hardened';
import { rows } from './rows';
import { unhardened } from './unhardened';

const world = World.of(new Graph(synthesized('retailflow', 'production').assembly).blocks);

proveMutations({ world, rows, hardened, unhardened });
