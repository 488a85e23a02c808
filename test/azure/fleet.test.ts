import { failedUpgrades, Fleet, soakSeconds } from '../../lib/azure/fleet';
import { monitoring, ofType, only, place, resourceId, resourcesOf, testStack } from '../support/azure';

const cluster = (name: string) => ({ id: resourceId('Microsoft.ContainerService/managedClusters', name) });

const stack = testStack();
new Fleet(stack, 'Fleet', {
  place,
  monitoring,
  clusters: { recovery: cluster('aks-recovery'), primary: cluster('aks-primary') },
});

const profiles = () =>
  Object.fromEntries(ofType(stack, 'azapi_resource').map(({ body, name }) => [String(name), body as object]));

describe('a fleet of clusters', () => {
  test('has every cluster as a member, each in a group of its own', () => {
    expect(only(stack, 'azurerm_kubernetes_fleet_manager')).toMatchObject({ name: 'fleet-shop-production' });
    expect(only(stack, 'azurerm_kubernetes_fleet_manager')).not.toHaveProperty('hub_profile');
    expect(
      ofType(stack, 'azurerm_kubernetes_fleet_member').map(({ group, kubernetes_cluster_id, name }) => [
        name,
        group,
        kubernetes_cluster_id,
      ]),
    ).toEqual([
      ['primary', 'primary', cluster('aks-primary').id],
      ['recovery', 'recovery', cluster('aks-recovery').id],
    ]);
  });

  test('is upgraded in the order that is told, and waits a day in between', () => {
    expect(only(stack, 'azurerm_kubernetes_fleet_update_strategy')).toMatchObject({
      stage: [
        { name: 'recovery', group: [{ name: 'recovery' }], after_stage_wait_in_seconds: soakSeconds },
        { name: 'primary', group: [{ name: 'primary' }] },
      ],
      depends_on: [expect.stringContaining('Fleet_Recovery'), expect.stringContaining('Fleet_Primary')],
    });
    const { stage } = only(stack, 'azurerm_kubernetes_fleet_update_strategy') as { stage?: readonly object[] };
    expect(stage?.at(-1)).not.toHaveProperty('after_stage_wait_in_seconds');
  });

  test('is upgraded by itself along that order: Kubernetes, and images of nodes', () => {
    const along = { updateStrategyId: expect.stringContaining('Fleet_Strategy'), disabled: false };
    expect(profiles()).toEqual({
      kubernetes: { properties: { channel: 'Stable', nodeImageSelection: { type: 'Consistent' }, ...along } },
      'node-images': { properties: { channel: 'NodeImage', ...along } },
    });
    for (const { parent_id } of ofType(stack, 'azapi_resource'))
      expect(parent_id).toContain('azurerm_kubernetes_fleet_manager.Fleet');
  });

  test('calls people when an upgrade failed, asking as somebody who may read it and no more', () => {
    expect(only(stack, 'azurerm_monitor_scheduled_query_rules_alert_v2')).toMatchObject({
      identity: { type: 'UserAssigned', identity_ids: [expect.stringContaining('Fleet_Watcher')] },
      criteria: [{ metric_measure_column: 'failed', threshold: 0, operator: 'GreaterThan' }],
      action: { action_groups: [monitoring.actionGroupId] },
    });
    const roles = Object.values(resourcesOf(stack)['azurerm_role_assignment'] ?? {});
    expect(roles.map(({ role_definition_name, scope }) => [role_definition_name, scope])).toEqual([
      ['Log Analytics Reader', monitoring.workspaceId],
      ['Reader', expect.stringContaining('azurerm_kubernetes_fleet_manager.Fleet')],
    ]);
  });
});

test('who asks for failed upgrades gets those of one fleet, in one row', () => {
  const query = failedUpgrades('/fleets/a');
  expect(query).toContain("id startswith '/fleets/a/'");
  expect(query.split('\n').at(-1)).toBe('| summarize failed = count()');
});
