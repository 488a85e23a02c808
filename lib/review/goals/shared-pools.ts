import { resourcesOf, type Resource, type Site } from '../azure/stack';
import { listOf } from '../json';

/** Pools of nodes on which services stand: those that keep no pod away. */
export const sharedPools = (azure: Site): readonly Resource[] =>
  resourcesOf(azure, 'azurerm_kubernetes_cluster_node_pool').filter(
    ({ arguments: given }) => listOf(given.node_taints).length === 0,
  );
