import { ApplicationGatewayFirewall } from '../../lib/azure/application-gateway-firewall';
import { Firewall } from '../../lib/azure/firewall';
import { only, place, testStack } from '../support/azure';

const limits = { loginsPerAddress: 100, requestsPerAddress: 3000 };
const sets = [
  { type: 'Microsoft_DefaultRuleSet', version: '2.1' },
  { type: 'Microsoft_BotManagerRuleSet', version: '1.1' },
];

const frontDoorWith = (loginPaths: readonly string[]) => {
  const stack = testStack();
  new Firewall(stack, 'Firewall', { place, limits, loginPaths });
  return only(stack, 'azurerm_cdn_frontdoor_firewall_policy');
};

const gatewayWith = (loginPaths: readonly string[]) => {
  const stack = testStack();
  new ApplicationGatewayFirewall(stack, 'Firewall', { place, limits, loginPaths, countedBefore: '10.32.3.0/27' });
  return only(stack, 'azurerm_web_application_firewall_policy');
};

describe('the firewall of Front Door', () => {
  test('refuses what the rules of Microsoft find, and says so in words of its own', () => {
    const policy = frontDoorWith([]);
    expect(policy).toMatchObject({
      name: 'wafshopproductionfrontdoor',
      sku_name: 'Premium_AzureFrontDoor',
      enabled: true,
      mode: 'Prevention',
      request_body_check_enabled: true,
      custom_block_response_status_code: 403,
      managed_rule: sets.map((set) => ({ ...set, action: 'Block' })),
    });
    const body = Buffer.from(String(policy['custom_block_response_body']), 'base64').toString();
    expect(JSON.parse(body)).toEqual({ message: 'The request was refused.' });
  });

  test('counts nothing that comes from the addresses of load tests', () => {
    const stack = testStack();
    const loadAddresses = ['203.0.113.7'];
    new Firewall(stack, 'Firewall', { place, limits, loginPaths: ['/api/login'], loadAddresses });
    const rules = only(stack, 'azurerm_cdn_frontdoor_firewall_policy')['custom_rule'] as readonly object[];
    const besides = {
      match_variable: 'SocketAddr',
      operator: 'IPMatch',
      negation_condition: true,
      match_values: loadAddresses,
    };
    expect(rules).toHaveLength(2);
    for (const rule of rules) expect(rule).toMatchObject({ match_condition: [expect.anything(), besides] });
  });

  test('counts logins first, then everything', () => {
    expect(frontDoorWith(['/api/login', '/api/token'])['custom_rule']).toEqual([
      {
        name: 'LoginsPerAddress',
        type: 'RateLimitRule',
        action: 'Block',
        enabled: true,
        priority: 1,
        rate_limit_duration_in_minutes: 5,
        rate_limit_threshold: 100,
        match_condition: [
          {
            match_variable: 'RequestUri',
            operator: 'Contains',
            match_values: ['/api/login', '/api/token'],
            transforms: ['UrlDecode'],
          },
        ],
      },
      expect.objectContaining({
        name: 'RequestsPerAddress',
        priority: 2,
        rate_limit_threshold: 3000,
        match_condition: [{ match_variable: 'SocketAddr', operator: 'IPMatch', match_values: ['0.0.0.0/0', '::/0'] }],
      }),
    ]);
  });

  test('has no rule for logins where there are none', () => {
    expect(frontDoorWith([])['custom_rule']).toEqual([expect.objectContaining({ name: 'RequestsPerAddress' })]);
  });

  test('writes down neither tokens nor cookies nor what people wrote', () => {
    expect(frontDoorWith([])['log_scrubbing']).toEqual({
      enabled: true,
      scrubbing_rule: [
        { enabled: true, match_variable: 'RequestHeaderNames', operator: 'Equals', selector: 'authorization' },
        { enabled: true, match_variable: 'QueryStringArgNames', operator: 'EqualsAny' },
        { enabled: true, match_variable: 'RequestBodyJsonArgNames', operator: 'EqualsAny' },
        { enabled: true, match_variable: 'RequestBodyPostArgNames', operator: 'EqualsAny' },
        { enabled: true, match_variable: 'RequestCookieNames', operator: 'EqualsAny' },
      ],
    });
  });
});

describe('the firewall of the application gateway', () => {
  test('refuses the mark of load tests of whoever does not come by Front Door, where it gives some', () => {
    const stack = testStack();
    const countedBefore = '10.32.3.0/27';
    new ApplicationGatewayFirewall(stack, 'Firewall', {
      place,
      limits,
      loginPaths: ['/api/login'],
      countedBefore,
      marksLoads: true,
    });
    const rules = only(stack, 'azurerm_web_application_firewall_policy')['custom_rules'] as readonly object[];
    expect(rules.slice(0, -1)).toEqual(gatewayWith(['/api/login'])['custom_rules']);
    expect(rules.at(-1)).toEqual({
      name: 'ForgedLoadMark',
      rule_type: 'MatchRule',
      action: 'Block',
      enabled: true,
      priority: 10,
      match_conditions: [
        {
          match_variables: [{ variable_name: 'RemoteAddr' }],
          operator: 'IPMatch',
          negation_condition: true,
          match_values: [countedBefore],
        },
        {
          match_variables: [{ variable_name: 'RequestHeaders', selector: 'x-amzn-waf-load-test' }],
          operator: 'Contains',
          match_values: ['admitted'],
        },
      ],
    });
  });

  test('refuses what the rules of Microsoft find, and leaves large bodies to the gateway', () => {
    expect(gatewayWith([])).toMatchObject({
      policy_settings: {
        enabled: true,
        mode: 'Prevention',
        request_body_check: true,
        request_body_enforcement: false,
        log_scrubbing: { enabled: true },
      },
      managed_rules: { managed_rule_set: sets },
    });
  });

  test('counts the requests of an address, but for those that Front Door has counted', () => {
    const elsewhere = {
      match_variables: [{ variable_name: 'RemoteAddr' }],
      operator: 'IPMatch',
      negation_condition: true,
      match_values: ['10.32.3.0/27'],
    };
    expect(gatewayWith(['/api/login'])['custom_rules']).toEqual([
      {
        name: 'LoginsPerAddress',
        rule_type: 'RateLimitRule',
        action: 'Block',
        enabled: true,
        priority: 1,
        rate_limit_duration: 'FiveMins',
        rate_limit_threshold: 100,
        group_rate_limit_by: 'ClientAddr',
        match_conditions: [
          elsewhere,
          {
            match_variables: [{ variable_name: 'RequestUri' }],
            operator: 'Contains',
            match_values: ['/api/login'],
            transforms: ['UrlDecode'],
          },
        ],
      },
      expect.objectContaining({
        name: 'RequestsPerAddress',
        rate_limit_threshold: 3000,
        match_conditions: [elsewhere],
      }),
    ]);
    expect(gatewayWith([])['custom_rules']).toHaveLength(1);
  });
});
