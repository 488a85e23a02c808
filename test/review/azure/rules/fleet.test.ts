import { fleet } from '../../../../lib/review/azure/rules/fleet';
import { judges, messagesOf, type Declarations } from '../fixtures';

const fleetId = '${azurerm_kubernetes_fleet_manager.Fleet.id}';
const strategy = 'azurerm_kubernetes_fleet_update_strategy.Strategy';
const profile = (channel: string) => ({
  type: 'Microsoft.ContainerService/fleets/autoUpgradeProfiles@2025-03-01',
  parent_id: fleetId,
  body: { properties: { channel, updateStrategyId: `\${${strategy}.id}` } },
});
const member = (name: string) => ({
  kubernetes_fleet_id: fleetId,
  kubernetes_cluster_id: `\${azurerm_kubernetes_cluster.${name}.id}`,
  group: name,
});
const cluster = { node_os_upgrade_channel: 'None' };

const valid: Declarations = {
  'azurerm_kubernetes_fleet_manager.Fleet': {},
  'azurerm_kubernetes_cluster.recovery': cluster,
  'azurerm_kubernetes_cluster.primary': cluster,
  'azurerm_kubernetes_fleet_member.recovery': member('recovery'),
  'azurerm_kubernetes_fleet_member.primary': member('primary'),
  [strategy]: {
    kubernetes_fleet_manager_id: fleetId,
    stage: [
      { name: 'recovery', group: [{ name: 'recovery' }], after_stage_wait_in_seconds: 86_400 },
      { name: 'primary', group: [{ name: 'primary' }] },
    ],
  },
  'azapi_resource.Kubernetes': profile('Stable'),
  'azapi_resource.Images': profile('NodeImage'),
};

describe('fleet', () => {
  judges(fleet, valid, [
    [
      'a cluster is upgraded by itself',
      'azurerm_kubernetes_cluster.primary/automatic_upgrade_channel',
      'stable',
      /automatic_upgrade_channel must be left out in a fleet, got "stable"/,
    ],
    [
      'nodes of a cluster are renewed by themselves',
      'azurerm_kubernetes_cluster.primary/node_os_upgrade_channel',
      'NodeImage',
      /node_os_upgrade_channel must be "None" in a fleet, got "NodeImage"/,
    ],
    [
      'nobody says who renews nodes, which Azure then does',
      'azurerm_kubernetes_cluster.primary/node_os_upgrade_channel',
      undefined,
      /got nothing: it would not wait/,
    ],
    [
      'a cluster is beside the fleet',
      'azurerm_kubernetes_fleet_member.primary',
      undefined,
      /must be a member of the fleet, got none/,
    ],
    [
      'a cluster is in no stage',
      `${strategy}/stage/1/group/0/name`,
      'primari',
      /must have the group "primary" in one stage/,
    ],
    [
      'it does not wait',
      `${strategy}/stage/0/after_stage_wait_in_seconds`,
      undefined,
      /must wait after stage "recovery"/,
    ],
    [
      'all are upgraded at once',
      `${strategy}/stage`,
      [{ name: 'all', group: [{ name: 'recovery' }, { name: 'primary' }] }],
      /must have a stage for each group, got one/,
    ],
    ['Kubernetes is never upgraded', 'azapi_resource.Kubernetes', undefined, /must upgrade Kubernetes by itself/],
    [
      'upgrades of nodes are turned off',
      'azapi_resource.Images/body/properties/disabled',
      true,
      /must upgrade images of nodes by itself, got no profile of NodeImage/,
    ],
    [
      'upgrades go in any order',
      'azapi_resource.Kubernetes/body/properties/updateStrategyId',
      undefined,
      /has azapi_resource\.Kubernetes without a strategy/,
    ],
  ]);

  test('says nothing of a cluster where there is no fleet', () => {
    const alone = { 'azurerm_kubernetes_cluster.Alone': { automatic_upgrade_channel: 'stable' } };
    expect(messagesOf(fleet, alone)).toEqual([]);
  });
});
