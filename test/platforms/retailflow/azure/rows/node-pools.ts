import { about, type Row } from '../../../support/about';
import type { Expectation } from '../../../support/expectations';
import { reference } from '../../../support/graph';
import { containing, oneOf } from '../../../support/matchers';
import { subnet } from './facts';

const stack = 'cluster';
const itself = reference('cluster/Cluster/Cluster', 'id');

/** What is the same of both pools, by the place at which it stands. */
const pool = (what: string, inside: string): Readonly<Record<string, Omit<Expectation, 'name' | 'type'>>> => ({
  [`${what} stand in all zones`]: { path: `${inside}zones`, is: ['1', '2', '3'] },
  [`${what} stand in their subnet`]: { path: `${inside}vnet_subnet_id`, is: subnet('Cluster') },
  [`${what} come and go with the load`]: { path: `${inside}auto_scaling_enabled`, is: true },
  [`${what} are encrypted where they run`]: { path: `${inside}host_encryption_enabled`, is: true },
  [`${what} keep nothing`]: { path: `${inside}os_disk_type`, is: 'Ephemeral' },
  [`${what} run what Azure mends`]: { path: `${inside}os_sku`, is: 'AzureLinux' },
  [`${what} have no public address`]: { path: `${inside}node_public_ip_enabled`, is: false },
  [`${what} are renewed a third at a time`]: { path: `${inside}upgrade_settings.max_surge`, is: '33%' },
  [`${what} wait half an hour for their pods`]: { path: `${inside}upgrade_settings.drain_timeout_in_minutes`, is: 30 },
  [`${what} can be changed to another size`]: {
    path: `${inside}temporary_name_for_rotation`,
    is: oneOf('systemnext', 'servicesnext'),
  },
  [`${what} take as many pods as Kubernetes is tested with`]: { path: `${inside}max_pods`, is: 110 },
});

const pools: readonly Expectation[] = [
  ...about(
    { stack, type: 'azurerm_kubernetes_cluster', count: 1 },
    {
      ...pool('nodes of the system', 'default_node_pool.'),
      'nodes of the system run the system alone': { path: 'default_node_pool.only_critical_addons_enabled', is: true },
      'there is a node of the system a zone': { path: 'default_node_pool.min_count', is: 3 },
      'there may be two nodes of the system a zone': { path: 'default_node_pool.max_count', is: 6 },
      'nodes of the system are large enough': { path: 'default_node_pool.vm_size', is: 'Standard_D4ds_v5' },
      'zones have equally many nodes': { path: 'auto_scaler_profile.balance_similar_node_groups', is: true },
    },
  ),
  ...about(
    { stack, type: 'azurerm_kubernetes_cluster_node_pool', count: 1 },
    {
      ...pool('nodes of the services', ''),
      'services have nodes of their own': { path: 'mode', is: 'User' },
      'nodes of the services are those of the cluster': { path: 'kubernetes_cluster_id', is: itself },
      'nodes of the services are not taken away for others': { path: 'priority', is: 'Regular' },
      'services stand by on as many nodes as they need at least': { path: 'min_count', is: 5 },
      'services have nodes enough for the whole load': { path: 'max_count', is: 36 },
      'nodes of the services are large enough': { path: 'vm_size', is: 'Standard_D8ds_v5' },
      'nodes that the autoscaler added are left alone': {
        path: 'lifecycle.ignore_changes',
        is: containing('node_count', 'orchestrator_version'),
      },
    },
  ),
];

export const nodePools: Row = { row: 'cluster: nodes', expectations: pools };
