import { about, at, type Row } from '../../../support/about';
import type { Expectation } from '../../../support/expectations';
import { containing, exactly, like, oneLike } from '../../../support/matchers';
import { region } from './facts';

const stacks = [
  'cluster',
  'data',
  'edge',
  'flags',
  'foundation',
  'link',
  'link-base',
  'messages',
  'messaging',
  'operations',
] as const;

const zeros = '00000000-0000-0000-0000-000000000000';

const eachStack: readonly Expectation[] = stacks.flatMap((stack) => [
  ...about(
    { stack, type: 'Stack', count: 1 },
    {
      [`the stack ${stack} has a state of its own`]: {
        path: 'backend[*].key',
        is: `retailflow-production/${stack}.tfstate`,
      },
      [`the state of ${stack} lies in Azure`]: { path: 'backend[*].type', is: 'azurerm' },
      [`the state of ${stack} is read by name, and not with a key`]: { path: 'backend[*].use_azuread_auth', is: true },
      [`the state of ${stack} lies in the account of the definition`]: {
        path: 'backend[*].storage_account_name',
        is: 'exampleproductionstate',
      },
      [`the stack ${stack} is applied in the tenant of the definition`]: {
        path: 'providers.azurerm[*].tenant_id',
        is: zeros,
      },
      [`the stack ${stack} is applied in the subscription of the definition`]: {
        path: 'providers.azurerm[*].subscription_id',
        is: zeros,
      },
      [`the stack ${stack} asks for one provider by name and version`]: {
        path: 'requiredProviders.azurerm',
        is: { source: 'hashicorp/azurerm', version: '4.73.0' },
      },
      [`the stack ${stack} registers no service of Azure by itself`]: {
        path: 'providers.azurerm[*].resource_provider_registrations',
        is: 'none',
      },
      [`the stack ${stack} uses storage without keys`]: {
        path: 'providers.azurerm[*].storage_use_azuread',
        is: true,
      },
      [`the stack ${stack} destroys no group that holds something`]: {
        path: 'providers.azurerm[*].features[*].resource_group[*].prevent_deletion_if_contains_resources',
        is: true,
      },
      [`the stack ${stack} removes no vault for good`]: {
        path: 'providers.azurerm[*].features[*].key_vault[*].purge_soft_delete_on_destroy',
        is: false,
      },
    },
  ),
  ...about(
    { stack, type: 'azurerm_resource_group', where: at(`${stack}/Group`), count: 1 },
    {
      [`what is in ${stack} stands together`]: { path: 'name', is: `rg-retailflow-production-${stack}` },
      [`what is in ${stack} stands in Hong Kong`]: { path: 'location', is: region },
    },
  ),
  ...about(
    { stack, type: 'terraform_data', where: at(`${stack}/NoDocumentationValues`), count: 1 },
    {
      [`the stack ${stack} is refused while the definition holds documentation values`]: {
        path: 'lifecycle.precondition[*].error_message',
        is: oneLike(/sites\.recovery\.subscription is the documentation value/),
      },
      [`the stack ${stack} refuses when it is planned, and not later`]: {
        path: 'lifecycle.precondition[0].condition',
        is: like(/^\$\{var\.documentation_values == ""\}$/),
      },
    },
  ),
]);

/** Types whose resources tell by tags whose they are, and what they cost. */
const tagged = [
  'azurerm_app_configuration',
  'azurerm_application_gateway',
  'azurerm_cdn_frontdoor_firewall_policy',
  'azurerm_cdn_frontdoor_profile',
  'azurerm_container_registry',
  'azurerm_dashboard_grafana',
  'azurerm_data_protection_backup_vault',
  'azurerm_email_communication_service',
  'azurerm_email_communication_service_domain',
  'azurerm_eventgrid_system_topic',
  'azurerm_function_app_flex_consumption',
  'azurerm_key_vault',
  'azurerm_kubernetes_cluster',
  'azurerm_kubernetes_cluster_node_pool',
  'azurerm_local_network_gateway',
  'azurerm_log_analytics_workspace',
  'azurerm_managed_redis',
  'azurerm_monitor_workspace',
  'azurerm_mssql_database',
  'azurerm_mssql_server',
  'azurerm_nat_gateway',
  'azurerm_network_security_group',
  'azurerm_postgresql_flexible_server',
  'azurerm_private_dns_resolver',
  'azurerm_private_endpoint',
  'azurerm_public_ip',
  'azurerm_resource_group',
  'azurerm_servicebus_namespace',
  'azurerm_storage_account',
  'azurerm_user_assigned_identity',
  'azurerm_virtual_network',
  'azurerm_virtual_network_gateway',
  'azurerm_web_application_firewall_policy',
] as const;

const tags: readonly Expectation[] = tagged.flatMap((type) =>
  about(
    { type },
    Object.fromEntries(
      Object.entries({ owner: 'platform', 'cost-centre': 'commerce', platform: 'retailflow', stage: 'production' }).map(
        ([tag, value]) => [`every ${type} has the tag ${tag}`, { path: `tags.${tag}`, is: value }],
      ),
    ),
  ),
);

const recovered: readonly Expectation[] = stacks.map((stack) => ({
  name: `the stack ${stack} removes no flags for good`,
  stack,
  type: 'Stack',
  count: 1,
  path: 'providers.azurerm[*].features[*].app_configuration[*].purge_soft_delete_on_destroy',
  is: false,
}));

export const stacksRow: Row = {
  row: 'stacks, states and tags',
  expectations: [
    ...eachStack,
    ...recovered,
    { name: 'there are no other stacks', type: 'Stack', count: stacks.length },
    ...tags,
    ...about(
      { stack: 'foundation', type: 'Stack', count: 1 },
      { 'third parties are told the addresses of the site': { path: 'outputs', is: containing('EgressAddresses') } },
    ),
    ...about(
      { type: 'Stack' },
      {
        'only the provider of the definition is asked for': {
          path: 'requiredProviders.azurerm.source',
          is: exactly('hashicorp/azurerm'),
        },
      },
    ),
  ],
};
