import { alertsHaveActions } from '../../../../lib/review/azure/rules/alerts-have-actions';
import { openIngress } from '../../../../lib/review/azure/rules/open-ingress';
import { roles } from '../../../../lib/review/azure/rules/roles';
import { judges } from '../fixtures';

describe('roles', () => {
  const valid = {
    'azurerm_key_vault.Vault': {},
    'azurerm_resource_group.Group': {},
    'data.azurerm_subscription.Current': {},
    'azurerm_role_assignment.Narrow': { role_definition_name: 'Contributor', scope: '${azurerm_key_vault.Vault.id}' },
    'azurerm_role_assignment.Reader': { role_definition_name: 'Reader', scope: '${azurerm_resource_group.Group.id}' },
    'azurerm_role_definition.Own': { permissions: [{ actions: ['Microsoft.Network/virtualNetworks/read'] }] },
  };
  const scope = 'azurerm_role_assignment.Narrow/scope';
  judges(roles, valid, [
    [
      'the scope is a resource group',
      scope,
      '${azurerm_resource_group.Group.id}',
      /^azurerm_role_assignment\.Narrow: Contributor must not be given on a resource group or more/,
    ],
    ['the scope is the subscription', scope, '${data.azurerm_subscription.Current.id}', /Contributor must not/],
    [
      'the scope is an id of a subscription',
      scope,
      '/subscriptions/7f2b8c0e-3a51-4a0c-9d8e-5b1f6c2d4e3a',
      /Contributor must not/,
    ],
    [
      'the role is an id',
      'azurerm_role_assignment.Reader',
      { scope: '${azurerm_resource_group.Group.id}', role_definition_id: '/x/8e3af657-a8ff-443c-a75c-2fe8c4bcb635' },
      /Owner must not be given/,
    ],
    [
      'a role of its own is a pattern',
      'azurerm_role_definition.Own/permissions/0/actions/0',
      'Microsoft.Network/*',
      /permissions must name every action, got Microsoft\.Network\/\*/,
    ],
  ]);
});

describe('alerts-have-actions', () => {
  const action = [{ action_group_id: '${var.group}' }];
  const valid = {
    'azurerm_monitor_metric_alert.Full': { action },
    'azurerm_monitor_scheduled_query_rules_alert_v2.Lag': { action: { action_groups: ['${var.group}'] } },
    'azurerm_monitor_alert_prometheus_rule_group.Rules': { rule: [{ record: 'x' }, { alert: 'y', action }] },
    'azapi_resource.Key': { body: { properties: { kty: 'RSA-HSM' } } },
    'azapi_resource.Event': {
      body: {
        properties: {
          destination: {
            endpointType: 'MonitorAlert',
            properties: { severity: 'Sev1', actionGroups: ['${var.group}'] },
          },
        },
      },
    },
  };
  judges(alertsHaveActions, valid, [
    [
      'nobody is told',
      'azurerm_monitor_metric_alert.Full/action',
      undefined,
      /^azurerm_monitor_metric_alert\.Full: must name an action group or a channel, got none/,
    ],
    [
      'a list is empty',
      'azurerm_monitor_scheduled_query_rules_alert_v2.Lag/action/action_groups',
      [],
      /must name an action group/,
    ],
    [
      'one rule of a group tells nobody',
      'azurerm_monitor_alert_prometheus_rule_group.Rules/rule/1/action',
      [],
      /must name an action group/,
    ],
    [
      'an event becomes an alert of which nobody is told',
      'azapi_resource.Event/body/properties/destination/properties/actionGroups',
      [],
      /^azapi_resource\.Event: must name an action group/,
    ],
    [
      'an event becomes an alert without a word of whom it calls',
      'azapi_resource.Event/body/properties/destination/properties',
      undefined,
      /^azapi_resource\.Event: must name an action group/,
    ],
    ['it is off', 'azurerm_monitor_metric_alert.Full/enabled', false, /enabled must not be false/],
  ]);
});

describe('open-ingress', () => {
  const rule = {
    name: 'in',
    direction: 'Inbound',
    access: 'Allow',
    source_address_prefix: 'Internet',
    destination_port_range: '443',
  };
  const valid = {
    'azurerm_network_security_rule.In': rule,
    'azurerm_network_security_rule.Out': { ...rule, direction: 'Outbound', destination_port_range: '*' },
    'azurerm_network_security_group.Group': {
      security_rule: [{ ...rule, source_address_prefix: 'VirtualNetwork', destination_port_range: '5432' }],
    },
  };
  judges(openIngress, valid, [
    [
      'a port is not of a gateway',
      'azurerm_network_security_rule.In/destination_port_range',
      '22',
      /"in" lets everybody in to ports 22/,
    ],
    [
      'one of several sources is everybody',
      'azurerm_network_security_rule.In',
      {
        ...rule,
        source_address_prefix: undefined,
        source_address_prefixes: ['10.0.0.0/8', '0.0.0.0/0'],
        destination_port_range: '5432',
      },
      /lets everybody in to ports 5432/,
    ],
    [
      'a rule inside a group lets everybody in',
      'azurerm_network_security_group.Group/security_rule/0/source_address_prefix',
      '*',
      /^azurerm_network_security_group\.Group/,
    ],
  ]);
});
