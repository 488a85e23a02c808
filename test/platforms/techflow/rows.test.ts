import type { World } from '../support/expectations';
import { proveNames, proveRows } from '../support/proof';
import { clusterWorld, siteWorld } from '../support/worlds';
import { clusterRows, siteRows } from './rows';

let cluster: World;
beforeAll(async () => {
  cluster = await clusterWorld('techflow', 'production');
});

proveRows(siteRows, siteWorld('techflow', 'production'));

proveRows(clusterRows, () => cluster);

proveNames([...siteRows, ...clusterRows]);
