import type { Json } from '../../../lib/review/json';
import { about, at, one, type Row } from './about';
import type { Expectation } from './expectations';
import { reference } from './graph';
import { absent, containing, exactly, like, withoutText, type Matcher } from './matchers';

/** A set of flags as a platform has it on Azure. */
export interface AzureFlagsExpected {
  /** Id of its construct: `ShopFlags`. */
  readonly set: string;
  /** Its flags by the ids of their constructs: name, share, and the groups that are in as a whole. */
  readonly flags: Readonly<
    Record<string, { readonly name: string; readonly percent: number; readonly groups: readonly string[] }>
  >;
  /** Who asks for it, by the id of the identity. */
  readonly users: readonly string[];
  /** Where its copy stands. @default - it has none */
  readonly copy?: string;
  /** Whose it is, and what it costs. */
  readonly tags: Readonly<Record<string, string>>;
}

const nobody = '00000000-0000-0000-0000-000000000000';

/** Flags that people turn while services run, and what keeps them. */
export function azureFlagsRow({ copy, flags, set, tags, users }: AzureFlagsExpected): Row {
  const part = `data/${set}`;
  const store = reference(`${part}/Store`, 'id');
  const setName = set.replace(/Flags$/, '');
  const rollout = reference('foundation/Identities/FlagRollout', 'principal_id');
  const closed: Readonly<Record<string, Json | Matcher>> = {
    sku: 'standard',
    local_auth_enabled: false,
    public_network_access: 'Disabled',
    data_plane_proxy_authentication_mode: 'Pass-through',
    data_plane_proxy_private_link_delegation_enabled: false,
    purge_protection_enabled: true,
    soft_delete_retention_days: 7,
    replica: copy === undefined ? absent : containing({ name: 'recovery', location: copy }),
    tags: containing({ ...tags, 'data-class': 'internal' }),
    'lifecycle.prevent_destroy': true,
  };
  return {
    row: 'flags',
    expectations: [
      one('flags are kept closed to the internet and to keys', 'azurerm_app_configuration', `${part}/Store`, closed),
      one('Azure does not delete what keeps flags', 'azurerm_management_lock', `${part}/StoreLock`, {
        scope: store,
        lock_level: 'CanNotDelete',
      }),
      one('flags are found in the network', 'azurerm_private_endpoint', `${part}/Endpoint`, {
        subnet_id: reference('foundation/Network/Endpoints', 'id'),
        'private_service_connection.private_connection_resource_id': store,
        'private_service_connection.subresource_names': exactly('configurationStores'),
        'private_dns_zone_group.private_dns_zone_ids': exactly(reference('foundation/Network/Dns/Flags', 'id')),
      }),
      one('who asks for flags is written down', 'azurerm_monitor_diagnostic_setting', `${part}/Diagnostics`, {
        target_resource_id: store,
        enabled_log: [{ category_group: 'allLogs' }],
        enabled_metric: [{ category: 'AllMetrics' }],
      }),
      ...users.map((user) =>
        one(`${user} reads flags and turns none`, 'azurerm_role_assignment', `${part}/${user}Reads`, {
          scope: store,
          role_definition_name: 'App Configuration Data Reader',
          principal_id: reference(`foundation/Identities/${user}`, 'principal_id'),
        }),
      ),
      one('people turn flags', 'azurerm_role_assignment', `${part}/Administrators`, {
        scope: store,
        role_definition_name: 'App Configuration Data Owner',
        principal_id: nobody,
        principal_type: 'Group',
      }),
      one('one identity changes flags step by step', 'azurerm_role_assignment', `data/FlagWriter/${setName}`, {
        scope: store,
        principal_id: rollout,
        role_definition_name: reference('data/FlagWriter/Role', 'name'),
      }),
      ...about(
        { type: 'azurerm_role_assignment', having: { principal_id: rollout } },
        { 'what changes flags has no other role': { path: 'scope', is: store, count: 1 } },
      ),
      one('what changes flags deletes none', 'azurerm_role_definition', 'data/FlagWriter/Role', {
        'permissions[*].data_actions': exactly(
          'Microsoft.AppConfiguration/configurationStores/keyValues/read',
          'Microsoft.AppConfiguration/configurationStores/keyValues/write',
        ),
        'permissions[*].actions': withoutText(/./),
        scope: dataGroup,
        'assignable_scopes[*]': dataGroup,
      }),
      ...alerts(set),
      {
        name: 'nobody else may ask for flags',
        type: 'azurerm_role_assignment',
        where: new RegExp(`^${part}/`),
        count: users.length + 1,
      },
      ...Object.entries(flags).flatMap(([id, { groups, name, percent }]) => [
        one(`${name} is for a few people first`, 'azurerm_app_configuration_feature', `flags/${set}/${id}Flag`, {
          configuration_store_id: store,
          name,
          enabled: true,
          targeting_filter: [
            {
              default_rollout_percentage: percent,
              groups: groups.map((group) => ({ name: group, rollout_percentage: 100 })),
            },
          ],
          percentage_filter_value: absent,
        }),
        ...about(
          { type: 'azurerm_app_configuration_feature', where: at(`flags/${set}/${id}Flag`), count: 1 },
          {
            [`no deployment turns ${name} back that people turned`]: {
              path: 'lifecycle.ignore_changes',
              is: exactly('enabled', 'targeting_filter', 'tags'),
            },
            [`a deployment of ${name} from outside the network ends soon`]: { path: 'timeouts.create', is: '10m' },
          },
        ),
        one(
          `what ${name} is by definition is known to what changes it`,
          'azurerm_app_configuration_key',
          `flags/${set}/${id}Definition`,
          {
            configuration_store_id: store,
            key: `definition/${name}`,
            value: JSON.stringify({
              enabled: true,
              percent,
              groups: Object.fromEntries(groups.map((group) => [group, 100])),
            }),
          },
        ),
      ]),
      { name: 'there are no other flags', type: 'azurerm_app_configuration_feature', count: Object.keys(flags).length },
    ],
  };
}

/** Where the role is known, and can be given. */
const dataGroup = like(/^\/subscriptions\/[0-9a-f-]{36}\/resourceGroups\/\$\{data\/Group\.name\}$/);

/** For what of their turns somebody is called. */
const alerts = (set: string): readonly Expectation[] =>
  Object.entries({
    TakenBack: { sentence: 'a flag that was taken back', query: /-flag-rollout'[^]*did == 'taken back'/ },
    Unturned: {
      sentence: `flags without a turn`,
      query: new RegExp(
        `^datatable\\(flagSet: string\\) \\['${kebab(set)}'\\][^]*leftanti[^]*-flag-rollout'[^]*did == 'turned'`,
      ),
    },
  }).flatMap(([name, { query, sentence }]) =>
    about(
      {
        type: 'azurerm_monitor_scheduled_query_rules_alert_v2',
        where: new RegExp(`^operations/FlagRolloutAlerts/${name}$`),
        count: 1,
      },
      {
        [`somebody is called for ${sentence}`]: { path: 'criteria[*].query', is: like(query) },
        [`somebody is called for ${sentence}, at once`]: { path: 'criteria[*].threshold', is: 0 },
        [`somebody is called for ${sentence}, and not for none`]: { path: 'criteria[*].operator', is: 'GreaterThan' },
        [`somebody is called for ${sentence}, by set`]: {
          path: 'criteria[*].dimension',
          is: [{ name: 'flagSet', operator: 'Include', values: ['*'] }],
        },
      },
    ),
  );

const kebab = (set: string): string => set.replace(/Flags$/, '').toLowerCase();
