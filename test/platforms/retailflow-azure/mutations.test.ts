import { hardened as known } from '../retailflow/azure/hardened';
import { unhardened as easy } from '../retailflow/azure/unhardened';
import { proveMutations } from '../support/proof';
import { siteWorld } from '../support/worlds';
import { hardened } from './hardened';
import { siteRows as rows } from './rows';

const elsewhere = [...Object.keys(known), ...Object.keys(easy)];

const unhardened = {
  azurerm_api_management_api_operation: 'a method less is a method refused, which whoever asks for it notices',
} as const;

proveMutations({ world: siteWorld('retailflow-azure', 'production'), rows, hardened, unhardened, elsewhere });
