import { about, at, none, one, type Row } from '../../../support/about';
import type { Expectation } from '../../../support/expectations';
import { reference } from '../../../support/graph';
import {
  absent,
  atLeast,
  between,
  containing,
  exactly,
  notContaining,
  oneLike,
  oneOf,
} from '../../../support/matchers';
import { subnet, virtualNetwork, workspace } from './facts';

const stack = 'cluster';
const zeros = '00000000-0000-0000-0000-000000000000';
const itself = reference('cluster/Cluster/Cluster', 'id');
const nodes = reference('cluster/Cluster/Identity/Kubelet', 'id');

const access: readonly Expectation[] = about(
  { stack, type: 'azurerm_kubernetes_cluster', count: 1 },
  {
    'the API server is private': { path: 'private_cluster_enabled', is: true },
    'the API server has no public name': { path: 'private_cluster_public_fqdn_enabled', is: false },
    'the API server stands in the network': {
      path: 'api_server_access_profile.virtual_network_integration_enabled',
      is: true,
    },
    'the API server stands in its own subnet': { path: 'api_server_access_profile.subnet_id', is: subnet('ApiServer') },
    'the API server has a private name of ours': {
      path: 'private_dns_zone_id',
      is: reference('cluster/Cluster/Zone', 'id'),
    },
    'nobody logs in to the cluster without Entra': { path: 'local_account_disabled', is: true },
    'roles of Azure say who may do what in the cluster': {
      path: 'azure_active_directory_role_based_access_control.azure_rbac_enabled',
      is: true,
    },
    'the cluster knows its tenant': {
      path: 'azure_active_directory_role_based_access_control.tenant_id',
      is: zeros,
    },
    'a group of people administers the cluster': {
      path: 'azure_active_directory_role_based_access_control.admin_group_object_ids',
      is: [zeros],
    },
    'nodes are known as what they are': {
      path: 'kubelet_identity.client_id',
      is: reference('cluster/Cluster/Identity/Kubelet', 'client_id'),
    },
    'the cluster asks who may do what': { path: 'role_based_access_control_enabled', is: true },
    'nobody runs commands in the cluster through Azure': { path: 'run_command_enabled', is: false },
    'services are known by tokens of the cluster': { path: 'oidc_issuer_enabled', is: true },
    'services log in to Azure without secrets': { path: 'workload_identity_enabled', is: true },
    'the control plane has an identity of its own': {
      path: 'identity.identity_ids',
      is: exactly(reference('cluster/Cluster/Identity/ControlPlane', 'id')),
    },
    'nodes have an identity of their own': { path: 'kubelet_identity.user_assigned_identity_id', is: nodes },
    'secrets of Kubernetes are encrypted with the key of the cluster': {
      path: 'key_management_service.key_vault_key_id',
      is: reference('foundation/Keys/Cluster', 'output.properties.keyUriWithVersion'),
    },
    'the cluster reaches its key through the network': {
      path: 'key_management_service.key_vault_network_access',
      is: 'Private',
    },
    'secrets of the vault are mounted, and renewed': {
      path: 'key_vault_secrets_provider.secret_rotation_enabled',
      is: true,
    },
    'secrets of the vault are renewed every other minute': {
      path: 'key_vault_secrets_provider.secret_rotation_interval',
      is: '2m',
    },
    'the cluster waits until it may use its key': { path: 'depends_on[*]', is: oneLike(/WrapsSecrets/) },
    'the cluster waits until it may pull images': { path: 'depends_on[*]', is: oneLike(/PullsImages/) },
  },
);

const traffic: readonly Expectation[] = about(
  { stack, type: 'azurerm_kubernetes_cluster' },
  {
    'pods have addresses of their own, beside the network': {
      path: 'network_profile.network_plugin_mode',
      is: 'overlay',
    },
    'pods are connected by Azure': { path: 'network_profile.network_plugin', is: 'azure' },
    'Cilium carries what pods say': { path: 'network_profile.network_data_plane', is: 'cilium' },
    'Cilium lets through what policies allow': { path: 'network_profile.network_policy', is: 'cilium' },
    'pods have the addresses of the definition': { path: 'network_profile.pod_cidr', is: '10.64.0.0/14' },
    'services have the addresses of the definition': { path: 'network_profile.service_cidr', is: '10.33.0.0/16' },
    'names are answered at an address of the services': { path: 'network_profile.dns_service_ip', is: '10.33.0.10' },
    'nodes go out by the known addresses': { path: 'network_profile.outbound_type', is: 'userAssignedNATGateway' },
    'balancers of the cluster stand in all zones': { path: 'network_profile.load_balancer_sku', is: 'standard' },
    'who talks to whom in the cluster is seen': {
      path: 'network_profile.advanced_networking.observability_enabled',
      is: true,
    },
    'pods call out to names that policies allow': {
      path: 'network_profile.advanced_networking.security_enabled',
      is: true,
    },
  },
);

