import { azureExpiryExpectations, endsOfKeys } from '../../support/azure-expiry-row';
import { one, type Row } from '../../support/about';
import { reference } from '../../support/graph';
import { absent, containing, exactly, like, present } from '../../support/matchers';
import { onCall } from './facts';

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

/** Pages that a service makes, in front of them the same edge. */
export const web: Row = {
  row: 'web',
  expectations: [
    one(
      'pages come from the service by the gateway, and are not kept',
      'azurerm_cdn_frontdoor_route',
      'edge/Edge/PagesRoute',
      {
        patterns_to_match: exactly('/*'),
        cdn_frontdoor_origin_group_id: reference('edge/Edge/Gateway/Group', 'id'),
        cdn_frontdoor_rule_set_ids: exactly(reference('edge/Edge/PageHeaders/Set', 'id')),
        cache: absent,
      },
    ),
    one('files of releases come from the bucket, and are kept', 'azurerm_cdn_frontdoor_route', 'edge/Edge/FilesRoute', {
      patterns_to_match: exactly('/_next/static', '/_next/static/*'),
      cdn_frontdoor_origin_group_id: reference('edge/Edge/Assets/Group', 'id'),
      cache: present,
    }),
  ],
};

/** Who is told of what happens in the second region. */
const onCallThere = reference('recovery-foundation/Observability/OnCall', 'id');

/** What people look at, what calls them, and what it may cost. */
export const operations: Row = {
  row: 'observability and goals',
  expectations: [
    ...azureExpiryExpectations({ stack: 'foundation', onCall, byDay: onCall }),
    ...azureExpiryExpectations({
      stack: 'data',
      part: 'BackupKey/Expiry',
      vault: 'BackupKey/Vault',
      ends: endsOfKeys,
      onCall,
      byDay: onCall,
    }),
    ...azureExpiryExpectations({ stack: 'recovery-foundation', onCall: onCallThere, byDay: onCallThere }),
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
      'requests, failures and times are reckoned every minute, so that a week can be looked at',
      'azurerm_monitor_alert_prometheus_rule_group',
      'operations/Recorded/Group',
      {
        interval: 'PT1M',
        'rule[record=platform:requests:rate5m].expression': like(
          /kong_http_requests_total\{namespace="techflow-gateway"/,
        ),
        'rule[record=platform:failures:rate5m].expression': like(/code=~"5\.\."/),
        'rule[record=platform:duration_bucket:rate5m].expression': like(
          /^sum by \(le\) .*kong_request_latency_ms_bucket/,
        ),
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
        amount: 28_000,
        notification: containing({ contact_emails: ['on-call@example.com'] }),
      },
    ),
  ],
};
