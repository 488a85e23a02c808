import { edgeRoutes } from '../../lib/azure/edge-routes';
import { probeSeconds } from '../../lib/azure/edge-origin';
import { ofType, only, resourceId, resourcesOf, testStack } from '../support/azure';
import { edgeIn, served } from '../support/azure-edge';

const account = resourceId('Microsoft.Storage/storageAccounts', 'stshoprecovery');
const stack = testStack();
edgeIn(stack, {
  hosts: ['shop.example.com'],
  routes: edgeRoutes([{ path: '/api', cacheSeconds: 0 }], 86_400),
  standbys: {
    recovery: {
      region: 'southeastasia',
      host: 'recovery.shop.example.com',
      gatewayLinkId: 'other-link',
      assets: { host: 'stshoprecovery.blob.core.windows.net', accountId: account, container: 'assets' },
    },
  },
});

const groups = resourcesOf(stack)['azurerm_cdn_frontdoor_origin_group'] ?? {};
const groupOf = (reference: unknown) =>
  Object.entries(groups).find(([id]) => String(reference).includes(`.${id}.`))?.[1]['name'];
const origins = ofType(stack, 'azurerm_cdn_frontdoor_origin').map((origin) => ({
  group: groupOf(origin['cdn_frontdoor_origin_group_id']),
  name: origin['name'],
  host: origin['host_name'],
  priority: origin['priority'],
  link: (origin['private_link'] as { private_link_target_id?: string } | undefined)?.private_link_target_id,
}));

describe('Front Door before two sites', () => {
  test('asks the second while the first is unwell, for the API and for files, each by private link', () => {
    expect(origins.filter(({ group }) => group === 'gateway')).toEqual([
      { group: 'gateway', name: 'gateway', host: 'shop.example.com', priority: 1, link: 'link' },
      {
        group: 'gateway',
        name: 'gateway-recovery',
        host: 'recovery.shop.example.com',
        priority: 2,
        link: 'other-link',
      },
    ]);
    expect(origins.filter(({ group }) => group === 'assets').map(({ link, priority }) => [priority, link])).toEqual([
      [1, served.assets.accountId],
      [2, account],
    ]);
  });

  test('leads the name of the second to the second alone, so that it can be looked at', () => {
    expect(origins.filter(({ group }) => group === 'gateway-alone-recovery')).toMatchObject([
      { host: 'recovery.shop.example.com', priority: 1, link: 'other-link' },
    ]);
    const routes = ofType(stack, 'azurerm_cdn_frontdoor_route').map((route) => [
      route['name'],
      groupOf(route['cdn_frontdoor_origin_group_id']),
      route['cdn_frontdoor_custom_domain_ids'],
    ]);
    const domain = [expect.stringContaining('Domains_Domain')];
    const own = [expect.stringContaining('Domains_Site')];
    expect(routes).toEqual(
      expect.arrayContaining([
        ['api', 'gateway', domain],
        ['apirecovery', 'gateway-alone-recovery', own],
        ['files', 'assets', domain],
        ['filesrecovery', 'assets-alone-recovery', own],
      ]),
    );
    expect(routes).toHaveLength(4);
  });

  test('makes rules once, for both', () => {
    const names = ofType(stack, 'azurerm_cdn_frontdoor_rule_set').map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).not.toContain('filesrecovery');
  });

  test('finds out sooner that a site does not answer', () => {
    for (const [name, seconds] of [
      ['gateway', probeSeconds.withStandby],
      ['assets', probeSeconds.withStandby],
      ['gateway-alone-recovery', probeSeconds.alone],
    ] as const) {
      expect(Object.values(groups).find((group) => group['name'] === name)).toMatchObject({
        health_probe: { interval_in_seconds: seconds },
      });
    }
  });

  test('is behind its firewall under the name of the second, too', () => {
    const { security_policies: policies } = only(stack, 'azurerm_cdn_frontdoor_security_policy');
    expect(JSON.stringify(policies)).toContain('Domains_Site');
    expect(JSON.stringify(policies).match(/cdn_frontdoor_domain_id/g)).toHaveLength(3);
  });

  test('calls people about each site by itself', () => {
    const alert = ofType(stack, 'azurerm_monitor_metric_alert').find(({ name }) => name === 'edge-origin');
    expect(alert).toMatchObject({
      criteria: [{ dimension: [{ name: 'Origin', operator: 'Include', values: ['*'] }], threshold: 90 }],
    });
  });
});
