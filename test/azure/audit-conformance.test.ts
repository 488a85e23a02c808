import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Audit } from '../../lib/azure/audit';
import { initiatives, isAssigned, newlyBroken } from '../../lib/azure/audit-conformance';
import { judgedOn } from '../../lib/platform/conformance';
import { audit, type Conformance } from '../../lib/platform/nouns/audit';
import { monitoring, ofType, only, place, testStack } from '../support/azure';

const assignment = 'azurerm_subscription_policy_assignment';
const exemption = 'azurerm_subscription_policy_exemption';
const alert = 'azurerm_monitor_scheduled_query_rules_alert_v2';

const auditOf = (conformance: readonly Conformance[]) => {
  const stack = testStack();
  const warned = { ...monitoring, warningGroupId: '/by-day' };
  new Audit(stack, 'Audit', {
    place,
    monitoring: warned,
    spec: audit.parse({ conformance }),
    email: 'on-call@example.com',
  });
  return stack;
};

describe('a stage that keeps PCI DSS on Azure', () => {
  const stack = auditOf(['pci-dss']);
  const made = only(stack, assignment);

  test('is judged as a whole by the initiative of Azure, which makes nothing', () => {
    expect(made).toMatchObject({
      subscription_id: `/subscriptions/${place.subscriptionId}`,
      policy_definition_id: initiatives['pci-dss'].definitionId,
      enforce: true,
      identity: { type: 'SystemAssigned' },
      location: place.location,
      overrides: [{ value: 'Disabled', selectors: [{ in: initiatives['pci-dss'].deploying }] }],
    });
    expect(ofType(stack, 'azurerm_role_assignment')).toEqual([]);
  });

  test('is exempted from a rule with a reason that Azure takes, and from each once', () => {
    const exemptions = ofType(stack, exemption);
    expect(exemptions).toHaveLength(Object.keys(initiatives['pci-dss'].exempted).length);
    for (const { description, exemption_category: category } of exemptions) {
      expect(category).toBe('Mitigated');
      expect(String(description).length).toBeGreaterThan(20);
      expect(String(description).length).toBeLessThanOrEqual(512);
    }
    const rules = exemptions.flatMap((each) => each['policy_definition_reference_ids'] as string[]);
    expect(new Set(rules).size).toBe(rules.length);
    expect(rules.filter((rule) => initiatives['pci-dss'].deploying.includes(rule))).toEqual([]);
  });

  test('tells people by day what no longer conforms, by its own assignment', () => {
    const told = only(stack, alert);
    expect(told).toMatchObject({
      window_duration: 'P2D',
      severity: 2,
      criteria: [{ query: newlyBroken(String(made['name'])), metric_measure_column: 'broken', threshold: 0 }],
      action: { action_groups: ['/by-day'] },
    });
    const [, runbook = ''] = /Runbook: (\S+)$/.exec(String(told['description'])) ?? [];
    expect(existsSync(resolve(__dirname, '../..', runbook))).toBe(true);
  });

  test.each([[[]], [['soc-2']]] as const)('is the one that says so: %j', (conformance) => {
    const bare = auditOf(conformance);
    for (const type of [assignment, exemption, alert]) expect(ofType(bare, type)).toEqual([]);
  });
});

test('what is said of Azure is what it has an initiative for', () => {
  expect(judgedOn.azure).toEqual(Object.keys(initiatives));
  expect(judgedOn.aws.filter(isAssigned)).toEqual(judgedOn.azure);
});
