import { ApiManagement } from '../../lib/azure/api-management';
import { ApiManagementApis, apiNames } from '../../lib/azure/api-management-apis';
import { ApiManagementBackends } from '../../lib/azure/api-management-backends';
import { backendBody, poolBody } from '../../lib/azure/api-management-settings';
import { byKey } from '../../lib/platform/gateway/token-keys';
import { gateway as schema, type ApiManagement as Model } from '../../lib/platform/nouns/gateway';
import { service as serviceSchema } from '../../lib/platform/nouns/service';
import {
  identity,
  monitoring,
  network,
  ofType,
  only,
  place,
  resourceId,
  resourcesOf,
  testStack,
} from '../support/azure';

const gateway = schema.parse({
  kind: 'api-management',
  scale: { min: 2, max: 4 },
  tokens: { issuer: 'https://shop.example.com', secret: 'token-keys' },
}) as Model;
const service = (patch: object) => serviceSchema.parse({ scale: { min: 2, max: 4 }, ...patch });

const stack = testStack();
const management = new ApiManagement(stack, 'ApiManagement', {
  place,
  network,
  monitoring,
  gateway,
  publisher: { name: 'platform', email: 'platform@example.com' },
  domain: 'shop.example.com',
  cidr: '10.16.0.0/16',
  ranges: { apiManagement: '10.16.9.0/27', balancer: '10.16.8.0/28', endpoints: '10.16.7.0/24' },
  moduli: byKey((id) => ({
    url: `https://kv.vault.azure.net/secrets/token-keys-modulus-${id}`,
    id: `/vault/secrets/token-keys-modulus-${id}`,
  })),
  insights: { id: resourceId('Microsoft.Insights/components', 'appi'), connectionString: 'ids and addresses' },
  p95Milliseconds: 2000,
});
const services = {
  order: service({
    timeoutSeconds: 20,
    routes: [{ path: '/api/orders' }],
    release: { kind: 'canary', steps: [{ percent: 5, minutes: 10 }] },
  }),
  web: service({ routes: [{ path: '/', authentication: 'none', methods: ['GET'] }] }),
};
const backends = new ApiManagementBackends(stack, 'Backends', {
  place,
  apiManagement: management.service,
  url: 'https://gateway.shop.example.com:8000',
  services: ['order', 'web'],
  split: ['order'],
  identities: { order: identity('order'), web: identity('web') },
});
new ApiManagementApis(stack, 'Apis', {
  place,
  monitoring,
  apiManagement: management.service,
  gateway,
  services,
  backends: backends.byService,
  health: { backend: backends.door, path: '/api/.well-known/ready', askedAt: '/status/ready' },
  after: management.moduli,
});

const azapi = (name: string) => ofType(stack, 'azapi_resource').find((each) => each['name'] === name);

