import { App } from 'cdktf';
import { azureHosts } from '../../../lib/platform/azure-hosts';
import { whereIs } from '../../../lib/platform/azure-sites';
import { siteOn } from '../../../lib/platform/platform';
import { createSites } from '../../../stacks/azure/site';
import { only, ofType, resourcesOf } from '../../support/azure';
import { production, resolved, retailflowWith } from '../../support/platform';
import { remember } from '../../support/remember';

const made = remember((patch: unknown = {}) => {
  const platform = resolved(retailflowWith(patch));
  const site = siteOn(platform, 'azure');
  if (site === undefined) throw new Error('the platform must have a site on azure');
  const app = new App({ stackTraces: false, context: { excludeStackIdFromLogicalIds: 'true' } });
  return { platform, site, stack: createSites(app, platform, [site])[0].stacks.edge };
});

describe('the edge of the site', () => {
  const { platform, site, stack } = made();

  test('serves the domain, and the site under a name of its own', () => {
    expect(
      ofType(stack, 'azurerm_cdn_frontdoor_custom_domain')
        .map((domain) => domain['host_name'])
        .sort(),
    ).toEqual(['recovery.shop.example.com', 'shop.example.com']);
    expect(stack.applicationGatewayId).toBeDefined();
    expect(stack.frontDoorId).toBeDefined();
    expect(stack.endpointHost).toBeDefined();
  });

  test('has the limits of the definition, for every login of it', () => {
    const { custom_rule: rules } = only(stack, 'azurerm_cdn_frontdoor_firewall_policy');
    expect(rules).toMatchObject([
      { name: 'LoginsPerAddress', rate_limit_threshold: 100 },
      { name: 'RequestsPerAddress', rate_limit_threshold: 3000 },
    ]);
  });

  test('does not count the requests of Front Door as those of one address', () => {
    const range = platform.allocations.addresses['recovery/private-link'];
    expect(JSON.stringify(only(stack, 'azurerm_web_application_firewall_policy'))).toContain(`"${String(range)}"`);
  });

  test('leads to the gateway and to the files where the definition says they are', () => {
    const gateway = JSON.stringify(only(stack, 'azurerm_application_gateway'));
    const bucket = new URL(azureHosts.bucket(whereIs(platform, site), 'assets', 'assets'));
    expect(gateway).toContain(`"fqdns":["${bucket.host}"]`);
    const files = ofType(stack, 'azurerm_cdn_frontdoor_origin').find(({ name }) => name === 'assets');
    expect(files).toMatchObject({
      private_link: {
        private_link_target_id: `/subscriptions/${site.subscription}/resourceGroups/rg-retailflow-production-data/providers/Microsoft.Storage/storageAccounts/${bucket.host.split('.')[0] ?? ''}`,
      },
    });
  });

  test('keeps what the routes of the definition let it keep', () => {
    const kept = Object.values(platform.services)
      .flatMap(({ routes }) => routes)
      .filter(({ cacheSeconds }) => cacheSeconds > 0)
      .map(({ cacheSeconds, path }) => [`kept${cacheSeconds}`, path] as const);
    expect(kept.length).toBeGreaterThan(0);
    for (const [name, path] of kept) {
      const route = ofType(stack, 'azurerm_cdn_frontdoor_route').find((each) => each['name'] === name);
      expect(route?.['patterns_to_match']).toEqual(expect.arrayContaining([path, `${path}/*`]));
    }
  });

  test('holds no certificate and no key', () => {
    expect(resourcesOf(stack)).not.toHaveProperty('azurerm_key_vault_certificate');
    expect(resourcesOf(stack)).not.toHaveProperty('azurerm_key_vault_secret');
    expect(JSON.stringify(resourcesOf(stack))).not.toMatch(/PRIVATE KEY|"password"|"data":/);
  });
});

test('a site that does without the edge has its own entrance alone', () => {
  const waived = { reason: 'Customers of the recovery site are few and near.', minutes: 0 };
  const { stack } = made(production({ sites: { recovery: { waives: { edge: waived } } } }));
  expect(resourcesOf(stack)).not.toHaveProperty('azurerm_cdn_frontdoor_profile');
  expect(resourcesOf(stack)).not.toHaveProperty('azurerm_cdn_frontdoor_firewall_policy');
  expect(only(stack, 'azurerm_application_gateway')).toMatchObject({ force_firewall_policy_association: true });
  expect(stack.frontDoorId).toBeUndefined();
  expect(stack.endpointHost).toBeUndefined();
});

test('a platform without an edge has no entrance', () => {
  const { stack } = made({ edge: null, stages: { staging: { loadTests: null } } });
  expect(Object.keys(resourcesOf(stack))).toEqual(['azurerm_resource_group']);
  expect(stack.applicationGatewayId).toBeUndefined();
});
