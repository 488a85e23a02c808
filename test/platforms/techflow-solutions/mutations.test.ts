import { synthesized } from '../../support/assembly';
import { hardened as known } from '../retailflow/hardened';
import { unhardened as easy } from '../retailflow/unhardened';
import { World } from '../support/expectations';
import { Graph } from '../support/graph';
import { proveMutations } from '../support/proof';
import { hardened } from './hardened';
import { rows } from './rows';

const world = World.of(new Graph(synthesized('techflow-solutions', 'production').assembly).blocks);
const elsewhere = [...Object.keys(known), ...Object.keys(easy)];

proveMutations({ world, rows, hardened, unhardened: {}, elsewhere });
