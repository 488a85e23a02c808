import { clusterSettings } from '../../lib/azure/cluster-settings';
import { encryption, monitoring, network, ofType, only, place } from '../support/azure';
import { clusterSite, clusterStack, registryId } from '../support/azure-cluster';
import { remember } from '../support/remember';

const stack = remember(() => clusterStack(place));
const cluster = () => only(stack(), 'azurerm_kubernetes_cluster');
const roles = () =>
  ofType(stack(), 'azurerm_role_assignment').map(({ principal_id, role_definition_name, scope }) => ({
    who: String(principal_id).replace(/.*\.Cluster_(Identity_)?(\w+?)_[0-9A-F]{8}\..*/, '$2'),
    role: role_definition_name,
    scope,
  }));

describe('the API server', () => {
  test('stands in the network alone, and takes no commands but its own', () => {
    expect(cluster()).toMatchObject({
      private_cluster_enabled: true,
      private_cluster_public_fqdn_enabled: false,
      api_server_access_profile: {
        virtual_network_integration_enabled: true,
        subnet_id: network.subnetIds['api-server'],
      },
      run_command_enabled: false,
      dns_prefix_private_cluster: 'aks-shop-production',
    });
    expect(cluster()).not.toHaveProperty('dns_prefix');
  });

  test('is found in a zone of the region that is linked to the network', () => {
    expect(only(stack(), 'azurerm_private_dns_zone')).toMatchObject({ name: 'privatelink.eastasia.azmk8s.io' });
    expect(only(stack(), 'azurerm_private_dns_zone_virtual_network_link')).toMatchObject({
      virtual_network_id: network.virtualNetworkId,
      private_dns_zone_name: expect.stringMatching(/^\$\{azurerm_private_dns_zone\./),
      registration_enabled: false,
    });
    expect(cluster()['private_dns_zone_id']).toMatch(/^\$\{azurerm_private_dns_zone\..*\.id\}$/);
  });

  test('knows people by Entra ID, and by nothing else', () => {
    expect(cluster()).toMatchObject({
      local_account_disabled: true,
      azure_active_directory_role_based_access_control: {
        azure_rbac_enabled: true,
        tenant_id: place.tenantId,
        admin_group_object_ids: [clusterSite.administrators.objectId],
      },
    });
  });

  test('keeps its secrets wrapped with a key of the closed vault', () => {
    expect(cluster()['key_management_service']).toEqual({
      key_vault_key_id: encryption.keyVersionIds.cluster,
      key_vault_network_access: 'Private',
    });
  });
});

describe('identities', () => {
  test('of the control plane and of nodes are two, and each may what it must', () => {
    expect(cluster()['identity']).toEqual({
      type: 'UserAssigned',
      identity_ids: [expect.stringMatching(/ControlPlane_\w+\.id\}$/)],
    });
    expect(cluster()['kubelet_identity']).toEqual({
      user_assigned_identity_id: expect.stringMatching(/Kubelet_\w+\.id\}$/),
      client_id: expect.stringMatching(/Kubelet_\w+\.client_id\}$/),
      object_id: expect.stringMatching(/Kubelet_\w+\.principal_id\}$/),
    });
    const given = roles();
    expect(given).toHaveLength(10);
    expect(given.filter(({ who }) => who === 'ControlPlane')).toEqual([
      { who: 'ControlPlane', role: 'Managed Identity Operator', scope: expect.stringMatching(/Kubelet_\w+\.id\}$/) },
      { who: 'ControlPlane', role: 'Network Contributor', scope: network.subnetIds['api-server'] },
      { who: 'ControlPlane', role: 'Network Contributor', scope: network.subnetIds.balancer },
      { who: 'ControlPlane', role: 'Network Contributor', scope: network.subnetIds.cluster },
      { who: 'ControlPlane', role: 'Key Vault Contributor', scope: encryption.vaultId },
      { who: 'ControlPlane', role: 'Key Vault Crypto User', scope: `${encryption.vaultId}/keys/cluster` },
      {
        who: 'ControlPlane',
        role: 'Private DNS Zone Contributor',
        scope: expect.stringMatching(/private_dns_zone\..*\.id\}$/),
      },
    ]);
    expect(given.filter(({ who }) => who === 'Kubelet')).toEqual([
      { who: 'Kubelet', role: 'AcrPull', scope: registryId },
    ]);
  });

  test('have their roles, and the zone its link, before the cluster is made', () => {
    expect(cluster()['depends_on']).toHaveLength(9);
    expect(cluster()['depends_on']).toEqual(
      expect.arrayContaining([
        expect.stringContaining('azurerm_role_assignment.Cluster_Identity_PullsImages'),
        expect.stringContaining('azurerm_private_dns_zone_virtual_network_link.Cluster_ZoneLink'),
      ]),
    );
  });

  test('of administrators reach this cluster, and nothing above it', () => {
    const people = roles().filter(({ who }) => who === clusterSite.administrators.objectId);
    expect(people.map(({ role }) => role).sort()).toEqual([
      'Azure Kubernetes Service Cluster User Role',
      'Azure Kubernetes Service RBAC Cluster Admin',
    ]);
    for (const { scope } of people) expect(scope).toMatch(/^\$\{azurerm_kubernetes_cluster\..*\.id\}$/);
  });
});

