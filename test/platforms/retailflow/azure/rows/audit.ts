import { about, one, type Row } from '../../../support/about';
import type { Expectation } from '../../../support/expectations';
import { absent, containing, like } from '../../../support/matchers';
import { onCall, subscription, workspace } from './facts';

const stack = 'foundation';

/** Plans of Microsoft Defender, by what each watches. */
const plans: Readonly<Record<string, { what: string; subplan?: string }>> = {
  Arm: { what: 'what is asked of Azure', subplan: 'PerSubscription' },
  CloudPosture: { what: 'how everything is set up' },
  Containers: { what: 'clusters and images' },
  CosmosDbs: { what: 'documents' },
  KeyVaults: { what: 'vaults', subplan: 'PerKeyVault' },
  OpenSourceRelationalDatabases: { what: 'PostgreSQL' },
  SqlServers: { what: 'Azure SQL' },
  StorageAccounts: { what: 'storage', subplan: 'DefenderForStorageV2' },
};

const defender: readonly Expectation[] = Object.entries(plans).map(([name, { subplan, what }]) =>
  one(`Defender watches ${what}`, 'azurerm_security_center_subscription_pricing', `foundation/Audit/${name}`, {
    resource_type: name,
    tier: 'Standard',
    subplan: subplan ?? absent,
  }),
);

const extensions = [
  'AgentlessDiscoveryForKubernetes',
  'AgentlessVmScanning',
  'ContainerRegistriesVulnerabilityAssessments',
  'ContainerSensor',
] as const;

const trail = [
  'Administrative',
  'Alert',
  'Autoscale',
  'Policy',
  'Recommendation',
  'ResourceHealth',
  'Security',
  'ServiceHealth',
] as const;

/** What somebody is called for whenever it is done. */
const operations: Readonly<Record<string, string>> = {
  AddressChanged: 'Microsoft.Network/publicIPAddresses/write',
  DiagnosticsRemoved: 'Microsoft.Insights/diagnosticSettings/delete',
  FlowLogsRemoved: 'Microsoft.Network/networkWatchers/flowLogs/delete',
  LockRemoved: 'Microsoft.Authorization/locks/delete',
  PolicyGiven: 'Microsoft.Authorization/policyAssignments/write',
  PolicyRemoved: 'Microsoft.Authorization/policyAssignments/delete',
  RoleGiven: 'Microsoft.Authorization/roleAssignments/write',
  SecurityGroupRemoved: 'Microsoft.Network/networkSecurityGroups/delete',
  SecurityPlanChanged: 'Microsoft.Security/pricings/write',
  SecurityRuleChanged: 'Microsoft.Network/networkSecurityGroups/securityRules/write',
  VaultRemoved: 'Microsoft.KeyVault/vaults/delete',
};

const calls: readonly Expectation[] = Object.entries(operations).map(([name, operation]) =>
  one(`somebody is called for ${operation}`, 'azurerm_monitor_activity_log_alert', `foundation/Audit/Alerts/${name}`, {
    'criteria.category': 'Administrative',
    'criteria.operation_name': operation,
    'criteria.statuses': ['Succeeded'],
  }),
);

export const audit: Row = {
  row: 'operations: who did what',
  expectations: [
    ...defender,
    ...about(
      {
        stack,
        type: 'azurerm_security_center_subscription_pricing',
        having: { resource_type: 'Containers' },
        count: 1,
      },
      Object.fromEntries(
        extensions.map((name) => [
          `Defender looks at containers with ${name}`,
          { path: 'extension', is: containing({ name }) },
        ]),
      ),
    ),
    ...about(
      { stack, type: 'azurerm_security_center_contact', count: 1 },
      {
        'those on call hear of attacks': { path: 'email', is: 'on-call@example.com' },
        'attacks are told at all': { path: 'alert_notifications', is: true },
        'administrators hear of attacks': { path: 'alerts_to_admins', is: true },
      },
    ),
    ...about(
      { stack, type: 'azurerm_monitor_diagnostic_setting', where: /^foundation\/Audit\/Trail$/, count: 1 },
      {
        ...Object.fromEntries(
          trail.map((category) => [
            `what is done in the subscription is written down: ${category}`,
            { path: 'enabled_log', is: containing({ category }) },
          ]),
        ),
        'what is done is written down for the whole subscription': { path: 'target_resource_id', is: subscription },
      },
    ),
    ...about(
      { stack, type: 'azurerm_log_analytics_workspace_table', count: 1 },
      {
        'what was done is kept for a year': { path: 'total_retention_in_days', is: 365 },
        'the table of what was done is kept': { path: 'name', is: 'AzureActivity' },
        'the table of what was done is that of the site': { path: 'workspace_id', is: workspace },
      },
    ),
    ...calls,
    ...about(
      { type: 'azurerm_monitor_activity_log_alert', where: /^(foundation\/Audit|operations\/Health)\// },
      { 'whatever is done by hand is noticed in the whole subscription': { path: 'scopes', is: [subscription] } },
    ),
    ...about(
      { type: 'azurerm_monitor_activity_log_alert' },
      {
        'whatever is done by hand calls those on call': { path: 'action[*].action_group_id', is: onCall },
        'whoever is called for what was done has a runbook': {
          path: 'description',
          is: like(/Runbook: docs\/runbooks\/[a-z-]+\.md$/),
        },
        'no alert of what was done is off': { path: 'enabled', is: absent },
      },
    ),
  ],
};
