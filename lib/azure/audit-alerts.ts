import { MonitorActivityLogAlert } from '@cdktf/provider-azurerm/lib/monitor-activity-log-alert';
import { Construct } from 'constructs';
import type { Monitoring } from './diagnostics';
import { pascalCase } from '../platform/ids';
import type { Place } from './place';

export interface ActivityAlertsProps {
  readonly place: Place;
  readonly monitoring: Monitoring;
}

/**
 * Changes that are made rarely and on purpose, by operation. Those that the CIS benchmark for Azure asks to be told of, and
 * what would take away the protection of data.
 */
export const watchedOperations = {
  'lock-removed': ['Microsoft.Authorization/locks/delete', 'A lock that kept data was taken away.'],
  'role-given': ['Microsoft.Authorization/roleAssignments/write', 'Somebody was given a role.'],
  'policy-given': ['Microsoft.Authorization/policyAssignments/write', 'A policy was given, or changed.'],
  'policy-removed': ['Microsoft.Authorization/policyAssignments/delete', 'A policy was taken away.'],
  'vault-removed': ['Microsoft.KeyVault/vaults/delete', 'A vault was deleted, and what its keys encrypt stops.'],
  'diagnostics-removed': ['Microsoft.Insights/diagnosticSettings/delete', 'A resource sends its logs no more.'],
  'flow-logs-removed': ['Microsoft.Network/networkWatchers/flowLogs/delete', 'A network keeps flow logs no more.'],
  'security-rule-changed': [
    'Microsoft.Network/networkSecurityGroups/securityRules/write',
    'Who may reach a subnet was changed.',
  ],
  'security-group-removed': [
    'Microsoft.Network/networkSecurityGroups/delete',
    'A subnet lost what says who may reach it.',
  ],
  'address-changed': ['Microsoft.Network/publicIPAddresses/write', 'A public address was made or changed.'],
  'security-plan-changed': ['Microsoft.Security/pricings/write', 'A plan of Microsoft Defender was changed.'],
} as const satisfies Record<string, readonly [operation: string, description: string]>;

/**
 * Calls people when somebody makes a change that nobody should make by hand. Applying a stack makes some of them too: a call
 * while one is applied is the proof that the alert works.
 */
export class ActivityAlerts extends Construct {
  public constructor(scope: Construct, id: string, props: ActivityAlertsProps) {
    super(scope, id);
    const { monitoring, place } = props;
    for (const [name, [operationName, description]] of Object.entries(watchedOperations)) {
      new MonitorActivityLogAlert(this, pascalCase(name), {
        name,
        resourceGroupName: place.resourceGroupName,
        location: 'global',
        tags: { ...place.tags },
        scopes: [`/subscriptions/${place.subscriptionId}`],
        description: `${description} Runbook: docs/runbooks/azure-security.md`,
        criteria: { category: 'Administrative', operationName, statuses: ['Succeeded'] },
        action: [{ actionGroupId: monitoring.actionGroupId }],
      });
    }
  }
}
