import { settingsRule, type Settings } from '../settings';

/** The oldest version of TLS that a service speaks, by type. */
const settings: Settings = {
  azurerm_application_gateway: [
    { at: 'ssl_policy.policy_type', oneOf: ['Predefined'] },
    { at: 'ssl_policy.policy_name', oneOf: ['AppGwSslPolicy20220101', 'AppGwSslPolicy20220101S'] },
  ],
  azurerm_cdn_frontdoor_custom_domain: [
    { at: 'tls.minimum_tls_version', oneOf: ['TLS12', 'TLS13'], optional: true },
    { at: 'tls.minimum_version', oneOf: ['TLS12', 'TLS13'], optional: true },
  ],
  azurerm_cdn_frontdoor_origin: [{ at: 'certificate_name_check_enabled', oneOf: [true] }],
  azurerm_cdn_frontdoor_route: [
    { at: 'forwarding_protocol', oneOf: ['HttpsOnly'] },
    { at: 'https_redirect_enabled', oneOf: [true], optional: true },
  ],
  azurerm_cosmosdb_account: [{ at: 'minimal_tls_version', oneOf: ['Tls12'] }],
  azurerm_eventhub_namespace: [{ at: 'minimum_tls_version', oneOf: ['1.2'] }],
  azurerm_function_app_flex_consumption: [
    { at: 'https_only', oneOf: [true] },
    { at: 'site_config.minimum_tls_version', oneOf: ['1.2', '1.3'] },
    { at: 'site_config.scm_minimum_tls_version', oneOf: ['1.2', '1.3'] },
  ],
  azurerm_managed_redis: [{ at: 'default_database.client_protocol', oneOf: ['Encrypted'] }],
  azurerm_mssql_server: [{ at: 'minimum_tls_version', oneOf: ['1.2'] }],
  azurerm_servicebus_namespace: [{ at: 'minimum_tls_version', oneOf: ['1.2'] }],
  azurerm_storage_account: [
    { at: 'min_tls_version', oneOf: ['TLS1_2', 'TLS1_3'] },
    { at: 'https_traffic_only_enabled', oneOf: [true], optional: true },
  ],
};

/** Nobody speaks with a service in the clear, or in a version of TLS before 1.2. */
export const tlsVersion = settingsRule('tls-version', settings, 'write it');
