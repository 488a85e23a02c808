import { edgeRoutes } from '../../lib/azure/edge-routes';
import { ofType, only, testStack } from '../support/azure';
import { edgeIn, served } from '../support/azure-edge';

const stack = testStack();
edgeIn(stack, {
  routes: edgeRoutes(
    [
      { path: '/api/products', cacheSeconds: 60 },
      { path: '/api', cacheSeconds: 0 },
    ],
    86_400,
  ),
});
const named = (type: string, name: string) => {
  const found = ofType(stack, type).find((each) => each['name'] === name);
  if (found === undefined) throw new Error(`there must be a ${type} ${name}`);
  return found;
};

describe('Front Door', () => {
  test('is a profile of its own, waits longer than the gateway, and writes down no question', () => {
    expect(only(stack, 'azurerm_cdn_frontdoor_profile')).toMatchObject({
      name: 'afd-shop-production',
      sku_name: 'Premium_AzureFrontDoor',
      response_timeout_seconds: 70,
      identity: { type: 'UserAssigned' },
      log_scrubbing_rule: [{ match_variable: 'QueryStringArgNames' }],
    });
  });

  test('reaches the gateway by private link, under the name of the site, and asks how it is', () => {
    const origin = named('azurerm_cdn_frontdoor_origin', 'gateway');
    expect(origin).toMatchObject({
      host_name: 'recovery.shop.example.com',
      origin_host_header: 'recovery.shop.example.com',
      certificate_name_check_enabled: true,
      private_link: { location: 'eastasia', private_link_target_id: 'link', request_message: expect.any(String) },
    });
    expect(origin).not.toHaveProperty('private_link.target_type');
    expect(named('azurerm_cdn_frontdoor_origin_group', 'gateway')).toMatchObject({
      session_affinity_enabled: false,
      health_probe: { protocol: 'Https', path: '/status/ready', request_type: 'GET' },
    });
  });

  test('reaches the files by private link', () => {
    expect(named('azurerm_cdn_frontdoor_origin', 'assets')).toMatchObject({
      host_name: 'stshop.blob.core.windows.net',
      certificate_name_check_enabled: true,
      private_link: { private_link_target_id: served.assets.accountId, target_type: 'blob' },
    });
    expect(named('azurerm_cdn_frontdoor_origin_group', 'assets')).toMatchObject({
      health_probe: { protocol: 'Https', path: '/assets/index.html', request_type: 'HEAD' },
    });
  });

  test('answers on every route over TLS alone, under the names of the platform alone', () => {
    const routes = ofType(stack, 'azurerm_cdn_frontdoor_route');
    expect(routes.map(({ name }) => name).sort()).toEqual(['api', 'files', 'kept60']);
    for (const route of routes) {
      expect(route).toMatchObject({
        forwarding_protocol: 'HttpsOnly',
        https_redirect_enabled: true,
        link_to_default_domain: false,
      });
      expect(route['cdn_frontdoor_custom_domain_ids']).toHaveLength(2);
      expect(route['cdn_frontdoor_rule_set_ids']).toEqual(
        expect.arrayContaining([expect.stringContaining('Headers_Set')]),
      );
    }
    expect(named('azurerm_cdn_frontdoor_route', 'api')).not.toHaveProperty('cache');
    expect(named('azurerm_cdn_frontdoor_route', 'kept60')).toMatchObject({ cache: { compression_enabled: true } });
  });

  test('makes no rule before its origins: Azure would refuse it', () => {
    const rules = ofType(stack, 'azurerm_cdn_frontdoor_rule');
    expect(rules.length).toBeGreaterThan(2);
    for (const rule of rules) {
      expect(rule['depends_on']).toEqual([
        expect.stringMatching(/^azurerm_cdn_frontdoor_origin\.Edge_Gateway/),
        expect.stringMatching(/^azurerm_cdn_frontdoor_origin\.Edge_Assets/),
      ]);
    }
  });

  test('has a certificate of the platform, whatever its version', () => {
    expect(only(stack, 'azurerm_cdn_frontdoor_secret')).toMatchObject({
      secret: { customer_certificate: [{ key_vault_certificate_id: 'https://kv.vault.azure.net/certificates/edge' }] },
      depends_on: [expect.stringContaining('azurerm_role_assignment.Certificate_Reads')],
    });
    const domains = ofType(stack, 'azurerm_cdn_frontdoor_custom_domain');
    expect(domains.map((domain) => domain['host_name']).sort()).toEqual([...served.hosts].sort());
    for (const domain of domains) {
      expect(domain).toMatchObject({ tls: { certificate_type: 'CustomerCertificate' } });
      expect(domain).not.toHaveProperty('tls.minimum_tls_version');
    }
  });

  test('is behind its firewall under every name, that of Azure among them', () => {
    const { security_policies: policies } = only(stack, 'azurerm_cdn_frontdoor_security_policy');
    expect(policies).toMatchObject({
      firewall: { cdn_frontdoor_firewall_policy_id: 'policy', association: { patterns_to_match: ['/*'] } },
    });
    expect(JSON.stringify(policies).match(/cdn_frontdoor_domain_id/g)).toHaveLength(3);
    expect(JSON.stringify(policies)).toContain('azurerm_cdn_frontdoor_endpoint.');
  });

  test('keeps every log, and calls people', () => {
    expect(only(stack, 'azurerm_monitor_diagnostic_setting')).toMatchObject({
      enabled_log: [{ category_group: 'allLogs' }],
    });
    const alerts = ofType(stack, 'azurerm_monitor_metric_alert');
    expect(alerts.map(({ name }) => name)).toEqual(['edge-blocks', 'edge-errors', 'edge-origin', 'edge-slow']);
    expect(named('azurerm_monitor_metric_alert', 'edge-errors')).toMatchObject({
      criteria: [{ metric_name: 'Percentage5XX', threshold: 0.5, operator: 'GreaterThan' }],
    });
    expect(named('azurerm_monitor_metric_alert', 'edge-slow')).toMatchObject({
      criteria: [{ metric_name: 'TotalLatency', threshold: 300 }],
    });
  });
});
