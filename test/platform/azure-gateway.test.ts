import { gatewayAddress, siteHosts } from '../../lib/platform/azure-gateway';
import { kubernetesAccount, kubernetesNamespace } from '../../lib/platform/names';
import { contains, parseRange } from '../../lib/platform/address';
import retailflow from '../../platforms/retailflow';
import { resolved } from '../support/platform';

const allocated = (range: string) => ({
  allocations: { listenerPriorities: {}, addresses: { 'recovery/balancer': range } },
});

test.each([
  ['10.32.18.0/28', '10.32.18.4'],
  ['10.32.18.240/28', '10.32.18.244'],
  ['10.255.255.240/28', '10.255.255.244'],
])('the gateway in %s has the address %s', (range, address) => {
  expect(gatewayAddress(allocated(range), { siteName: 'recovery' })).toBe(address);
});

test('the address of RetailFlow lies in the subnet of its balancer', () => {
  const platform = resolved(retailflow);
  const subnet = parseRange(platform.allocations.addresses['recovery/balancer'] ?? '');
  const address = parseRange(`${gatewayAddress(platform, { siteName: 'recovery' })}/32`);
  expect(subnet !== undefined && address !== undefined && contains(subnet, address)).toBe(true);
});

test('fails when the subnet was not allocated', () => {
  expect(() => gatewayAddress(allocated('10.0.0.0/28'), { siteName: 'primary' })).toThrow('no subnet primary/balancer');
});

test('a recovery site has a name of its own beside the domain', () => {
  expect(siteHosts('shop.example.com', { siteName: 'primary' })).toEqual(['shop.example.com']);
  expect(siteHosts('shop.example.com', { siteName: 'recovery' })).toEqual([
    'shop.example.com',
    'recovery.shop.example.com',
  ]);
});

test('a service has a namespace and an account of its own', () => {
  const platform = resolved(retailflow);
  const accounts = [...Object.keys(platform.services), 'gateway'].map(
    (service) => `${kubernetesNamespace(platform, service)}:${kubernetesAccount(service)}`,
  );
  expect(accounts).toContain('retailflow-order:order');
  expect(new Set(accounts).size).toBe(accounts.length);
  for (const account of accounts) expect(account.split(':')[0]).toMatch(/^[a-z][a-z0-9-]{0,61}[a-z0-9]$/);
});
