import { required } from '../../../lib/platform/required';
import { hardenedLoadCluster, hardenedLoadSite } from '../support/azure-load-row';
import type { World } from '../support/expectations';
import { mutationsOf, noticed } from '../support/mutations';
import { proveMutations, proveNames, proveRows } from '../support/proof';
import { clusterWorldOf, siteWorld } from '../support/worlds';
import { loadCluster, loadSite } from './rows/load-tests';

const site = siteWorld('techflow', 'staging');
let cluster: World | undefined;
beforeAll(async () => {
  cluster = await clusterWorldOf('techflow', 'staging', 'aks-techflow-staging');
});

proveRows([loadSite], site);
proveRows([loadCluster], () => required('the cluster', cluster));
proveNames([loadSite, loadCluster]);
proveMutations({
  world: site,
  rows: [loadSite],
  hardened: hardenedLoadSite,
  unhardened: {},
  elsewhere: site.ofType('*').map(({ type }) => type),
});

test.each(Object.entries(hardenedLoadCluster).flatMap(([type, all]) => all.map((each) => [type, each] as const)))(
  'somebody notices when a %s of load tests loses %o',
  (type, each) => {
    const world = required('the cluster', cluster);
    const mutations = mutationsOf(type, each, world);
    expect(mutations.length).toBeGreaterThan(0);
    for (const mutation of mutations) expect(noticed(mutation, loadCluster.expectations, world)).not.toEqual([]);
  },
);

test('customers do not share production with load tests', () => {
  const paths = siteWorld('techflow', 'production')
    .ofType('*')
    .map(({ path }) => path);
  expect(paths.filter((path) => /LoadStore|LoadTests|LoadAddress/.test(path))).toEqual([]);
});
