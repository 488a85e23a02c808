import { required } from '../../../lib/platform/required';
import {
  hardenedLoadCluster,
  hardenedLoadSite,
  loadClusterRow,
  loadSiteRow,
  type AzureLoadRow,
} from './azure-load-row';
import type { World } from './expectations';
import { mutationsOf, noticed } from './mutations';
import { proveMutations, proveNames, proveRows } from './proof';
import { clusterWorldOf, siteWorld } from './worlds';

/** Tests of the load test that staging of a platform on Azure runs, and that production has none. */
export function proveLoad(facts: AzureLoadRow): void {
  const { platform } = facts;
  const [ofSite, ofCluster] = [loadSiteRow(facts), loadClusterRow(facts)];
  const site = siteWorld(platform, 'staging');
  let found: World | undefined;
  const cluster = () => required('the cluster', found);
  beforeAll(async () => {
    found = await clusterWorldOf(platform, 'staging', `aks-${platform}-staging`);
  });

  proveRows([ofSite], site);
  proveRows([ofCluster], cluster);
  proveNames([ofSite, ofCluster]);
  proveMutations({
    world: site,
    rows: [ofSite],
    hardened: hardenedLoadSite,
    unhardened: {},
    elsewhere: site.ofType('*').map(({ type }) => type),
  });

  test.each(Object.entries(hardenedLoadCluster).flatMap(([type, all]) => all.map((each) => [type, each] as const)))(
    'somebody notices when a %s of load tests loses %o',
    (type, each) => {
      const mutations = mutationsOf(type, each, cluster());
      expect(mutations.length).toBeGreaterThan(0);
      for (const mutation of mutations) expect(noticed(mutation, ofCluster.expectations, cluster())).not.toEqual([]);
    },
  );

  test('customers do not share production with load tests', async () => {
    const blocks = siteWorld(platform, 'production').ofType('*');
    expect(
      blocks.map(({ path }) => path).filter((path) => /LoadStore|LoadTests|LoadAddress|LoadMark/.test(path)),
    ).toEqual([]);
    const inCluster = (await clusterWorldOf(platform, 'production', `aks-${platform}-production`)).ofType('*');
    expect(inCluster.length).toBeGreaterThan(100);
    const marked = [...blocks, ...inCluster].filter(({ body }) =>
      /x-amzn-waf|key-auth|LoadMark/.test(JSON.stringify(body)),
    );
    expect(marked.map(({ path }) => path)).toEqual([]);
  });
}
