import type { Row } from '../../support/about';
import { reference } from '../../support/graph';
import { atLeast, containing, like } from '../../support/matchers';
import { one } from './facts';

/** The way in, what people look at, and what it may cost. */
export const edge: Row = {
  row: 'edge',
  expectations: [
    one(
      'the edge is Front Door, with its firewall and private ways',
      'azurerm_cdn_frontdoor_profile',
      'edge/Edge/Profile',
      {
        sku_name: 'Premium_AzureFrontDoor',
      },
    ),
    one('the firewall of the edge refuses', 'azurerm_cdn_frontdoor_firewall_policy', 'edge/Firewall/Policy', {
      mode: 'Prevention',
    }),
    one(
      'the gateway stands behind a gateway of the network, with a firewall',
      'azurerm_application_gateway',
      'edge/ApplicationGateway/Gateway',
      {
        'sku.name': 'WAF_v2',
        force_firewall_policy_association: true,
      },
    ),
  ],
};

export const operations: Row = {
  row: 'observability and goals',
  expectations: [
    one('dashboards read the figures of the cluster', 'azurerm_dashboard_grafana', 'operations/Dashboards/Grafana', {
      azure_monitor_workspace_integrations: containing({
        resource_id: reference('cluster/Cluster/Monitoring/Workspace', 'id'),
      }),
    }),
    one(
      'traces are in Application Insights, without a key',
      'azurerm_application_insights',
      'foundation/Observability/Insights',
      {
        local_authentication_disabled: true,
      },
    ),
    one(
      'the gateway is asked from outside',
      'azurerm_application_insights_standard_web_test',
      'operations/Availability/GatewayTest',
      {
        'request.url': like(/^https:\/\/.*app\.example\.com\//),
      },
    ),
    one(
      'spending is held to the sum that was reached',
      'azurerm_consumption_budget_subscription',
      'operations/Budget/Monthly',
      {
        amount: atLeast(1),
        notification: containing({ contact_emails: ['on-call@example.com'] }),
      },
    ),
  ],
};
