import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { Audit, defenderPlans, totalRetention } from '../../lib/azure/audit';
import { watchedOperations } from '../../lib/azure/audit-alerts';
import { audit } from '../../lib/platform/nouns/audit';
import { monitoring, ofType, only, place, resourcesOf, testStack } from '../support/azure';

const auditOf = (patch: object = {}) => {
  const stack = testStack();
  new Audit(stack, 'Audit', { place, monitoring, spec: audit.parse(patch), email: 'on-call@example.com' });
  return stack;
};

describe('the shortest span that a table offers and that is no shorter than asked', () => {
  test.each([
    [90, 90],
    [730, 730],
    [731, 1095],
    [1095, 1095],
    [3650, 3653],
  ])('%d days: %d', (asked, given) => {
    expect(totalRetention(asked)).toBe(given);
  });

  test('is never shorter than asked, and never shorter for more', () => {
    const days = fc.integer({ min: 90, max: 3650 });
    fc.assert(
      fc.property(days, days, (a, b) => {
        expect(totalRetention(a)).toBeGreaterThanOrEqual(a);
        if (a <= b) expect(totalRetention(a)).toBeLessThanOrEqual(totalRetention(b));
      }),
    );
  });
});

describe('what watches the subscription', () => {
  const stack = auditOf();
  const subscription = `/subscriptions/${place.subscriptionId}`;

  test('keeps every kind of entry of its log', () => {
    expect(only(stack, 'azurerm_monitor_diagnostic_setting')).toMatchObject({
      target_resource_id: subscription,
      log_analytics_workspace_id: monitoring.workspaceId,
      enabled_log: [
        'Administrative',
        'Alert',
        'Autoscale',
        'Policy',
        'Recommendation',
        'ResourceHealth',
        'Security',
        'ServiceHealth',
      ].map((category) => ({ category })),
    });
    expect(only(stack, 'azurerm_log_analytics_workspace_table')).toMatchObject({
      name: 'AzureActivity',
      total_retention_in_days: 365,
    });
  });

  test.each(Object.entries(watchedOperations))('calls people: %s', (name, [operation]) => {
    const alert = ofType(stack, 'azurerm_monitor_activity_log_alert').find((each) => each['name'] === name);
    expect(alert).toMatchObject({
      scopes: [subscription],
      criteria: { category: 'Administrative', operation_name: operation, statuses: ['Succeeded'] },
      action: [{ action_group_id: monitoring.actionGroupId }],
    });
    const [, runbook = ''] = /Runbook: (\S+)$/.exec(String(alert?.['description'])) ?? [];
    expect(existsSync(resolve(__dirname, '../..', runbook))).toBe(true);
  });

  test('has the plans of Microsoft Defender, one after the other', () => {
    const plans = Object.values(resourcesOf(stack)['azurerm_security_center_subscription_pricing'] ?? {});
    expect(plans.map((plan) => plan['resource_type']).sort()).toEqual(Object.keys(defenderPlans).sort());
    for (const plan of plans) expect(plan['tier']).toBe('Standard');
    expect(plans.filter((plan) => plan['depends_on'] === undefined)).toHaveLength(1);
    expect(plans.find((plan) => plan['resource_type'] === 'Containers')?.['extension']).toContainEqual({
      name: 'ContainerRegistriesVulnerabilityAssessments',
    });
  });

  test('tells the address of the stage what is found', () => {
    expect(only(stack, 'azurerm_security_center_contact')).toMatchObject({
      email: 'on-call@example.com',
      alert_notifications: true,
    });
  });
});

describe('what the organisation watches', () => {
  test.each([
    ['trail', ['azurerm_monitor_diagnostic_setting', 'azurerm_monitor_activity_log_alert'], []],
    ['findings', ['azurerm_security_center_contact'], ['CloudPosture']],
    [
      'threatDetection',
      [],
      ['Arm', 'CosmosDbs', 'KeyVaults', 'OpenSourceRelationalDatabases', 'SqlServers', 'StorageAccounts'],
    ],
    ['vulnerabilityScanning', [], ['Containers']],
  ])('is not made again: %s', (part, types, plans) => {
    const stack = auditOf({ [part]: 'organization' });
    for (const type of types) expect(ofType(stack, type)).toEqual([]);
    const left = ofType(stack, 'azurerm_security_center_subscription_pricing').map((plan) => plan['resource_type']);
    expect(left.filter((plan) => plans.includes(String(plan)))).toEqual([]);
    expect(left).toHaveLength(Object.keys(defenderPlans).length - plans.length);
  });
});
