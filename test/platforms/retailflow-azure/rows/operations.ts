import { one, type Row } from '../../support/about';
import { azureExpiryExpectations } from '../../support/azure-expiry-row';
import { reference } from '../../support/graph';
import { absent, like } from '../../support/matchers';
import { byDay, onCall } from './facts';

/** Cluster, images, who is called, spending. */
export const operations: Row = {
  row: 'compute, registry, operations',
  expectations: [
    one(
      'services run on AKS, closed, under identities of Entra ID',
      'azurerm_kubernetes_cluster',
      'cluster/Cluster/Cluster',
      {
        private_cluster_enabled: true,
        local_account_disabled: true,
        oidc_issuer_enabled: true,
        workload_identity_enabled: true,
        'network_profile.network_policy': 'cilium',
      },
    ),
    one(
      'its nodes grow with the services, over three zones',
      'azurerm_kubernetes_cluster_node_pool',
      'cluster/Cluster/Services/Pool',
      {
        auto_scaling_enabled: true,
        'zones.2': '3',
      },
    ),
    one('images lie in a registry of its own, closed', 'azurerm_container_registry', 'foundation/Registry/Registry', {
      sku: 'Premium',
      admin_enabled: false,
      public_network_access_enabled: false,
    }),
    ...azureExpiryExpectations({ stack: 'foundation', onCall, byDay }),
    one('people on call are told', 'azurerm_monitor_action_group', 'foundation/Observability/OnCall', {
      'email_receiver.0.email_address': 'on-call@example.com',
    }),
    one(
      'people who look by day are told of warnings',
      'azurerm_monitor_action_group',
      'foundation/Observability/Warnings',
      {
        'email_receiver.0.email_address': 'platform@example.com',
      },
    ),
    {
      name: 'every warning goes to them, and wakes nobody',
      type: 'azurerm_monitor_metric_alert',
      having: { severity: 2 },
      path: 'action.0.action_group_id',
      is: byDay,
    },
    ...[0, 1].map((severity) => ({
      name: `every alert of severity ${severity} goes to the people on call`,
      type: 'azurerm_monitor_metric_alert',
      having: { severity },
      path: 'action.0.action_group_id',
      is: onCall,
    })),
    one('errors beyond what is promised call somebody', 'azurerm_monitor_metric_alert', 'edge/Edge/Errors', {
      'action.0.action_group_id': onCall,
    }),
    one(
      'traces and figures of all services come together',
      'azurerm_application_insights',
      'foundation/Observability/Insights',
      {
        workspace_id: reference('foundation/Observability/Workspace', 'id'),
        local_authentication_disabled: true,
      },
    ),
    one('dashboards show them', 'azurerm_dashboard_grafana', 'operations/Dashboards/Grafana', {
      public_network_access_enabled: false,
      api_key_enabled: false,
    }),
    one(
      'spending beyond 10,700 dollars a month is told',
      'azurerm_consumption_budget_subscription',
      'operations/Budget/Monthly',
      {
        amount: 10_700,
      },
    ),
    {
      name: 'nothing of a pair of sites is here: no gateway of a link',
      type: 'azurerm_virtual_network_gateway',
      count: 0,
    },
    {
      name: 'nothing of a pair of sites is here: nobody raises nodes for a failover',
      type: 'azurerm_role_definition',
      where: /PoolScaler/,
      count: 0,
    },
    one('an alert says what to do', 'azurerm_monitor_metric_alert', 'data/CatalogDatabase/CpuHigh', {
      description: like(/azure-sql/),
      enabled: absent,
    }),
  ],
};