describe('the instance', () => {
  const service = ofType(stack, 'azapi_resource').find(({ location }) => location !== undefined);

  test('stands over zones, calls from a subnet of its own, and speaks no old protocol', () => {
    expect(service).toMatchObject({
      type: 'Microsoft.ApiManagement/service@2025-09-01-preview',
      identity: [{ type: 'SystemAssigned' }],
      body: {
        sku: { name: 'StandardV2', capacity: 2 },
        properties: { virtualNetworkType: 'External', zoneRedundant: true },
      },
      lifecycle: {
        prevent_destroy: true,
        ignore_changes: ['body.sku.capacity', 'body.properties.publicNetworkAccess'],
      },
    });
    const { customProperties } = (service?.['body'] as { properties?: { customProperties: object } } | undefined)
      ?.properties ?? { customProperties: {} };
    expect(Object.entries(customProperties)).toHaveLength(6);
    expect(new Set(Object.values(customProperties))).toEqual(new Set(['false']));
    expect(only(stack, 'azurerm_subnet')).toMatchObject({
      address_prefixes: ['10.16.9.0/27'],
      delegation: [{ service_delegation: { name: 'Microsoft.Web/serverFarms' } }],
    });
  });

  test('is closed to the internet once it can be reached from the network', () => {
    const [endpoint] = Object.keys(resourcesOf(stack)['azurerm_private_endpoint'] ?? {});
    expect(only(stack, 'azurerm_private_endpoint')).toMatchObject({
      private_service_connection: { subresource_names: ['Gateway'] },
      private_dns_zone_group: { private_dns_zone_ids: [network.zoneIds['api-management']] },
    });
    expect(only(stack, 'azapi_update_resource')).toMatchObject({
      body: { properties: { publicNetworkAccess: 'Disabled' } },
      depends_on: [`azurerm_private_endpoint.${endpoint}`],
    });
  });

  test('lets nobody in by its subnet, and itself out to the door, the vault and what Azure asks for', () => {
    const rules = ofType(stack, 'azurerm_network_security_rule').map((each) => [
      each['direction'],
      each['access'],
      each['destination_address_prefix'],
      each['destination_port_range'],
    ]);
    expect(new Set(rules.map((rule) => rule.join(' ')))).toEqual(
      new Set([
        'Inbound Deny * *',
        'Outbound Allow 10.16.8.0/28 8000',
        'Outbound Allow 10.16.7.0/24 443',
        'Outbound Allow Storage 443',
        'Outbound Allow AzureKeyVault 443',
        'Outbound Deny Internet *',
      ]),
    );
  });

  test('reads what verifies tokens from the vault, and no other entry of it', () => {
    expect(ofType(stack, 'azurerm_api_management_named_value')).toMatchObject(
      ['a', 'b', 'c'].map((id) => ({
        name: `token-modulus-${id}`,
        secret: true,
        value_from_key_vault: { secret_id: `https://kv.vault.azure.net/secrets/token-keys-modulus-${id}` },
      })),
    );
    const roles = ofType(stack, 'azurerm_role_assignment').map((each) => [each['role_definition_name'], each['scope']]);
    expect(roles.slice(0, 4)).toEqual([
      ...['a', 'b', 'c'].map((id) => ['Key Vault Secrets User', `/vault/secrets/token-keys-modulus-${id}`]),
      ['Monitoring Metrics Publisher', resourceId('Microsoft.Insights/components', 'appi')],
    ]);
  });

  test('tells of requests without what they carry', () => {
    expect(only(stack, 'azurerm_api_management_diagnostic')).toMatchObject({
      log_client_ip: false,
      http_correlation_protocol: 'W3C',
      frontend_request: { body_bytes: 0 },
      backend_response: { body_bytes: 0 },
    });
  });

  test('has as many units as its processors ask for, and calls somebody', () => {
    expect(only(stack, 'azurerm_monitor_autoscale_setting')).toMatchObject({
      profile: [
        {
          capacity: { default: 2, minimum: 2, maximum: 4 },
          rule: [
            {
              metric_trigger: { metric_name: 'CpuPercent_Gateway', operator: 'GreaterThan' },
              scale_action: { direction: 'Increase' },
            },
            { scale_action: { direction: 'Decrease' } },
          ],
        },
      ],
    });
    expect(ofType(stack, 'azurerm_monitor_metric_alert').map(({ name }) => name)).toEqual([
      'api-management-errors',
      'api-management-memory-high',
      'api-management-processor-high',
      'api-management-slow',
    ]);
  });
});

