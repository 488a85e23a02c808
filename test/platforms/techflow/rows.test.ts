import type { World } from '../support/expectations';
import { proveNames, proveRows } from '../support/proof';
import { clusterWorldOf, siteWorld } from '../support/worlds';
import { clusterRows, secondClusterRows, siteRows } from './rows';

let cluster: World;
let second: World;
beforeAll(async () => {
  cluster = await clusterWorldOf('techflow', 'production', 'aks-techflow-production');
  second = await clusterWorldOf('techflow', 'production', 'aks-techflow-production-recovery');
});

proveRows(siteRows, siteWorld('techflow', 'production'));

proveRows(clusterRows, () => cluster);

proveRows(secondClusterRows, () => second);

proveNames([...siteRows, ...clusterRows, ...secondClusterRows]);
