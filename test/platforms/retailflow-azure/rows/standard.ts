import { one, type Row } from '../../support/about';
import { reference } from '../../support/graph';
import { exactly, like } from '../../support/matchers';
import { byDay } from './facts';

const subscription = '/subscriptions/00000000-0000-0000-0000-000000000000';
const conformance = 'foundation/Audit/PciDss';
const assignment = `${conformance}/Assignment`;

const exemption = (name: string, what: string, reason: RegExp, rules: readonly string[]) =>
  one(
    `${what} is exempted, with what stands in its place`,
    'azurerm_subscription_policy_exemption',
    `${conformance}/${name}`,
    {
      subscription_id: subscription,
      policy_assignment_id: reference(assignment, 'id'),
      exemption_category: 'Mitigated',
      description: like(reason),
      policy_definition_reference_ids: exactly(...rules),
    },
  );

/** PCI DSS: the subscription is judged all the time, and somebody hears of it. */
export const standard: Row = {
  row: 'PCI DSS',
  expectations: [
    one(
      'the subscription is judged by PCI DSS v4.0.1, and nothing is made by what judges',
      'azurerm_subscription_policy_assignment',
      assignment,
      {
        subscription_id: subscription,
        policy_definition_id:
          '/providers/Microsoft.Authorization/policySetDefinitions/a06d5deb-24aa-4991-9d58-fa7563154e31',
        enforce: true,
        'identity.type': 'SystemAssigned',
        location: 'eastus2',
        'overrides.0.value': 'Disabled',
        'overrides.0.selectors.0.in': exactly(
          '331e8ea8-378a-410f-a2e5-ae22f38bb0da',
          '2835b622-407b-4114-9198-6f7064cbe0dc',
          'a9b99dd8-06c5-4317-8629-9d86a3c6e7d9',
        ),
      },
    ),
    exemption('LogProfiles', 'what Azure has retired', /diagnostic setting/, [
      '7796937f-307b-4598-941c-67d3a05ebfe7',
      '1a4e592a-6a6e-44a5-9814-e36264ca96e7',
      '41388f1c-2db0-4c25-95b2-35d7f5ccbfa9',
      'b02aacc0-b073-424e-8298-42b22829ee0a',
      '3e596b57-105f-48a6-be97-03e9243bad6e',
    ]),
    exemption('ServiceEndpoints', 'the other way into the network', /private endpoints/, [
      '60d21c4f-21a3-4d94-85f4-b924e6aeeda4',
      'ae5d2f14-d830-42b6-9899-df6cfe9c71a3',
      'c4857be7-912a-4c75-87e6-e30292bcdf78',
      '2d21331d-a4c2-4def-a9ad-ee4e1e023beb',
    ]),
    one(
      'somebody hears by day of what no longer conforms',
      'azurerm_monitor_scheduled_query_rules_alert_v2',
      `${conformance}/Broken`,
      {
        'criteria.0.query': like(/^AzureActivity\n(.*\n)+.*'retailflow-azure-production-pci-dss'/),
        'criteria.0.metric_measure_column': 'broken',
        'criteria.0.threshold': 0,
        'action.action_groups.0': byDay,
        description: like(/Runbook: docs\/runbooks\/azure-conformance\.md$/),
      },
    ),
  ],
};
