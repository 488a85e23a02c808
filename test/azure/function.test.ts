import { DataAzurermApplicationInsights } from '@cdktf/provider-azurerm/lib/data-azurerm-application-insights';
import { FunctionApp } from '../../lib/azure/function';
import type { Place } from '../../lib/azure/place';
import { siteOn } from '../../lib/platform/platform';
import { resolved, retailflowWith } from '../support/platform';
import { encryption, identity, monitoring, network, ofType, only, place, testStack } from '../support/azure';
import { remember } from '../support/remember';

const functionIn = (name: string, patch: unknown = {}, where: Place = place) => {
  const platform = resolved(retailflowWith(patch));
  const spec = platform.functions[name];
  const site = siteOn(platform, 'azure');
  if (spec === undefined || site === undefined) throw new Error(`no function ${name}`);
  const stack = testStack();
  new FunctionApp(stack, 'Function', {
    place: where,
    network,
    encryption,
    monitoring,
    platform,
    site,
    secretReads: [],
    name,
    spec,
    identity: identity(name),
    insights: new DataAzurermApplicationInsights(stack, 'Insights', { name: 'appi', resourceGroupName: 'rg' }),
  });
  return stack;
};
const stack = remember(() => functionIn('feed-analytics'));
const app = () => only(stack(), 'azurerm_function_app_flex_consumption');
const account = () => only(stack(), 'azurerm_storage_account');

describe('the app', () => {
  test('stands in the network, and nobody else reaches it', () => {
    expect(app()).toMatchObject({
      public_network_access_enabled: false,
      virtual_network_subnet_id: network.subnetIds.functions,
      https_only: true,
      webdeploy_publish_basic_authentication_enabled: false,
      site_config: {
        minimum_tls_version: '1.2',
        scm_minimum_tls_version: '1.2',
        ip_restriction_default_action: 'Deny',
        scm_ip_restriction_default_action: 'Deny',
        remote_debugging_enabled: false,
      },
    });
    const sites = ofType(stack(), 'azurerm_private_endpoint').filter(({ private_dns_zone_group: group }) =>
      JSON.stringify(group).includes(network.zoneIds.sites),
    );
    expect(sites).toHaveLength(1);
    expect(sites[0]).toMatchObject({ subnet_id: network.subnetIds.endpoints });
  });

  test('is of the size that the definition says, on a plan of its own that scales from nothing', () => {
    expect(app()).toMatchObject({
      runtime_name: 'node',
      runtime_version: '22',
      instance_memory_in_mb: 2048,
      maximum_instance_count: 10,
    });
    expect(app()).not.toHaveProperty('always_ready');
    expect(only(stack(), 'azurerm_service_plan')).toMatchObject({
      sku_name: 'FC1',
      os_type: 'Linux',
      zone_balancing_enabled: true,
    });
    const changed = functionIn('feed-analytics', {
      functions: { 'feed-analytics': { runtime: { language: 'python', version: '3.12' }, memoryMiB: 4096 } },
    });
    expect(only(changed, 'azurerm_function_app_flex_consumption')).toMatchObject({
      runtime_name: 'python',
      runtime_version: '3.12',
      instance_memory_in_mb: 4096,
    });
  });

  test('is the identity of the function, everywhere', () => {
    expect(app()).toMatchObject({
      identity: { type: 'UserAssigned', identity_ids: [identity('feed-analytics').id] },
      storage_authentication_type: 'UserAssignedIdentity',
      storage_user_assigned_identity_id: identity('feed-analytics').id,
      app_settings: { AZURE_CLIENT_ID: 'client-of-feed-analytics' },
    });
    expect(app()).not.toHaveProperty('storage_access_key');
    expect(app()).not.toHaveProperty('connection_string');
  });

  test('is made once its identity has its roles', () => {
    const given = ofType(stack(), 'azurerm_role_assignment');
    expect(given.map(({ principal_id: who, role_definition_name: role }) => [who, role]).sort()).toEqual(
      [
        'Monitoring Metrics Publisher',
        'Storage Blob Data Owner',
        'Storage Queue Data Contributor',
        'Storage Table Data Contributor',
      ].map((role) => ['principal-of-feed-analytics', role]),
    );
    expect(app()['depends_on']).toHaveLength(4);
  });

  test('reports to Application Insights without a key', () => {
    expect(app()).toMatchObject({
      site_config: {
        application_insights_connection_string: '${data.azurerm_application_insights.Insights.connection_string}',
      },
      app_settings: {
        APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=client-of-feed-analytics;Authorization=AAD',
      },
    });
    expect(JSON.stringify(app())).not.toContain('application_insights_key');
  });
});

