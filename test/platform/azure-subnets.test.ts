import { contains, overlap, parseRange, type Range } from '../../lib/platform/address';
import { siteOn } from '../../lib/platform/platform';
import { allocationRequests } from '../../lib/platform/resolve';
import { azureSubnetKey, azureSubnetNames } from '../../lib/platform/subnets';
import { resolved } from '../support/platform';
import retailflow from '../../platforms/retailflow';

const range = (text: string | undefined): Range => {
  const parsed = parseRange(text ?? '');
  if (parsed === undefined) throw new Error(`no range: ${text}`);
  return parsed;
};

describe.each(['production', 'staging'])('the subnets of RetailFlow on Azure in %s', (stage) => {
  const platform = resolved(retailflow, stage);
  const site = siteOn(platform, 'azure');
  const given = azureSubnetNames.map((subnet) =>
    range(platform.allocations.addresses[azureSubnetKey('recovery', subnet)]),
  );

  test('lie in the virtual network, apart from each other', () => {
    expect(given.filter((each) => !contains(range(site?.network.cidr), each))).toEqual([]);
    const clashes = given.flatMap((a, index) => given.slice(index + 1).filter((b) => overlap(a, b)));
    expect(clashes).toEqual([]);
  });

  test('have the size that the service asks for', () => {
    const prefixes = Object.fromEntries(azureSubnetNames.map((subnet, index) => [subnet, given[index]?.prefix]));
    expect(prefixes).toEqual({
      cluster: 20,
      'api-server': 28,
      balancer: 28,
      postgres: 26,
      endpoints: 24,
      'application-gateway': 24,
      'private-link': 27,
      functions: 26,
      link: 27,
    });
  });
});

test('a stage without a site on Azure asks for none', () => {
  const keys = allocationRequests(resolved(retailflow, 'development')).addresses.map(({ key }) => key);
  expect(keys.filter((key) => key.startsWith('recovery/'))).toEqual([]);
});
