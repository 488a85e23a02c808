import type { Hardened } from '../../support/mutations';
import { classed, foreign, paths, tagged } from '../../support/hardened-azure';

/** Functions, their plans, and what looks at the site from outside. */
export const hardenedFunctions: Readonly<Record<string, readonly Hardened[]>> = {
  azurerm_function_app_flex_consumption: [
    {},
    ...tagged,
    ...classed,
    { path: 'storage_authentication_type', weak: ['StorageAccountConnectionString', 'SystemAssignedIdentity'] },
    { path: 'storage_user_assigned_identity_id', weak: [foreign] },
    { path: 'storage_container_endpoint', weak: ['https://somebody.blob.core.windows.net/else'] },
    { path: 'virtual_network_subnet_id', weak: [foreign] },
    { path: 'site_config.minimum_tls_version', weak: ['1.0', '1.1'] },
    { path: 'site_config.scm_minimum_tls_version', weak: ['1.0'] },
    { path: 'site_config.ip_restriction_default_action', weak: ['Allow'] },
    { path: 'site_config.scm_ip_restriction_default_action', weak: ['Allow'] },
    { path: 'identity.identity_ids', weak: [[foreign]] },
    { path: 'runtime_version', weak: ['18'] },
    { path: 'maximum_instance_count', weak: [1000] },
    { path: 'service_plan_id', weak: [foreign] },
    { path: 'app_settings.AzureWebJobsStorage', needed: false, weak: ['DefaultEndpointsProtocol=https'] },
    ...paths(
      'https_only',
      'public_network_access_enabled',
      'webdeploy_publish_basic_authentication_enabled',
      'site_config.remote_debugging_enabled',
      'app_settings.SCHEDULE',
      'app_settings.DATABASE_STORE_AUTH',
      'app_settings.DATABASE_STORE_READER_HOST',
      'app_settings.DATABASE_STORE_HOST',
      'app_settings.AZURE_CLIENT_ID',
      'site_config.application_insights_connection_string',
      'app_settings.AzureWebJobsStorage__credential',
      'app_settings.AzureWebJobsStorage__accountName',
      'app_settings.APPLICATIONINSIGHTS_AUTHENTICATION_STRING',
    ),
  ],
  azurerm_service_plan: [{}, { path: 'sku_name', weak: ['Y1', 'B1'] }, ...paths('zone_balancing_enabled')],
  azurerm_application_insights_standard_web_test: [
    {},
    { path: 'request.url', weak: ['https://elsewhere.example.com/'] },
    { path: 'frequency', weak: [900] },
    { path: 'geo_locations', weak: [[]] },
    { path: 'validation_rules.expected_status_code', weak: [404] },
    { path: 'validation_rules.ssl_cert_remaining_lifetime', weak: [1] },
    ...paths('enabled', 'retry_enabled', 'validation_rules.ssl_check_enabled', 'application_insights_id'),
  ],
};