describe('the network of pods', () => {
  test('is an overlay by Cilium with ranges of the definition, and leaves from fixed addresses', () => {
    expect(cluster()['network_profile']).toEqual({
      network_plugin: 'azure',
      network_plugin_mode: 'overlay',
      network_data_plane: 'cilium',
      network_policy: 'cilium',
      outbound_type: 'userAssignedNATGateway',
      load_balancer_sku: 'standard',
      ip_versions: ['IPv4'],
      pod_cidr: '10.64.0.0/14',
      service_cidr: '10.33.0.0/16',
      dns_service_ip: '10.33.0.10',
      advanced_networking: { observability_enabled: true, security_enabled: true },
    });
  });

  test('has the tenth address of the services for names, wherever the range lies', () => {
    const services = (range: string) =>
      clusterSettings(place, network, { ...clusterSite, network: { ...clusterSite.network, services: range } }, 60)
        .networkProfile?.dnsServiceIp;
    expect([services('10.33.0.0/16'), services('172.16.128.0/20')]).toEqual(['10.33.0.10', '172.16.128.10']);
    expect(() => services('10.33.0.0')).toThrow('10.33.0.0 is no range of addresses');
  });
});

describe('the autoscaler', () => {
  test.each([
    ['Azure’s own time, where no pod needs more', 60, '600'],
    ['the time of the pod that takes longest', 1035, '1035'],
  ])('gives pods %s', (_, graceSeconds, expected) => {
    expect(clusterSettings(place, network, clusterSite, graceSeconds).autoScalerProfile).toMatchObject({
      maxGracefulTerminationSec: expected,
    });
  });
});

describe('nodes', () => {
  const shared = {
    auto_scaling_enabled: true,
    zones: ['1', '2', '3'],
    os_disk_type: 'Ephemeral',
    host_encryption_enabled: true,
    node_public_ip_enabled: false,
    vnet_subnet_id: network.subnetIds.cluster,
    max_pods: 110,
    upgrade_settings: { max_surge: '33%', drain_timeout_in_minutes: 30, node_soak_duration_in_minutes: 0 },
  };

  test('of the system are kept for the system, one a zone at least', () => {
    expect(cluster()['default_node_pool']).toMatchObject({
      ...shared,
      name: 'system',
      vm_size: 'Standard_D4ds_v5',
      min_count: 3,
      max_count: 6,
      only_critical_addons_enabled: true,
      temporary_name_for_rotation: 'systemnext',
    });
  });

  test('of the services are as many as they need, and are replaced without a gap', () => {
    const nodes = only(stack(), 'azurerm_kubernetes_cluster_node_pool');
    expect(nodes).toMatchObject({
      ...shared,
      name: 'services',
      mode: 'User',
      vm_size: 'Standard_D8ds_v5',
      min_count: 5,
      max_count: 36,
      temporary_name_for_rotation: 'servicesnext',
      lifecycle: { ignore_changes: ['node_count', 'orchestrator_version'] },
    });
    expect(nodes).not.toHaveProperty('node_count');
    expect(nodes).not.toHaveProperty('node_taints');
  });

  test('have names short enough for Azure, those that take their place too', () => {
    for (const name of ['system', 'services', 'systemnext', 'servicesnext'])
      expect(name).toMatch(/^[a-z][a-z0-9]{0,11}$/);
  });
});

describe('upkeep', () => {
  test('is what a fleet says where there is one, in the same nights: a channel of its own would not wait', () => {
    const settings = clusterSettings(place, network, clusterSite, 60, 'fleet');
    expect(settings).not.toHaveProperty('automaticUpgradeChannel');
    expect(settings).toMatchObject({
      nodeOsUpgradeChannel: 'None',
      maintenanceWindowAutoUpgrade: { dayOfWeek: 'Tuesday' },
      maintenanceWindowNodeOs: { dayOfWeek: 'Wednesday' },
    });
  });

  test('follows supported versions in windows of its own, and what it changes is left alone', () => {
    expect(cluster()).toMatchObject({
      sku_tier: 'Standard',
      automatic_upgrade_channel: 'stable',
      node_os_upgrade_channel: 'NodeImage',
      maintenance_window_auto_upgrade: { frequency: 'Weekly', day_of_week: 'Tuesday', duration: 4 },
      maintenance_window_node_os: { frequency: 'Weekly', day_of_week: 'Wednesday', duration: 4 },
      lifecycle: {
        prevent_destroy: true,
        ignore_changes: [
          'kubernetes_version',
          'default_node_pool[0].node_count',
          'default_node_pool[0].orchestrator_version',
        ],
      },
    });
    expect(cluster()).not.toHaveProperty('maintenance_window');
  });

  test('lets a cluster go that is not protected', () => {
    const own = clusterStack({ ...place, isProtected: false });
    expect(only(own, 'azurerm_kubernetes_cluster').lifecycle).toMatchObject({ prevent_destroy: false });
  });

  test('has the add-ons that it should, and none that Azure retires', () => {
    expect(cluster()).toMatchObject({
      azure_policy_enabled: true,
      cost_analysis_enabled: true,
      image_cleaner_enabled: true,
      oidc_issuer_enabled: true,
      workload_identity_enabled: true,
      key_vault_secrets_provider: { secret_rotation_enabled: true },
      microsoft_defender: { log_analytics_workspace_id: monitoring.workspaceId },
      oms_agent: { log_analytics_workspace_id: monitoring.workspaceId, msi_auth_for_monitoring_enabled: true },
      monitor_metrics: {},
      node_resource_group: 'rg-nodes-shop-production',
      storage_profile: {
        blob_driver_enabled: false,
        disk_driver_enabled: false,
        file_driver_enabled: false,
        snapshot_controller_enabled: false,
      },
    });
    for (const retired of [
      'open_service_mesh_enabled',
      'http_application_routing_enabled',
      'ingress_application_gateway',
      'web_app_routing',
      'service_principal',
      'service_mesh_profile',
    ]) {
      expect(cluster()).not.toHaveProperty(retired);
    }
  });
});
