import { one, type Row } from '../../support/about';
import { reference } from '../../support/graph';
import { absent, exactly, like } from '../../support/matchers';
import { byDay, principal } from './facts';

const app = 'cluster/PaymentFunction/App';

/** Payment: a function in Go, started by messages. */
export const payment: Row = {
  row: 'payment',
  expectations: [
    one(
      'payment is a program in any language, kept ready, in the network alone',
      'azurerm_function_app_flex_consumption',
      app,
      {
        runtime_name: 'custom',
        maximum_instance_count: 40,
        'always_ready.0.instance_count': 1,
        'always_ready.0.name': 'function:payment',
        public_network_access_enabled: false,
        https_only: true,
        virtual_network_subnet_id: reference('foundation/CardsScope/Network/Functions', 'id'),
        'identity.identity_ids': exactly(reference('foundation/Identities/Payment', 'id')),
        'app_settings.DATABASE_PAYMENT_AUTH': 'entra',
        'app_settings.SECRET_PAYMENT_PROVIDER_API_KEY': like(
          /^@Microsoft\.KeyVault\(SecretUri=https:\/\/kv-retailflow-azu-b5550r\..*payment-provider-apiKey\)$/,
        ),
        'app_settings.QUEUE_PAYMENTS_URL': like(/^sb:\/\/.*\/payments$/),
        'app_settings.DATABASE_ORDER_HOST': absent,
        'tags.data-class': 'restricted',
      },
    ),
    one('payment reads its secrets as itself', 'azapi_update_resource', 'cluster/PaymentFunction/ReadsSecrets', {
      resource_id: reference(app, 'id'),
      'body.properties.keyVaultReferenceIdentity': reference('foundation/Identities/Payment', 'id'),
    }),
    one(
      'payment may read the key of its provider, in the vault of its scope',
      'azurerm_role_assignment',
      'cluster/FunctionSecrets/PaymentPaymentProviderApiKey',
      {
        principal_id: principal('Payment'),
        role_definition_name: 'Key Vault Secrets User',
        scope: like(/foundation\/CardsScope\/Keys\/Vault.*\/secrets\/payment-provider-apiKey/),
      },
    ),
    one(
      'somebody is called when a payment fails',
      'azurerm_monitor_scheduled_query_rules_alert_v2',
      'cluster/PaymentFunction/Failed',
      {
        'criteria.0.threshold': 0,
        'action.action_groups.0': byDay,
      },
    ),
    one('payments wait in a queue with dead letters', 'azurerm_servicebus_queue', 'messaging/PaymentsQueue/Queue', {
      max_delivery_count: 5,
      dead_lettering_on_message_expiration: true,
      'lifecycle.prevent_destroy': true,
    }),
    one('payment receives them', 'azurerm_role_assignment', 'messaging/PaymentsQueue/PaymentReceives', {
      principal_id: principal('Payment'),
      role_definition_name: 'Azure Service Bus Data Receiver',
    }),
    one('stock changes come in order', 'azurerm_servicebus_queue', 'messaging/StockChangesQueue/Queue', {
      requires_session: true,
    }),
    one(
      'messages are closed to keys and to the internet',
      'azurerm_servicebus_namespace',
      'messaging/ServiceBus/Namespace',
      {
        local_auth_enabled: false,
        public_network_access_enabled: false,
        minimum_tls_version: '1.2',
      },
    ),
  ],
};
