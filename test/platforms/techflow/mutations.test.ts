import { hardened as known } from '../retailflow/azure/hardened';
import { unhardened as easy } from '../retailflow/azure/unhardened';
import { proveMutations } from '../support/proof';
import { siteWorld } from '../support/worlds';
import { hardened } from './hardened';
import { siteRows as rows } from './rows';

const elsewhere = [...Object.keys(known), ...Object.keys(easy)];

proveMutations({ world: siteWorld('techflow', 'production'), rows, hardened, unhardened: {}, elsewhere });
