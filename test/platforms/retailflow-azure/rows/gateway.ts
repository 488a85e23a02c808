import { one, type Row } from '../../support/about';
import { reference } from '../../support/graph';
import { absent, all, containing, like } from '../../support/matchers';
import { byDay, onCall, principal } from './facts';

const hot = ['Catalog', 'Customer', 'Inventory', 'Order', 'Web'];
const service = reference('gateway/ApiManagement/Service', 'id');

/** API Management: who reaches it, what it asks, where requests go, and who moves them. */
export const gateway: Row = {
  row: 'gateway',
  expectations: [
    one(
      'API Management stands over zones, and calls from the network',
      'azapi_resource',
      'gateway/ApiManagement/Service',
      {
        'body.sku.name': 'StandardV2',
        'body.sku.capacity': 2,
        'body.properties.zoneRedundant': true,
        'body.properties.virtualNetworkConfiguration.subnetResourceId': reference(
          'gateway/ApiManagement/Network/Subnet',
          'id',
        ),
        'identity.0.type': 'SystemAssigned',
        'lifecycle.prevent_destroy': true,
      },
    ),
    one('it is closed to the internet', 'azapi_update_resource', 'gateway/ApiManagement/Closed', {
      resource_id: service,
      'body.properties.publicNetworkAccess': 'Disabled',
    }),
    one('it is reached at an address of the network', 'azurerm_private_endpoint', 'gateway/ApiManagement/Endpoint', {
      'private_service_connection.private_connection_resource_id': service,
      'private_service_connection.subresource_names.0': 'Gateway',
    }),
    one(
      'the application gateway calls it, and no longer the cluster',
      'azurerm_application_gateway',
      'edge/ApplicationGateway/Gateway',
      {
        'backend_address_pool.0.fqdns.0': like(/^apim-retailflow-azure-production-\w{6}\.azure-api\.net$/),
        'backend_address_pool.0.ip_addresses': absent,
        'backend_http_settings.0.host_name': like(/\.azure-api\.net$/),
      },
    ),
    one('it grows with its load', 'azurerm_monitor_autoscale_setting', 'gateway/ApiManagement/Units', {
      'profile.0.capacity.minimum': 2,
      'profile.0.capacity.maximum': 6,
    }),
    one('people are called when it answers errors', 'azurerm_monitor_metric_alert', 'gateway/ApiManagement/Errors', {
      'scopes.0': service,
      'action.0.action_group_id': onCall,
    }),
    one('what it does is kept', 'azurerm_monitor_diagnostic_setting', 'gateway/ApiManagement/Diagnostics', {
      target_resource_id: service,
      'enabled_log.0.category_group': 'allLogs',
    }),
    ...['A', 'B', 'C'].map((id) =>
      one(
        `tokens are verified by the key ${id} of the vault`,
        'azurerm_api_management_named_value',
        `gateway/ApiManagement/Modulus${id}`,
        { 'value_from_key_vault.secret_id': like(new RegExp(`/secrets/token-keys-modulus${id}$`)) },
      ),
    ),
    one(
      'somebody is called when one checkout in twenty takes longer than three seconds',
      'azurerm_monitor_scheduled_query_rules_alert_v2',
      'gateway/Apis/OrderApiCheckout/Slow',
      {
        'criteria.0.query': like(/ApiId == "order-api-checkout" .*percentile\(TotalTime, 95\)/),
        'criteria.0.threshold': 3000,
        'criteria.0.operator': 'GreaterThan',
        'action.action_groups.0': byDay,
      },
    ),
    one(
      'checkout asks for a token and counts its user',
      'azurerm_api_management_api_policy',
      'gateway/Apis/OrderApiCheckout/Policy',
      {
        xml_content: all(
          like(/<validate-jwt [^>]*require-signed-tokens='true'/),
          like(/<rate-limit-by-key calls='60' renewal-period='60' counter-key='@\("order-api-checkout:" \+ \(\(Jwt\)/),
          like(/<set-backend-service backend-id='[^']*Backends.Order\b/),
        ),
      },
    ),
    ...hot.map((name) =>
      one(
        `requests to ${name} go to a pool of its versions, whose weights a release moves`,
        'azapi_resource',
        `gateway/Backends/${name}`,
        {
          'body.properties.type': 'Pool',
          'body.properties.pool.services': containing(
            { id: reference(`gateway/Backends/${name}Stable`, 'id'), weight: 100 },
            { id: reference(`gateway/Backends/${name}Canary`, 'id'), weight: 0 },
          ),
          'lifecycle.ignore_changes': containing('body.properties.pool'),
        },
      ),
    ),
    ...hot.map((name) =>
      one(
        `the new version of ${name} gets no more requests after ten errors`,
        'azapi_resource',
        `gateway/Backends/${name}Canary`,
        {
          'body.properties.circuitBreaker.rules.0.failureCondition.count': 10,
          'body.properties.circuitBreaker.rules.0.failureCondition.interval': 'PT1M',
          'body.properties.tls.validateCertificateName': true,
        },
      ),
    ),
    one(
      'a release of orders moves the weights of orders alone',
      'azurerm_role_assignment',
      'gateway/Backends/OrderMoves',
      {
        principal_id: principal('Order'),
        scope: reference('gateway/Backends/Order', 'id'),
      },
    ),
    {
      name: 'every API counts requests, but for what answers for health',
      type: 'azurerm_api_management_api_policy',
      where: /^gateway\/Apis\/\w+\/Policy$/,
      path: 'xml_content',
      is: like(/<rate-limit-by-key calls='\d+'|<rewrite-uri template='\/api\/\.well-known\/ready'/),
      count: 14,
    },
    {
      name: 'every route is an API, by TLS, without a key of a subscription',
      type: 'azurerm_api_management_api',
      where: /^gateway\/Apis\/\w+\/Api$/,
      having: { 'protocols.0': 'https', subscription_required: false },
      count: 14,
    },
    one(
      'nobody but the gateway says who asks, and for which version, and no body is larger than the platform takes',
      'azurerm_api_management_policy',
      'gateway/ApiManagement/Policy',
      {
        api_management_id: service,
        xml_content: all(
          like(/<set-header name='X-User-Id' exists-action='delete' \/>/),
          like(/<set-header name='X-Release' exists-action='delete' \/>/),
          like(/<set-header name='X-Correlation-Id' exists-action='skip'>/),
          like(/"Transfer-Encoding"\)\)'>[^]*?code='411'/),
          like(/"Content-Length", "0"\)\) > 10485760L\)'>[^]*?code='413'/),
        ),
      },
    ),
    one(
      'a request is a part of its trace, without what it carries',
      'azurerm_api_management_diagnostic',
      'gateway/ApiManagement/Traces',
      {
        http_correlation_protocol: 'W3C',
        log_client_ip: false,
        'frontend_request.body_bytes': 0,
        'backend_request.body_bytes': 0,
      },
    ),
    one(
      'the door of the cluster has a name of the certificate, in the network alone',
      'azurerm_private_dns_a_record',
      'gateway/Door/Address',
      {
        'records.0': like(/^10\.16\./),
        zone_name: reference('gateway/Door/Zone', 'name'),
      },
    ),
  ],
};
