import type { World } from '../support/expectations';
import { proveNames, proveRows } from '../support/proof';
import { clusterWorld, siteWorld } from '../support/worlds';
import { clusterRows, siteRows } from './rows';

let cluster: World;
beforeAll(async () => {
  cluster = await clusterWorld('retailflow-azure', 'production');
});

proveRows(siteRows, siteWorld('retailflow-azure', 'production'));

proveRows(clusterRows, () => cluster);

proveNames([...siteRows, ...clusterRows]);