describe('places to which requests go', () => {
  test('are the door, by verified TLS, and a header that says which version', () => {
    expect(
      backendBody({ service: 'order', version: 'canary', url: 'https://gateway.shop.example.com:8000' }).properties,
    ).toMatchObject({
      url: 'https://gateway.shop.example.com:8000',
      tls: { validateCertificateChain: true, validateCertificateName: true },
      credentials: { header: { 'X-Release': ['order-canary'] } },
      circuitBreaker: { rules: [{ failureCondition: { count: 10, interval: 'PT1M' }, tripDuration: 'PT1M' }] },
    });
    expect(azapi('web')?.['body']).not.toHaveProperty('properties.credentials');
    expect(azapi('web')?.['body']).toHaveProperty('properties.circuitBreaker.rules.0.failureCondition.percentage', 50);
  });

  test('are a pool where releases move requests, whose weights they alone move', () => {
    expect(poolBody('order', { stable: 'a', canary: 'b' }).properties.pool.services).toEqual([
      { id: 'a', priority: 1, weight: 100 },
      { id: 'b', priority: 1, weight: 0 },
    ]);
    expect(azapi('order')).toMatchObject({ lifecycle: { ignore_changes: ['body.properties.pool'] } });
    const roles = ofType(stack, 'azurerm_role_assignment').filter(
      (each) => each['principal_id'] === 'principal-of-order',
    );
    expect(roles).toHaveLength(1);
    expect(roles[0]?.['scope']).toMatch(/^\$\{azapi_resource\.Backends_Order_\w+\.id\}$/);
    expect(only(stack, 'azurerm_role_definition')).toMatchObject({
      permissions: [
        {
          actions: ['Microsoft.ApiManagement/service/backends/read', 'Microsoft.ApiManagement/service/backends/write'],
        },
      ],
    });
    expect(JSON.stringify(ofType(stack, 'azurerm_role_assignment'))).not.toContain('principal-of-web');
  });
});

describe('APIs', () => {
  test('are one a route, and one that answers for health', () => {
    const paths = ofType(stack, 'azurerm_api_management_api').map(({ name, path, subscription_required: key }) => [
      name,
      path,
      key,
    ]);
    expect(paths).toEqual([
      ['health', 'status', false],
      ['order-api-orders', 'api/orders', false],
      ['web-GET', '', false],
    ]);
  });

  test('have names of their own where routes differ only in what a name cannot have, and the usual ones elsewhere', () => {
    const routes = ['order~a~b', 'order~a-b', 'order-a~b', 'order~Cart', 'order~cart', 'health', 'web~~GET'];
    const names = routes.map(apiNames(routes));
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(7);
    expect(names.at(-1)).toBe('web-GET');
    expect(names.slice(0, 3)).toEqual(
      Array.from({ length: 3 }, () => expect.stringMatching(/^order-a-b-[0-9a-f]{8}$/)),
    );
    expect(names.at(-2)).toMatch(/^health-[0-9a-f]{8}$/);
  });

  test('stand side by side where only a hyphen and a slash tell them apart', () => {
    const side = testStack();
    new ApiManagementApis(side, 'Apis', {
      place,
      monitoring,
      apiManagement: management.service,
      gateway,
      services: { order: service({ routes: [{ path: '/a/b' }, { path: '/a-b' }] }) },
      backends: backends.byService,
      health: { backend: backends.door, path: '/ready', askedAt: '/status/ready' },
      after: [],
    });
    const apis = ofType(side, 'azurerm_api_management_api').map(({ name, path }) => [path, name]);
    expect(apis.map(([path]) => path).sort()).toEqual(['a-b', 'a/b', 'status']);
    expect(new Set(apis.map(([, name]) => name)).size).toBe(3);
  });

  test('have the methods of their route', () => {
    const operations = ofType(stack, 'azurerm_api_management_api_operation').map((each) => [
      each['method'],
      each['url_template'],
    ]);
    expect(operations).toHaveLength(7 + 1 + 2);
    expect(operations.filter(([, below]) => below === '/ready').map(([method]) => method)).toEqual(['GET', 'HEAD']);
    expect(operations.filter(([method]) => method === 'POST')).toEqual([['POST', '/*']]);
  });

  test('wait for what verifies tokens', () => {
    const waits = ofType(stack, 'azurerm_api_management_api_policy').map((policy) => policy['depends_on']);
    expect(waits).toHaveLength(ofType(stack, 'azurerm_api_management_api').length);
    expect(waits.length).toBeGreaterThan(1);
    for (const each of waits) {
      expect(each).toEqual(
        ['A', 'B', 'C'].map((id) =>
          expect.stringMatching(new RegExp(`^azurerm_api_management_named_value\\..*_Modulus${id}_`)),
        ),
      );
    }
  });
});
