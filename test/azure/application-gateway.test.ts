import { DefaultTokenResolver, StringConcat, Tokenization } from 'cdktf';
import { ApplicationGateway } from '../../lib/azure/application-gateway';
import { instancesFor } from '../../lib/azure/application-gateway-instances';
import { lastAddress, paths, rewrites } from '../../lib/azure/application-gateway-settings';
import { encryption, monitoring, network, ofType, only, place, testStack } from '../support/azure';
import { certificateIn, served } from '../support/azure-edge';

const stack = testStack();
const gateway = new ApplicationGateway(stack, 'ApplicationGateway', {
  place,
  network,
  monitoring,
  served,
  range: '10.32.4.0/24',
  certificate: certificateIn(stack),
  firewallPolicyId: 'policy',
  concurrentUsers: 50_000,
});
const made = () => only(stack, 'azurerm_application_gateway');
const byName = (key: string) =>
  Object.fromEntries((made()[key] as { readonly name: string }[]).map(({ name, ...rest }) => [name, rest]));

describe('the application gateway', () => {
  test('stands in all zones, twice at least, behind its firewall', () => {
    expect(made()).toMatchObject({
      zones: ['1', '2', '3'],
      sku: { name: 'WAF_v2', tier: 'WAF_v2' },
      autoscale_configuration: { min_capacity: 2, max_capacity: 8 },
      firewall_policy_id: 'policy',
      force_firewall_policy_association: true,
      ssl_policy: { policy_type: 'Predefined', policy_name: 'AppGwSslPolicy20220101S' },
    });
    expect(made()).not.toHaveProperty('waf_configuration');
    expect(made()).not.toHaveProperty('sku.capacity');
  });

  test('has an address that stays, in all zones', () => {
    expect(only(stack, 'azurerm_public_ip')).toMatchObject({
      sku: 'Standard',
      allocation_method: 'Static',
      zones: ['1', '2', '3'],
      lifecycle: { prevent_destroy: true },
    });
  });

  test('reads one certificate, whatever its version, and nothing else of the vault', () => {
    expect(made()['ssl_certificate']).toEqual([
      { name: 'domain', key_vault_secret_id: 'https://kv.vault.azure.net/secrets/edge' },
    ]);
    expect(only(stack, 'azurerm_role_assignment')).toMatchObject({
      role_definition_name: 'Key Vault Secrets User',
      scope: `${encryption.vaultId}/secrets/edge`,
    });
    expect(made()['depends_on']).toEqual([expect.stringMatching(/^azurerm_role_assignment\.Certificate_Reads/)]);
    expect(made()).toMatchObject({ identity: { type: 'UserAssigned' } });
  });

  test('hears everybody on the public side, and Front Door by private link on the other', () => {
    expect(byName('frontend_ip_configuration')).toEqual({
      public: { public_ip_address_id: expect.stringContaining('azurerm_public_ip.') },
      private: {
        subnet_id: network.subnetIds['application-gateway'],
        private_ip_address_allocation: 'Static',
        private_ip_address: '10.32.4.254',
        private_link_configuration_name: 'front-door',
      },
    });
    expect(made()['private_link_configuration']).toEqual([
      {
        name: 'front-door',
        ip_configuration: [
          {
            name: 'front-door',
            primary: true,
            private_ip_address_allocation: 'Dynamic',
            subnet_id: network.subnetIds['private-link'],
          },
        ],
      },
    ]);
    const resolver = new DefaultTokenResolver(new StringConcat());
    expect(Tokenization.resolve(gateway.privateLinkId, { scope: stack, preparing: false, resolver })).toMatch(
      /^\/subscriptions\/[\w-]+\/resourceGroups\/rg-shop-production-test\/providers\/Microsoft\.Network\/privateLinkServices\/_e41f87a2_\$\{azurerm_application_gateway\.\w+\.name\}_front-door$/,
    );
  });

  test('serves nothing in the clear', () => {
    const listeners = byName('http_listener');
    for (const name of ['public', 'private']) {
      expect(listeners[name]).toMatchObject({
        protocol: 'Https',
        host_names: served.hosts,
        ssl_certificate_name: 'domain',
        frontend_ip_configuration_name: name,
      });
    }
    expect(listeners['plain']).toMatchObject({ protocol: 'Http', frontend_ip_configuration_name: 'public' });
    expect(byName('request_routing_rule')['plain']).toEqual({
      http_listener_name: 'plain',
      priority: 120,
      redirect_configuration_name: 'to-https',
      rule_type: 'Basic',
    });
    expect(made()['redirect_configuration']).toMatchObject([
      { redirect_type: 'Permanent', target_listener_name: 'public', include_path: true, include_query_string: true },
    ]);
  });

  test('verifies whom it calls, under the name of the certificate', () => {
    expect(byName('backend_address_pool')).toEqual({
      gateway: { ip_addresses: ['10.32.2.4'] },
      assets: { fqdns: ['stshop.blob.core.windows.net'] },
    });
    expect(byName('backend_http_settings')).toMatchObject({
      gateway: { protocol: 'Https', port: 8000, host_name: 'shop.example.com', request_timeout: 65 },
      status: { protocol: 'Https', port: 8100, host_name: 'shop.example.com' },
      assets: { protocol: 'Https', port: 443, host_name: 'stshop.blob.core.windows.net' },
    });
    expect(byName('probe')).toMatchObject({
      gateway: { protocol: 'Https', port: 8100, path: '/status/ready', host: 'shop.example.com' },
      assets: { protocol: 'Https', port: 443, path: '/assets/index.html' },
    });
    for (const settings of Object.values(byName('backend_http_settings'))) {
      expect(settings).not.toHaveProperty('trusted_root_certificate_names');
      expect(settings).toMatchObject({ cookie_based_affinity: 'Disabled' });
    }
  });

  test('sends the API to the gateway, and everything else to the files', () => {
    expect(made()['url_path_map']).toEqual([
      {
        name: 'site',
        default_backend_address_pool_name: 'assets',
        default_backend_http_settings_name: 'assets',
        default_rewrite_rule_set_name: 'assets',
        path_rule: [
          {
            name: 'health',
            paths: ['/status/ready'],
            backend_address_pool_name: 'gateway',
            backend_http_settings_name: 'status',
            rewrite_rule_set_name: 'gateway',
          },
          {
            name: 'api',
            paths: ['/api', '/api/*'],
            backend_address_pool_name: 'gateway',
            backend_http_settings_name: 'gateway',
            rewrite_rule_set_name: 'gateway',
          },
          {
            name: 'leader',
            paths: ['/.well-known/mainstay-leader.json'],
            backend_address_pool_name: 'assets',
            backend_http_settings_name: 'assets',
            rewrite_rule_set_name: 'leader',
          },
        ],
      },
    ]);
  });

  test('finds pages and files in their container, each address one of both', () => {
    const rules = (made()['rewrite_rule_set'] as { readonly name: string; readonly rewrite_rule: object[] }[]).find(
      ({ name }) => name === 'assets',
    )?.rewrite_rule;
    expect(rules).toMatchObject([
      { name: 'headers' },
      { name: 'file', condition: [{ negate: false }], url: { path: '/assets{var_uri_path}', components: 'path_only' } },
      { name: 'page', condition: [{ negate: true }], url: { path: '/assets/index.html', components: 'path_only' } },
    ]);
    expect(JSON.stringify(rules)).toContain('Strict-Transport-Security');
  });

  test('is looked at, and calls people', () => {
    expect(ofType(stack, 'azurerm_monitor_diagnostic_setting')).toHaveLength(2);
    const alerts = ofType(stack, 'azurerm_monitor_metric_alert');
    expect(alerts.map(({ name }) => name)).toEqual([
      'application-gateway-capacity',
      'application-gateway-errors',
      'application-gateway-unhealthy',
    ]);
    for (const { description } of alerts) expect(description).toContain('docs/runbooks/azure-edge.md');
    expect(alerts[0]).toMatchObject({ criteria: [{ metric_name: 'CapacityUnits', threshold: 60 }] });
  });
});

