import { FlagRolloutAlerts, flagRolloutQueries } from '../../lib/azure/flag-rollout-alerts';
import { FlagValues } from '../../lib/azure/flag-values';
import { flagAlerts, flagSettings } from '../../lib/azure/flag-settings';
import { FlagWriter, writerDataActions } from '../../lib/azure/flag-writer';
import { Flags } from '../../lib/azure/flags';
import { flagSet } from '../../lib/platform/nouns/flags';
import { identity, monitoring, network, ofType, only, place, testStack } from '../support/azure';

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

const audienceText = (text: string | undefined) => JSON.parse(text ?? '') as object;

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

  test('stay as people and steps left them, whoever applies the stack', () => {
    expect(feature('new-cart')?.lifecycle).toEqual({ ignore_changes: ['enabled', 'targeting_filter', 'tags'] });
  });

  test('have beside them what their definition says, which is carried out in the cluster', () => {
    expect(ofType(stack, 'azurerm_app_configuration_key').map(({ key, value, ...rest }) => [key, value, rest])).toEqual(
      Object.entries({
        'new-cart': { enabled: true, percent: 5, groups: { 'tier=gold': 100, 'tier=platinum': 100 } },
        'old-menu': { enabled: false, percent: 0, groups: {} },
      }).map(([name, audience]) => [
        `definition/${name}`,
        JSON.stringify(audience),
        { configuration_store_id: storeId, content_type: 'application/json', timeouts: expect.anything() },
      ]),
    );
  });

  test('are asked to change where their definition changed, and nowhere else', () => {
    const values = (set: typeof spec) =>
      ofType(made(set), 'azurerm_app_configuration_key').map(({ value }) => String(value));
    const changed = flagSet.parse({
      flags: { ...spec.flags, 'new-cart': { ...spec.flags['new-cart'], percent: 20 } },
    });
    const [before, after] = [values(spec), values(changed)];
    expect(audienceText(after[0])).toEqual({ ...audienceText(before[0]), percent: 20 });
    expect(after[1]).toEqual(before[1]);
  });

  test('do not wait for the better part of an hour where the store does not answer', () => {
    expect(feature('new-cart')?.timeouts).toEqual({ create: '10m', read: '2m', update: '10m', delete: '10m' });
  });
});

describe('who changes flags step by step', () => {
  const stack = testStack('writer');
  new FlagWriter(stack, 'FlagWriter', { place, identity: identity('flag-rollout'), stores: { shop: storeId } });

  test('may read them with their history and write them, and delete none', () => {
    expect(only(stack, 'azurerm_role_definition')).toMatchObject({
      name: 'Flag writer of shop production',
      permissions: [
        {
          data_actions: ['read', 'write'].map(
            (may) => `Microsoft.AppConfiguration/configurationStores/keyValues/${may}`,
          ),
        },
      ],
    });
    expect(writerDataActions.some((action) => /delete|\*/.test(action))).toBe(false);
  });

  test('has this on the stores of flags alone', () => {
    expect(only(stack, 'azurerm_role_assignment')).toMatchObject({
      principal_id: 'principal-of-flag-rollout',
      scope: storeId,
      role_definition_name: expect.stringContaining('azurerm_role_definition.FlagWriter_Role'),
    });
  });
});

describe('people are called', () => {
  const stack = testStack('alerts');
  const given = { namespace: 'shop-flag-rollout', sets: ['shop', 'accounts'] };
  new FlagRolloutAlerts(stack, 'Alerts', { place, monitoring, ...given });
  const alerts = ofType(stack, 'azurerm_monitor_scheduled_query_rules_alert_v2');

  test.each([
    ['flags-taken-back', 'flags', "did == 'taken back'"],
    ['flags-unturned', 'silent', "did == 'turned'"],
  ] as const)('by %s, each set by itself', (name, measure, asked) => {
    const alert = alerts.find((each) => each.name === name);
    expect(alert).toMatchObject({
      severity: 1,
      window_duration: 'PT15M',
      description: expect.stringContaining('docs/runbooks/azure-flags.md'),
      criteria: [
        {
          query: flagRolloutQueries(given)[name],
          metric_measure_column: measure,
          operator: 'GreaterThan',
          threshold: 0,
          dimension: [{ name: 'flagSet', operator: 'Include', values: ['*'] }],
        },
      ],
    });
    expect(alert?.action).toEqual({ action_groups: [monitoring.actionGroupId] });
    expect(flagRolloutQueries(given)[name]).toContain("PodNamespace == 'shop-flag-rollout'");
    expect(flagRolloutQueries(given)[name]).toContain(asked);
  });

  test('even where there is no line of a set at all', () => {
    expect(flagRolloutQueries(given)['flags-unturned']).toContain("datatable(flagSet: string) ['shop', 'accounts']");
  });
});