const upkeep: readonly Expectation[] = about(
  { stack, type: 'azurerm_kubernetes_cluster' },
  {
    'the control plane has Azure’s promise': { path: 'sku_tier', is: oneOf('Standard', 'Premium') },
    'Kubernetes is renewed by itself, a version behind the newest': { path: 'automatic_upgrade_channel', is: 'stable' },
    'nodes get a new image by themselves': { path: 'node_os_upgrade_channel', is: 'NodeImage' },
    'Kubernetes is renewed in the night from Tuesday': {
      path: 'maintenance_window_auto_upgrade.day_of_week',
      is: 'Tuesday',
    },
    'Kubernetes is renewed each week at most': { path: 'maintenance_window_auto_upgrade.frequency', is: 'Weekly' },
    'there is time to renew Kubernetes': { path: 'maintenance_window_auto_upgrade.duration', is: atLeast(4) },
    'nodes are renewed in another night': { path: 'maintenance_window_node_os.day_of_week', is: 'Wednesday' },
    'nodes are renewed each week': { path: 'maintenance_window_node_os.frequency', is: 'Weekly' },
    'there is time to renew nodes': { path: 'maintenance_window_node_os.duration', is: atLeast(4) },
    'Kubernetes is renewed at two in the morning of Hong Kong': {
      path: 'maintenance_window_auto_upgrade.start_time',
      is: '18:00',
    },
    'nodes are renewed at two in the morning of Hong Kong': {
      path: 'maintenance_window_node_os.start_time',
      is: '18:00',
    },
    'windows are those of universal time': {
      path: 'maintenance_window_auto_upgrade.utc_offset',
      is: '+00:00',
    },
    'windows of nodes are those of universal time': { path: 'maintenance_window_node_os.utc_offset', is: '+00:00' },
    'there is no window of the old kind': { path: 'maintenance_window', is: absent },
    'a version that Azure renewed is not set back': {
      path: 'lifecycle.ignore_changes',
      is: containing(
        'kubernetes_version',
        'default_node_pool[0].node_count',
        'default_node_pool[0].orchestrator_version',
      ),
    },
    'the cluster is never destroyed by mistake': { path: 'lifecycle.prevent_destroy', is: true },
    'policies of the subscription hold in the cluster': { path: 'azure_policy_enabled', is: true },
    'Defender watches what runs': { path: 'microsoft_defender.log_analytics_workspace_id', is: workspace },
    'images that nobody uses leave nodes': { path: 'image_cleaner_enabled', is: true },
    'images leave nodes within five days': { path: 'image_cleaner_interval_hours', is: between(24, 120) },
    'what each service costs is known': { path: 'cost_analysis_enabled', is: true },
    'logs of pods are collected': { path: 'oms_agent.log_analytics_workspace_id', is: workspace },
    'logs of pods are sent by name, and not with a key': {
      path: 'oms_agent.msi_auth_for_monitoring_enabled',
      is: true,
    },
    'figures of pods are collected': { path: 'monitor_metrics', is: {} },
    'no disk is mounted from the cluster': { path: 'storage_profile.disk_driver_enabled', is: false },
    'no files are mounted from the cluster': { path: 'storage_profile.file_driver_enabled', is: false },
    'no bucket is mounted from the cluster': { path: 'storage_profile.blob_driver_enabled', is: false },
    'nothing is copied from disks of the cluster': { path: 'storage_profile.snapshot_controller_enabled', is: false },
    'there is no add-on that routes by itself': { path: 'http_application_routing_enabled', is: absent },
    'there is no ingress that ends': { path: 'web_app_routing', is: absent },
    'there is no gateway that the cluster sets up': { path: 'ingress_application_gateway', is: absent },
    'there is no mesh that ended': { path: 'open_service_mesh_enabled', is: absent },
  },
);

export const cluster: Row = {
  row: 'cluster',
  expectations: [
    ...access,
    ...traffic,
    ...upkeep,
    one('the cluster has its private zone', 'azurerm_private_dns_zone', 'cluster/Cluster/Zone', {
      name: 'privatelink.eastasia.azmk8s.io',
    }),
    one('the network finds the cluster', 'azurerm_private_dns_zone_virtual_network_link', 'cluster/Cluster/ZoneLink', {
      private_dns_zone_name: reference('cluster/Cluster/Zone', 'name'),
      virtual_network_id: virtualNetwork,
      registration_enabled: false,
    }),
    ...about(
      { stack, type: 'azurerm_monitor_diagnostic_setting', where: at('cluster/Cluster/Diagnostics'), count: 1 },
      {
        ...Object.fromEntries(
          [
            'cloud-controller-manager',
            'cluster-autoscaler',
            'guard',
            'kube-apiserver',
            'kube-audit-admin',
            'kube-controller-manager',
            'kube-scheduler',
          ].map((category) => [
            `the control plane writes down ${category}`,
            { path: 'enabled_log', is: containing({ category }) },
          ]),
        ),
        'what only reads is not written down, since it is most': {
          path: 'enabled_log',
          is: notContaining({ category: 'kube-audit' }),
        },
        'what the control plane writes down is that of the cluster': { path: 'target_resource_id', is: itself },
        'the control plane sends its figures': { path: 'enabled_metric', is: containing({ category: 'AllMetrics' }) },
      },
    ),
    none({ type: 'azurerm_kubernetes_cluster_extension' }, 'nothing is added to the cluster that nobody named'),
  ],
};
