import { between, identityType, like, oneOf } from './allowed';
import type { Values, ValuesOf } from './allowed';

/** A size of a virtual machine. */
const vmSize = like(/^Standard_[A-Z]{1,3}\d+[a-z]*(-\d+[a-z]*)?(_v\d+)?$/, 'a size such as Standard_D4ds_v5');

/** What a pool of nodes takes. */
const pool = (at: string): Readonly<Record<string, Values>> => ({
  [`${at}vm_size`]: vmSize,
  [`${at}os_disk_type`]: oneOf('Ephemeral Managed'),
  [`${at}os_sku`]: oneOf(
    'AzureLinux AzureLinux3 Ubuntu Ubuntu2204 Ubuntu2404 Windows2019 Windows2022 CBLMariner Mariner',
  ),
  [`${at}kubelet_disk_type`]: oneOf('OS Temporary'),
  [`${at}max_pods`]: between(10, 250),
  [`${at}max_count`]: between(0, 1000),
  [`${at}min_count`]: between(0, 1000),
  [`${at}upgrade_settings.drain_timeout_in_minutes`]: between(1, 1440),
  [`${at}upgrade_settings.node_soak_duration_in_minutes`]: between(0, 30),
  [`${at}upgrade_settings.max_surge`]: like(/^\d+%?$/, 'a number of nodes or a share such as 33%'),
});

/** When the cluster may be changed. */
const window = (at: string): Readonly<Record<string, Values>> => ({
  [`${at}.frequency`]: oneOf('AbsoluteMonthly Daily RelativeMonthly Weekly'),
  [`${at}.day_of_week`]: oneOf('Friday Monday Saturday Sunday Thursday Tuesday Wednesday'),
  [`${at}.duration`]: between(4, 24),
  [`${at}.start_time`]: like(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 02:00'),
  [`${at}.utc_offset`]: like(/^[+-]\d{2}:\d{2}$/, 'an offset such as +08:00'),
});

/** https://learn.microsoft.com/rest/api/aks/managed-clusters */
export const clusterValues: Readonly<Record<string, ValuesOf>> = {
  azurerm_disk_encryption_set: {
    encryption_type: oneOf(
      'ConfidentialVmEncryptedWithCustomerKey EncryptionAtRestWithCustomerKey EncryptionAtRestWithPlatformAndCustomerKeys',
    ),
    'identity.type': identityType,
  },
  azurerm_kubernetes_cluster: {
    automatic_upgrade_channel: oneOf('node-image patch rapid stable'),
    image_cleaner_interval_hours: between(24, 2160),
    kubernetes_version: like(/^1\.\d+$/, 'a minor version such as 1.34, whose patches the channel follows'),
    node_os_upgrade_channel: oneOf('NodeImage None SecurityPatch Unmanaged'),
    sku_tier: oneOf('Free Premium Standard'),
    support_plan: oneOf('AKSLongTermSupport KubernetesOfficial'),
    'identity.type': oneOf('SystemAssigned UserAssigned'),
    'key_management_service.key_vault_network_access': oneOf('Private Public'),
    'network_profile.ip_versions': oneOf('IPv4 IPv6'),
    'network_profile.load_balancer_sku': oneOf('basic standard'),
    'network_profile.network_data_plane': oneOf('azure cilium'),
    'network_profile.network_plugin': oneOf('azure kubenet none'),
    'network_profile.network_plugin_mode': oneOf('overlay'),
    'network_profile.network_policy': oneOf('azure calico cilium'),
    'network_profile.outbound_type': oneOf(
      'loadBalancer managedNATGateway none userAssignedNATGateway userDefinedRouting',
    ),
    'service_mesh_profile.mode': oneOf('Istio'),
    ...pool('default_node_pool.'),
    'default_node_pool.type': oneOf('AvailabilitySet VirtualMachineScaleSets'),
    ...window('maintenance_window_auto_upgrade'),
    ...window('maintenance_window_node_os'),
  },
  azurerm_kubernetes_cluster_extension: { release_train: oneOf('preview stable') },
  azurerm_kubernetes_cluster_node_pool: {
    ...pool(''),
    eviction_policy: oneOf('Deallocate Delete'),
    mode: oneOf('Gateway System User'),
    os_type: oneOf('Linux Windows'),
    priority: oneOf('Regular Spot'),
    scale_down_mode: oneOf('Deallocate Delete'),
  },
};
