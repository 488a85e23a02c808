import { azureHosts, databaseEndpoint } from '../../lib/platform/azure-hosts';

const where = {
  name: 'shop',
  site: 'production',
  subscription: '7f2b8c0e-3a51-4a0c-9d8e-5b1f6c2d4e3a',
  region: 'eastasia',
};

describe('hosts on Azure', () => {
  test.each([
    [
      'databaseWriter',
      azureHosts.databaseWriter(where, 'store'),
      /^psqlve-shop-production-store-\w{6}\.writer\.postgres\.database\.azure\.com$/,
    ],
    [
      'databaseReader',
      azureHosts.databaseReader(where, 'store'),
      /^psqlve-shop-production-store-\w{6}\.reader\.postgres\.database\.azure\.com$/,
    ],
    [
      'databaseServer',
      azureHosts.databaseServer(where, 'store', '1'),
      /^psql-shop-production-store-1-\w{6}\.postgres\.database\.azure\.com$/,
    ],
    ['cache', azureHosts.cache(where, 'sessions'), /^amr-shop-production-sessions-\w{6}\.eastasia\.redis\.azure\.net$/],
    ['serviceBus', azureHosts.serviceBus(where), /^sbns-shop-production-\w{6}\.servicebus\.windows\.net$/],
    ['sqlServer', azureHosts.sqlServer(where), /^sql-shop-production-\w{6}\.database\.windows\.net$/],
    [
      'bucket',
      azureHosts.bucket(where, 'assets', 'assets'),
      /^https:\/\/stshopproductionas\w*\.blob\.core\.windows\.net\/assets$/,
    ],
  ])('%s is %s', (_, host, expected) => {
    expect(host).toMatch(expected);
  });

  test('of the writer and the reader begin with the name of the pair of endpoints, which is not that of a server', () => {
    const name = databaseEndpoint(where, 'store');
    expect(azureHosts.databaseWriter(where, 'store').startsWith(`${name}.writer.`)).toBe(true);
    expect(azureHosts.databaseReader(where, 'store').startsWith(`${name}.reader.`)).toBe(true);
    expect(azureHosts.databaseServer(where, 'store').startsWith(`${name}.`)).toBe(false);
  });
});
