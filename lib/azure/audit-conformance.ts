import { SubscriptionPolicyAssignment } from '@cdktf/provider-azurerm/lib/subscription-policy-assignment';
import { SubscriptionPolicyExemption } from '@cdktf/provider-azurerm/lib/subscription-policy-exemption';
import { Construct } from 'constructs';
import { sitePrefix } from '../platform/azure-names';
import type { Conformance } from '../platform/nouns/audit';
import { pascalCase } from '../platform/ids';
import { pciDss, type Initiative } from './conformance-pci-dss';
import type { Monitoring } from './diagnostics';
import type { Place } from './place';
import { raiseQueryAlert } from './query-alert';

/** By which initiative Azure judges by each standard. */
export const initiatives = { 'pci-dss': pciDss } as const satisfies Partial<Record<Conformance, Initiative>>;
export type Assigned = keyof typeof initiatives;

/** Whether Azure has an initiative for a standard. */
export const isAssigned = (standard: Conformance): standard is Assigned => Object.hasOwn(initiatives, standard);

export interface AuditConformanceProps {
  readonly place: Place;
  readonly monitoring: Monitoring;
  readonly standard: Assigned;
}

/** What breaks a rule for the first time in two days, within the last hours: Azure judges everything once a day, and again what changes. */
export const newlyBroken = (assignment: string): string =>
  [
    'AzureActivity',
    "| where OperationNameValue in~ ('Microsoft.Authorization/policies/audit/action', 'Microsoft.Authorization/policies/auditIfNotExists/action')",
    '| mv-expand policy = parse_json(tostring(Properties_d.policies))',
    `| where tostring(policy.policyAssignmentName) =~ '${assignment}'`,
    '| summarize found = min(TimeGenerated) by resource = tolower(_ResourceId), rule = tostring(policy.policyDefinitionReferenceId)',
    '| summarize broken = countif(found > ago(6h))',
  ].join('\n');

/**
 * Continuous evidence for an audit: everything in the subscription is judged by an initiative of Azure Policy, which looks and changes
 * nothing. Somebody is told when something no longer conforms, from the log of the subscription.
 */
export class AuditConformance extends Construct {
  public readonly assignment: SubscriptionPolicyAssignment;

  public constructor(scope: Construct, id: string, props: AuditConformanceProps) {
    super(scope, id);
    const { monitoring, place, standard } = props;
    const { definitionId, deploying, exempted, title } = initiatives[standard];
    const name = `${sitePrefix(place.naming)}-${standard}`;
    const subscriptionId = `/subscriptions/${place.subscriptionId}`;
    this.assignment = new SubscriptionPolicyAssignment(this, 'Assignment', {
      name,
      displayName: title,
      subscriptionId,
      policyDefinitionId: definitionId,
      // Azure writes into its log what it finds only where an assignment is enforced. No effect of the initiative refuses anything.
      enforce: true,
      overrides: [{ value: 'Disabled', selectors: [{ in: [...deploying] }] }],
      // Azure asks for one where rules could deploy. It holds no role.
      identity: { type: 'SystemAssigned' },
      location: place.location,
    });
    for (const [what, { reason, rules }] of Object.entries(exempted)) {
      new SubscriptionPolicyExemption(this, pascalCase(what), {
        name: `${name}-${what}`,
        subscriptionId,
        policyAssignmentId: this.assignment.id,
        policyDefinitionReferenceIds: [...rules],
        exemptionCategory: 'Mitigated',
        description: reason,
      });
    }
    raiseQueryAlert(this, 'Broken', {
      place,
      monitoring,
      name: `not-conforming-${standard}`,
      query: newlyBroken(name),
      measure: 'broken',
      threshold: 0,
      severity: 2,
      windowMinutes: 2880,
      description: `Something no longer conforms to ${title}.`,
      runbook: 'azure-conformance',
    });
  }
}
