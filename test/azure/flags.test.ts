import { FlagValues } from '../../lib/azure/flag-values';
import { flagAlerts, flagSettings } from '../../lib/azure/flag-settings';
import { Flags } from '../../lib/azure/flags';
import { flagSet } from '../../lib/platform/nouns/flags';
import { identity, monitoring, network, ofType, only, place, resourcesOf, testStack } from '../support/azure';

const spec = flagSet.parse({
  flags: {
    'new-cart': {
      description: 'Shows the new cart to some',
      percent: 5,
      segments: [{ attribute: 'tier', values: ['gold', 'platinum'] }],
    },
    'old-menu': { description: 'Shows the menu of before', enabled: false },
  },
});
const administrators = { name: 'People', objectId: '5a1b2c3d-0000-4000-8000-000000000001' };
const storeId = '/subscriptions/1/resourceGroups/rg/providers/Microsoft.AppConfiguration/configurationStores/appcs';

describe('a flag in the terms of App Configuration', () => {
  test.each([
    [
      'is on for a share, and for segments as a whole',
      'new-cart',
      {
        enabled: true,
        defaultRolloutPercentage: 5,
        groups: [
          { name: 'tier=gold', rolloutPercentage: 100 },
          { name: 'tier=platinum', rolloutPercentage: 100 },
        ],
      },
    ],
    ['is off, for everybody', 'old-menu', { enabled: false, defaultRolloutPercentage: 0, groups: [] }],
  ])('%s', (_what, name, { enabled, ...targeting }) => {
    const flag = spec.flags[name];
    expect(flag && flagSettings(flag)).toEqual({
      description: flag?.description,
      enabled,
      targetingFilter: [targeting],
    });
  });

  test('never throws the dice anew: it has no plain percentage', () => {
    for (const flag of Object.values(spec.flags))
      expect(flagSettings(flag)).not.toHaveProperty('percentageFilterValue');
  });
});

describe('a store of flags', () => {
  const stack = testStack();
  const flags = new Flags(stack, 'Shop', { place, network, monitoring, name: 'shop', administrators });
  flags.grant(flags, identity('order'), { service: 'order', kind: 'flags' });

  test('is closed, knows no keys, and is kept', () => {
    const store = only(stack, 'azurerm_app_configuration');
    expect(store).toMatchObject({
      name: expect.stringMatching(/^appcs-shop-production-shop-\w{6}$/),
      sku: 'standard',
      local_auth_enabled: false,
      public_network_access: 'Disabled',
      data_plane_proxy_authentication_mode: 'Pass-through',
      data_plane_proxy_private_link_delegation_enabled: false,
      purge_protection_enabled: true,
      soft_delete_retention_days: 7,
      tags: { 'data-class': 'internal' },
      lifecycle: { prevent_destroy: true },
    });
    expect(store).not.toHaveProperty('replica');
    expect(only(stack, 'azurerm_management_lock')).toMatchObject({ lock_level: 'CanNotDelete' });
    expect(only(stack, 'azurerm_private_endpoint')).toMatchObject({
      subnet_id: network.subnetIds.endpoints,
      private_service_connection: { subresource_names: ['configurationStores'] },
      private_dns_zone_group: { private_dns_zone_ids: [network.zoneIds.flags] },
    });
  });

  test('is read by those who use it, and turned by people alone', () => {
    const roles = ofType(stack, 'azurerm_role_assignment').map(
      ({ principal_id: who, principal_type: type, role_definition_name: role }) => [who, type, role],
    );
    expect(roles).toEqual([
      [administrators.objectId, 'Group', 'App Configuration Data Owner'],
      ['principal-of-order', 'ServicePrincipal', 'App Configuration Data Reader'],
    ]);
  });

  test('fails when it is used as something else', () => {
    expect(() => flags.grant(flags, identity('order'), { service: 'order', kind: 'reads' })).toThrow(
      'test/Shop answers to flags, got reads',
    );
  });

  test('calls somebody, and writes down who asked', () => {
    expect(ofType(stack, 'azurerm_monitor_metric_alert').map(({ name }) => name)).toEqual(
      ['failing', 'quota-high', 'refused', 'slow', 'storage-high', 'throttled'].map((alert) => `flags-shop-${alert}`),
    );
    expect(only(stack, 'azurerm_monitor_diagnostic_setting')).toMatchObject({
      enabled_log: [{ category_group: 'allLogs' }],
      enabled_metric: [{ category: 'AllMetrics' }],
    });
  });

  test('has a copy where there is a second region, and calls somebody when that is behind', () => {
    const two = testStack('two');
    new Flags(two, 'Shop', {
      place,
      network,
      monitoring,
      name: 'shop',
      administrators,
      copy: { name: 'recovery', region: 'southeastasia' },
    });
    expect(only(two, 'azurerm_app_configuration').replica).toEqual([{ name: 'recovery', location: 'southeastasia' }]);
    expect(ofType(two, 'azurerm_monitor_metric_alert').map(({ name }) => name)).toContain('flags-shop-copy-behind');
    expect(flagAlerts('shop', false)).not.toHaveProperty('CopyBehind');
  });
});

describe('the flags of a set', () => {
  const made = (set: typeof spec) => {
    const stack = testStack('flags');
    new FlagValues(stack, 'ShopFlags', { storeId, spec: set });
    return stack;
  };
  const stack = made(spec);
  const feature = (name: string) =>
    ofType(stack, 'azurerm_app_configuration_feature').find((each) => each.name === name);

  test('are in their store, each by its name', () => {
    expect(ofType(stack, 'azurerm_app_configuration_feature').map(({ name }) => name)).toEqual([
      'new-cart',
      'old-menu',
    ]);
    expect(feature('new-cart')).toMatchObject({
      configuration_store_id: storeId,
      enabled: true,
      targeting_filter: [{ default_rollout_percentage: 5 }],
    });
    expect(feature('old-menu')).toMatchObject({ enabled: false });
  });

  test('stay as people turned them, until their definition changes', () => {
    expect(feature('new-cart')?.lifecycle).toEqual({
      ignore_changes: ['enabled', 'targeting_filter'],
      replace_triggered_by: [expect.stringMatching(/^terraform_data\.ShopFlags_NewCartDefinition_\w+$/)],
    });
    const definitions = Object.keys(resourcesOf(stack).terraform_data ?? {}).map(
      (address) => `terraform_data.${address}`,
    );
    expect(definitions).toEqual(
      expect.arrayContaining(feature('new-cart')?.lifecycle?.replace_triggered_by as string[]),
    );
  });

  test('are written anew where enabled, percent or segments of their definition changed, and nowhere else', () => {
    const inputs = (set: typeof spec) =>
      Object.values(resourcesOf(made(set)).terraform_data ?? {}).map(({ input }) => input);
    const changed = flagSet.parse({
      flags: { ...spec.flags, 'new-cart': { ...spec.flags['new-cart'], percent: 20 } },
    });
    const [before, after] = [inputs(spec), inputs(changed)];
    expect(after[0]).toEqual({ ...(before[0] as object), defaultRolloutPercentage: 20 });
    expect(after[1]).toEqual(before[1]);
  });

  test('do not wait for the better part of an hour where the store does not answer', () => {
    expect(feature('new-cart')?.timeouts).toEqual({ create: '10m', read: '2m', update: '10m', delete: '10m' });
  });
});