describe('its storage', () => {
  test('takes no key, is closed, and is encrypted with a key of ours, queues and tables too', () => {
    expect(account()).toMatchObject({
      shared_access_key_enabled: false,
      public_network_access_enabled: false,
      allow_nested_items_to_be_public: false,
      min_tls_version: 'TLS1_2',
      account_replication_type: 'ZRS',
      queue_encryption_key_type: 'Account',
      table_encryption_key_type: 'Account',
      customer_managed_key: {
        key_vault_key_id: encryption.keyIds.storage,
        user_assigned_identity_id: encryption.identity.id,
      },
      lifecycle: { prevent_destroy: true },
    });
  });

  test('is reached by what the host of functions uses', () => {
    const zones = ofType(stack(), 'azurerm_private_endpoint').map(({ private_dns_zone_group: group }) => group);
    for (const service of ['blob', 'queue', 'table'] as const) {
      expect(zones).toContainEqual({ name: 'default', private_dns_zone_ids: [network.zoneIds[service]] });
    }
  });

  test('has names that Azure takes, and that two functions do not share', () => {
    const other = only(functionIn('feed-archive'), 'azurerm_storage_account');
    for (const { name } of [account(), other]) expect(name).toMatch(/^[a-z0-9]{3,24}$/);
    expect(account()['name']).not.toBe(other['name']);
  });
});

describe('people are called', () => {
  const alerts = (of: ReturnType<typeof testStack>) =>
    new Map(ofType(of, 'azurerm_monitor_scheduled_query_rules_alert_v2').map((each) => [each['name'], each]));

  test('when a run fails', () => {
    expect(alerts(stack()).get('function-feed-analytics-failed')).toMatchObject({
      description: expect.stringContaining('docs/runbooks/azure-function.md'),
      criteria: [{ query: expect.stringContaining(String(app()['name'])), threshold: 0 }],
    });
  });

  test.each([
    ['feed-analytics', 'PT2H', 'PT15M', 75],
    ['feed-archive', 'P2D', 'PT1H', 1590],
  ])('when no run of %s comes, although nothing is written down then', (name, window, every, minutes) => {
    const missed = alerts(functionIn(name)).get(`function-${name}-missed`);
    expect(missed).toMatchObject({
      window_duration: window,
      evaluation_frequency: every,
      severity: 1,
      criteria: [
        {
          query: expect.stringMatching(
            new RegExp(
              `"func-shop-production-${name}-\\w+" and TimeGenerated > ago\\(${minutes}m\\) \\| summarize runs = count\\(\\) \\| project missed = iff\\(runs == 0, 1, 0\\)$`,
            ),
          ),
          metric_measure_column: 'missed',
          operator: 'GreaterThan',
          threshold: 0,
        },
      ],
    });
    expect(JSON.stringify(missed?.['criteria'])).not.toContain('dimension');
  });

  test('for failures alone where days may pass between two runs', () => {
    const own = functionIn('feed-archive', { functions: { 'feed-archive': { schedule: '0 2 * * 1-5' } } });
    expect([...alerts(own).keys()]).toEqual(['function-feed-archive-failed']);
    expect(ofType(own, 'azurerm_monitor_metric_alert')).toEqual([]);
  });

  test('and everything that it tells is kept', () => {
    expect(ofType(stack(), 'azurerm_monitor_diagnostic_setting')).toHaveLength(4);
  });
});

test('in one zone there is nothing to balance', () => {
  const own = functionIn('feed-analytics', {}, { ...place, zones: ['1'] });
  expect(only(own, 'azurerm_service_plan')).toMatchObject({ zone_balancing_enabled: false });
});

describe('a function in any language', () => {
  const patch = {
    functions: {
      'feed-archive': {
        runtime: { language: 'custom', version: null },
        alwaysReady: 2,
        uses: { secrets: ['payment-provider'] },
      },
    },
  };
  const custom = functionIn('feed-archive', patch);

  test('is called by the host, and some instances of it always stand', () => {
    expect(only(custom, 'azurerm_function_app_flex_consumption')).toMatchObject({
      runtime_name: 'custom',
      runtime_version: '1.0',
      always_ready: [{ name: 'function:feed-archive', instance_count: 2 }],
    });
  });

  test('reads secrets by its own identity', () => {
    expect(only(custom, 'azapi_update_resource')).toMatchObject({
      type: 'Microsoft.Web/sites@2024-04-01',
      resource_id: expect.stringContaining('azurerm_function_app_flex_consumption.Function_App'),
      body: { properties: { keyVaultReferenceIdentity: identity('feed-archive').id } },
    });
  });

  test('that uses no secret has no identity for them', () => {
    expect(ofType(stack(), 'azapi_update_resource')).toEqual([]);
  });
});