test.each([
  { users: 1, most: 4 },
  { users: 50_000, most: 8 },
  { users: 5_000_000, most: 125 },
])('$users users are given $most instances at most, and never less than two', ({ users, most }) => {
  expect(instancesFor(users)).toEqual({ minCapacity: 2, maxCapacity: most });
});

test.each([
  ['10.32.4.0/24', '10.32.4.254'],
  ['10.32.4.64/27', '10.32.4.94'],
])('the last address of %s is %s', (range, address) => {
  expect(lastAddress(range)).toBe(address);
});

test('what is no range has no last address', () => {
  expect(() => lastAddress('')).toThrow('must be an address range');
});

describe('where a service makes the pages', () => {
  const site = { ...served, filePaths: ['/_next/static'], showsLeader: false };

  test('everything that is neither the API nor a file is its own', () => {
    const [map] = paths(site).urlPathMap as unknown as readonly Record<string, unknown>[];
    expect(map).toMatchObject({
      defaultBackendAddressPoolName: 'gateway',
      defaultBackendHttpSettingsName: 'gateway',
      defaultRewriteRuleSetName: 'pages',
      pathRule: [
        { name: 'health' },
        { name: 'api', backendAddressPoolName: 'gateway' },
        {
          name: 'files',
          paths: ['/_next/static', '/_next/static/*'],
          backendAddressPoolName: 'assets',
          rewriteRuleSetName: 'assets',
        },
      ],
    });
  });

  test('a page keeps what it says that it may load, and gets the strict answer where it says nothing', () => {
    const sets = rewrites(site).rewriteRuleSet as unknown as readonly { name: string; rewriteRule: unknown[] }[];
    const named = (name: string) => sets.find((set) => set.name === name)?.rewriteRule ?? [];
    const [headers, strict, ...rest] = named('pages') as readonly Record<string, unknown>[];
    expect(rest).toEqual([]);
    expect(JSON.stringify(headers)).not.toContain('Content-Security-Policy');
    expect(JSON.stringify(headers)).toContain('Strict-Transport-Security');
    expect(strict).toMatchObject({
      condition: [{ variable: 'http_resp_Content-Security-Policy', pattern: '.+', negate: true }],
      responseHeaderConfiguration: [{ headerName: 'Content-Security-Policy' }],
    });
    // No file stands for a page.
    expect(named('assets')).toHaveLength(2);
    expect(JSON.stringify(named('assets'))).not.toContain('index.html');
  });
});

