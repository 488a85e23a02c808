import { between, duration, identityType, oneOf } from './allowed';
import type { ValuesOf } from './allowed';

/** What queues and topics share. */
const entity: ValuesOf = {
  auto_delete_on_idle: duration,
  default_message_ttl: duration,
  duplicate_detection_history_time_window: duration,
  max_message_size_in_kilobytes: between(1024, 102400),
  max_size_in_megabytes: { oneOf: [1024, 2048, 3072, 4096, 5120, 10240, 20480, 40960, 81920] },
  status: oneOf('Active Disabled ReceiveDisabled SendDisabled'),
};

/** https://learn.microsoft.com/azure/service-bus-messaging/service-bus-quotas */
export const messagingValues: Readonly<Record<string, ValuesOf>> = {
  azurerm_eventhub_namespace: {
    sku: oneOf('Basic Premium Standard'),
    minimum_tls_version: oneOf('1.0 1.1 1.2'),
    'identity.type': identityType,
  },
  azurerm_function_app_flex_consumption: {
    instance_memory_in_mb: { oneOf: [512, 2048, 4096] },
    maximum_instance_count: between(1, 1000),
    runtime_name: oneOf('custom dotnet-isolated java node powershell python'),
    storage_authentication_type: oneOf('StorageAccountConnectionString SystemAssignedIdentity UserAssignedIdentity'),
    storage_container_type: oneOf('blobContainer'),
    'site_config.minimum_tls_version': oneOf('1.0 1.1 1.2 1.3'),
    'identity.type': identityType,
  },
  azurerm_service_plan: {
    os_type: oneOf('Linux Windows WindowsContainer'),
    sku_name: oneOf(
      'B1 B2 B3 D1 EP1 EP2 EP3 F1 FC1 I1v2 I2v2 I3v2 I4v2 I5v2 I6v2 P0v3 P0v4 P1v2 P1v3 P1v4 P2v2 P2v3 P2v4',
      'P3v2 P3v3 P3v4 S1 S2 S3 WS1 WS2 WS3 Y1',
    ),
  },
  azurerm_servicebus_namespace: {
    sku: oneOf('Basic Premium Standard'),
    capacity: { oneOf: [0, 1, 2, 4, 8, 16] },
    premium_messaging_partitions: { oneOf: [0, 1, 2, 4] },
    minimum_tls_version: oneOf('1.0 1.1 1.2'),
    'network_rule_set.default_action': oneOf('Allow Deny'),
    'identity.type': identityType,
  },
  azurerm_servicebus_queue: { ...entity, lock_duration: duration, max_delivery_count: between(1, 2000) },
  azurerm_servicebus_subscription: {
    default_message_ttl: duration,
    lock_duration: duration,
    max_delivery_count: between(1, 2000),
    status: oneOf('Active Disabled ReceiveDisabled'),
  },
  azurerm_servicebus_subscription_rule: { filter_type: oneOf('CorrelationFilter SqlFilter') },
  azurerm_servicebus_topic: entity,
};
