import { about, type Row } from '../../../support/about';
import type { Expectation } from '../../../support/expectations';
import { absent, containing } from '../../../support/matchers';

const stack = 'edge';

const sets = [
  { type: 'Microsoft_DefaultRuleSet', version: '2.1' },
  { type: 'Microsoft_BotManagerRuleSet', version: '1.1' },
] as const;

const frontDoor: readonly Expectation[] = about(
  { stack, type: 'azurerm_cdn_frontdoor_firewall_policy', count: 1 },
  {
    'the firewall of the edge is on': { path: 'enabled', is: true },
    'the firewall of the edge refuses, and does not only watch': { path: 'mode', is: 'Prevention' },
    'the firewall of the edge is of the kind with managed rules': { path: 'sku_name', is: 'Premium_AzureFrontDoor' },
    'the firewall of the edge reads what is sent': { path: 'request_body_check_enabled', is: true },
    'the edge refuses what is known to be an attack': {
      path: 'managed_rule',
      is: containing(...sets.map((set) => ({ ...set, action: 'Block' }))),
    },
    'no rule of the edge is switched off': { path: 'managed_rule[*].override', is: absent },
    'nothing is left out by the firewall of the edge': { path: 'managed_rule[*].exclusion', is: absent },
    'the edge refuses whoever guesses passwords': {
      path: 'custom_rule',
      is: containing({
        name: 'LoginsPerAddress',
        type: 'RateLimitRule',
        action: 'Block',
        enabled: true,
        rate_limit_threshold: 100,
        rate_limit_duration_in_minutes: 5,
        match_condition: [{ match_values: ['/api/registrations', '/api/sessions'], match_variable: 'RequestUri' }],
      }),
    },
    'the edge refuses whoever asks too often': {
      path: 'custom_rule',
      is: containing({
        name: 'RequestsPerAddress',
        type: 'RateLimitRule',
        action: 'Block',
        enabled: true,
        rate_limit_threshold: 3000,
        rate_limit_duration_in_minutes: 5,
        match_condition: [{ match_values: ['0.0.0.0/0', '::/0'], match_variable: 'SocketAddr' }],
      }),
    },
    'the firewall of the edge writes no values of customers': { path: 'log_scrubbing.enabled', is: true },
  },
);

const scrubbed: readonly Expectation[] = [
  'RequestHeaderNames',
  'QueryStringArgNames',
  'RequestBodyJsonArgNames',
  'RequestBodyPostArgNames',
  'RequestCookieNames',
].map((variable) => ({
  name: `the firewall of the edge writes no values of ${variable}`,
  stack,
  type: 'azurerm_cdn_frontdoor_firewall_policy',
  path: 'log_scrubbing.scrubbing_rule',
  is: containing({ match_variable: variable, enabled: true }),
}));

const gateway: readonly Expectation[] = about(
  { stack, type: 'azurerm_web_application_firewall_policy', count: 1 },
  {
    'the firewall of the application gateway is on': { path: 'policy_settings.enabled', is: true },
    'the firewall of the application gateway refuses, and does not only watch': {
      path: 'policy_settings.mode',
      is: 'Prevention',
    },
    'the firewall of the application gateway reads what is sent': {
      path: 'policy_settings.request_body_check',
      is: true,
    },
    'the firewall of the application gateway writes no values of customers': {
      path: 'policy_settings.log_scrubbing.enabled',
      is: true,
    },
    'the application gateway refuses what is known to be an attack': {
      path: 'managed_rules.managed_rule_set',
      is: containing(...sets),
    },
    'no rule of the application gateway is switched off': {
      path: 'managed_rules.managed_rule_set[*].rule_group_override',
      is: absent,
    },
    'nothing is left out by the firewall of the application gateway': { path: 'managed_rules.exclusion', is: absent },
    'the application gateway refuses whoever guesses passwords': {
      path: 'custom_rules',
      is: containing({
        name: 'LoginsPerAddress',
        rule_type: 'RateLimitRule',
        action: 'Block',
        enabled: true,
        group_rate_limit_by: 'ClientAddr',
        rate_limit_threshold: 100,
        rate_limit_duration: 'FiveMins',
        match_conditions: [{ match_values: ['/api/registrations', '/api/sessions'] }],
      }),
    },
    'the application gateway refuses whoever asks too often': {
      path: 'custom_rules',
      is: containing({
        name: 'RequestsPerAddress',
        rule_type: 'RateLimitRule',
        action: 'Block',
        enabled: true,
        group_rate_limit_by: 'ClientAddr',
        rate_limit_threshold: 3000,
        rate_limit_duration: 'FiveMins',
      }),
    },
    'Front Door is not counted as one customer': {
      path: 'custom_rules[*].match_conditions[0]',
      is: containing({ match_values: ['10.32.16.32/27'], negation_condition: true, operator: 'IPMatch' }),
    },
  },
);

const gatewayScrubbed: readonly Expectation[] = [
  'RequestHeaderNames',
  'RequestArgNames',
  'RequestCookieNames',
  'RequestJSONArgNames',
  'RequestPostArgNames',
].map((variable) => ({
  name: `the firewall of the application gateway writes no values of ${variable}`,
  stack,
  type: 'azurerm_web_application_firewall_policy',
  path: 'policy_settings.log_scrubbing.rule',
  is: containing({ match_variable: variable, enabled: true }),
}));

/** How each condition compares; what customers write in another way is compared alike. */
const compared: readonly Expectation[] = [
  ...about(
    { stack, type: 'azurerm_cdn_frontdoor_firewall_policy' },
    {
      'the edge knows logins however they are written': {
        path: 'custom_rule[name=LoginsPerAddress].match_condition[*]',
        is: containing({ operator: 'Contains', transforms: ['UrlDecode'] }),
      },
      'the edge counts every address': {
        path: 'custom_rule[name=RequestsPerAddress].match_condition[*].operator',
        is: 'IPMatch',
      },
      'whoever is refused at the edge is told so': { path: 'custom_block_response_status_code', is: 403 },
    },
  ),
  ...about(
    { stack, type: 'azurerm_web_application_firewall_policy' },
    {
      'the application gateway knows logins however they are written': {
        path: 'custom_rules[name=LoginsPerAddress].match_conditions[1]',
        is: containing({
          operator: 'Contains',
          transforms: ['UrlDecode'],
          match_variables: [{ variable_name: 'RequestUri' }],
        }),
      },
      'the application gateway counts addresses as they come': {
        path: 'custom_rules[*].match_conditions[0].match_variables',
        is: [{ variable_name: 'RemoteAddr' }],
      },
    },
  ),
];

export const firewall: Row = {
  row: 'edge: firewalls',
  expectations: [...frontDoor, ...scrubbed, ...gateway, ...gatewayScrubbed, ...compared],
};
