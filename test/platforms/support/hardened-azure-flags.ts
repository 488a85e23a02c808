import { classed, foreign, kept, paths, tagged } from './hardened-azure';
import type { Hardened } from './mutations';

/** What of flags that are turned while services run cannot be lost unnoticed. */
export const hardenedFlags: Readonly<Record<string, readonly Hardened[]>> = {
  azurerm_app_configuration: [
    {},
    ...tagged,
    ...classed,
    ...kept,
    { path: 'sku', weak: ['free'] },
    { path: 'public_network_access', weak: ['Enabled'] },
    { path: 'data_plane_proxy_authentication_mode', weak: ['Local'] },
    { path: 'soft_delete_retention_days', weak: [1] },
    ...paths('local_auth_enabled', 'purge_protection_enabled', 'data_plane_proxy_private_link_delegation_enabled'),
  ],
  azurerm_app_configuration_feature: [
    {},
    { path: 'configuration_store_id', weak: [foreign] },
    { path: 'name', weak: ['another'] },
    { path: 'targeting_filter', weak: [[]] },
    { path: 'targeting_filter[*].default_rollout_percentage', weak: [100] },
    { path: 'targeting_filter[*].groups', weak: [[{ name: 'tier=silver', rollout_percentage: 100 }]] },
    { path: 'lifecycle.ignore_changes', weak: [[], ['enabled']] },
    { path: 'timeouts.create', weak: ['45m'] },
    ...paths('enabled'),
  ],
  azurerm_app_configuration_key: [
    {},
    { path: 'configuration_store_id', weak: [foreign] },
    { path: 'key', weak: ['definition/another'] },
    { path: 'value', weak: ['{"enabled":true,"percent":100,"groups":{}}'] },
  ],
};