describe('the address of the application gateway', () => {
  const protectedBy = (ddosProtection: 'address' | 'basic' | 'network') => {
    const alone = testStack();
    new ApplicationGateway(alone, 'ApplicationGateway', {
      place,
      network,
      monitoring,
      served,
      range: '10.32.4.0/24',
      certificate: certificateIn(alone),
      firewallPolicyId: 'policy',
      concurrentUsers: 50_000,
      ddosProtection,
    });
    return alone;
  };
  const attacked = (of: ReturnType<typeof testStack>) =>
    ofType(of, 'azurerm_monitor_metric_alert').filter(({ name }) => name === 'address-edge-attacked');

  test('is protected against floods by itself, and calls somebody', () => {
    const alone = protectedBy('address');
    expect(only(alone, 'azurerm_public_ip')).toMatchObject({ ddos_protection_mode: 'Enabled' });
    expect(attacked(alone)).toMatchObject([{ criteria: [{ metric_name: 'IfUnderDDoSAttack', threshold: 1 }] }]);
  });

  test('is protected by the plan of its network', () => {
    const alone = protectedBy('network');
    expect(only(alone, 'azurerm_public_ip')).not.toHaveProperty('ddos_protection_mode');
    expect(attacked(alone)).toHaveLength(1);
  });

  test('has no more than everybody has where nothing is asked for', () => {
    const alone = protectedBy('basic');
    expect(only(alone, 'azurerm_public_ip')).not.toHaveProperty('ddos_protection_mode');
    expect(attacked(alone)).toEqual([]);
  });
});
