import { textOf } from '../../json';
import { oncePer } from '../../../platform/once';
import { literalText } from '../expressions';
import { referent } from '../references';
import { reporter, type Rule } from '../rule';
import { kindOf, resourcesOf, type Resource, type Site } from '../stack';

const NAME = 'diagnostics';
const report = reporter(NAME);

/**
 * Types that tell what happens to them, and of what inside them the settings are: a storage account has settings of its
 * own for each of its services.
 * https://learn.microsoft.com/azure/azure-monitor/platform/resource-logs-categories
 */
const types: Readonly<Record<string, string>> = {
  'Microsoft.ApiManagement/service': '',
  azurerm_api_management: '',
  azurerm_app_configuration: '',
  azurerm_application_gateway: '',
  azurerm_bastion_host: '',
  azurerm_cdn_frontdoor_profile: '',
  azurerm_container_registry: '',
  azurerm_cosmosdb_account: '',
  azurerm_dashboard_grafana: '',
  azurerm_data_protection_backup_vault: '',
  azurerm_eventhub_namespace: '',
  azurerm_firewall: '',
  azurerm_function_app_flex_consumption: '',
  azurerm_key_vault: '',
  azurerm_kubernetes_cluster: '',
  azurerm_linux_function_app: '',
  azurerm_linux_web_app: '',
  azurerm_log_analytics_workspace: '',
  azurerm_managed_redis: '',
  azurerm_mssql_database: '',
  azurerm_network_security_group: '',
  azurerm_postgresql_flexible_server: '',
  azurerm_public_ip: '',
  azurerm_recovery_services_vault: '',
  azurerm_search_service: '',
  azurerm_servicebus_namespace: '',
  azurerm_storage_account: '/blobServices/default',
  azurerm_virtual_network: '',
  azurerm_virtual_network_gateway: '',
};

/** What settings say of resources, by resource: what follows its id, and whether the setting sends anything anywhere. */
const settings = oncePer((site: Site) => {
  const byTarget = new Map<Resource, { readonly suffix: string; readonly sends: boolean }[]>();
  for (const stack of site.stacks) {
    for (const { arguments: given } of resourcesOf(stack, 'azurerm_monitor_diagnostic_setting')) {
      const target = referent(given.target_resource_id, stack, site)?.resource;
      if (target === undefined) continue;
      const suffix = literalText(textOf(given.target_resource_id) ?? '').replace('${…}', '');
      const sends =
        given.log_analytics_workspace_id !== undefined &&
        (given.enabled_log !== undefined || given.enabled_metric !== undefined);
      byTarget.set(target, [...(byTarget.get(target) ?? []), { suffix, sends }]);
    }
  }
  return byTarget;
});

/** Everything that can tell what happens to it sends that to the workspace. */
export const diagnostics: Rule = {
  name: NAME,
  judge: ({ resources }, site) =>
    resources.flatMap((resource) => {
      const kind = kindOf(resource);
      if (!Object.hasOwn(types, kind)) return [];
      const suffix = types[kind] ?? '';
      const found = (settings(site).get(resource) ?? []).filter((each) => each.suffix === suffix);
      if (found.some(({ sends }) => sends)) return [];
      const what = suffix === '' ? '' : ` of ${suffix}`;
      return [
        report(
          resource,
          found.length === 0
            ? `must have a diagnostic setting${what}, got none: send its logs and metrics to the workspace`
            : `its diagnostic setting${what} must send logs or metrics to a workspace, got neither: name both`,
        ),
      ];
    }),
};
