import { failingQuery, hasFlagRollouts, rolloutsOn } from '../../lib/platform/flag-rollout';
import { workloadAlerts } from '../../lib/platform/workload-alerts';
import { loadPlatform } from '../../bin/inputs';

const production = (name: string) => loadPlatform(name, 'production').platform;

test.each([
  ['retailflow-azure', { primary: ['shop'], recovery: [] }],
  ['techflow', { primary: ['features'], recovery: ['features'] }],
  ['retailflow', { primary: [], recovery: ['storefront'] }],
  ['shopflow', { primary: [], recovery: [] }],
  ['techflow-solutions', { primary: [], recovery: [] }],
])('%s has flags that a cluster changes on Azure alone', (name, expected) => {
  const platform = production(name);
  const sets = (site: 'primary' | 'recovery') => rolloutsOn(platform, site).map(([set]) => set);
  expect({ primary: sets('primary'), recovery: sets('recovery') }).toEqual(expected);
  expect(hasFlagRollouts(platform)).toBe([...expected.primary, ...expected.recovery].length > 0);
});

test('a service fails at the figure at which a release of it is taken back', () => {
  const query = failingQuery(production('retailflow-azure'), 'shop');
  expect(
    query.match(/> [\d.]+ and on\(\) \(60\*sum\(rate\(istio_requests_total\{[^}]*\}\[2m\]\)\) >= \d+\)/g),
  ).toHaveLength(2);
  expect(query).not.toContain('catalog');
});

test('nobody is asked for where no service with requests uses a set', () => {
  expect(failingQuery(production('retailflow-azure'), 'none')).toBe('');
});

test('turns are no migrations that do not end', () => {
  const migrationsOf = (name: string) => workloadAlerts(production(name), 'primary')['MigrationFailed']?.expression;
  expect(migrationsOf('retailflow-azure')).toContain(',namespace!="retailflow-azure-flag-rollout"');
  expect(migrationsOf('shopflow')).not.toContain('flag-rollout');
});
