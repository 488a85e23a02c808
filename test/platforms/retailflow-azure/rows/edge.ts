import { one, type Row } from '../../support/about';
import { reference } from '../../support/graph';
import { absent, like } from '../../support/matchers';
import { byDay } from './facts';

const endpoint = reference('edge/Edge/Endpoint', 'id');

/** What customers come by: names, Front Door, application gateway, firewalls. */
export const edge: Row = {
  row: 'edge',
  expectations: [
    ...(['Ipv4', 'Ipv6'] as const).map((family) =>
      one(
        `the domain leads to Front Door by ${family}`,
        `azurerm_dns_${family === 'Ipv4' ? 'a' : 'aaaa'}_record`,
        `edge/Records/Domain${family}`,
        {
          zone_name: 'shop.example.com',
          name: '@',
          target_resource_id: endpoint,
        },
      ),
    ),
    one('Front Door is told whose the domain is', 'azurerm_dns_txt_record', 'edge/Records/DomainValidation', {
      name: '_dnsauth',
      'record.0.value': like(/validation_token/),
    }),
    one('pages are made by a service, and none is kept', 'azurerm_cdn_frontdoor_route', 'edge/Edge/PagesRoute', {
      'patterns_to_match.0': '/*',
      cdn_frontdoor_origin_group_id: reference('edge/Edge/Gateway/Group', 'id'),
      cache: absent,
      https_redirect_enabled: true,
    }),
    one(
      'files of the pages come from the bucket, and are kept',
      'azurerm_cdn_frontdoor_route',
      'edge/Edge/FilesRoute',
      {
        'patterns_to_match.0': '/_next/static',
        cdn_frontdoor_origin_group_id: reference('edge/Edge/Assets/Group', 'id'),
        'cache.compression_enabled': true,
      },
    ),
    one(
      'the firewall of the application gateway prevents, by the rules of OWASP',
      'azurerm_web_application_firewall_policy',
      'edge/GatewayFirewall/Policy',
      {
        'policy_settings.mode': 'Prevention',
        'policy_settings.enabled': true,
        'managed_rules.managed_rule_set.0.type': like(/^Microsoft_DefaultRuleSet$/),
        'custom_rules.0.rule_type': 'RateLimitRule',
        'custom_rules.0.action': 'Block',
      },
    ),
    one(
      'the application gateway stands in three zones, behind the firewall',
      'azurerm_application_gateway',
      'edge/ApplicationGateway/Gateway',
      {
        'sku.tier': 'WAF_v2',
        'zones.2': '3',
        force_firewall_policy_association: true,
        firewall_policy_id: reference('edge/GatewayFirewall/Policy', 'id'),
      },
    ),
    one('its address is protected against floods', 'azurerm_public_ip', 'edge/ApplicationGateway/Address', {
      ddos_protection_mode: 'Enabled',
    }),
    one(
      'somebody is called when it is attacked',
      'azurerm_monitor_metric_alert',
      'edge/ApplicationGateway/AddressAttacked',
      {
        'criteria.0.metric_name': 'IfUnderDDoSAttack',
        'action.0.action_group_id': byDay,
      },
    ),
    one(
      'Front Door counts logins and requests of an address',
      'azurerm_cdn_frontdoor_firewall_policy',
      'edge/Firewall/Policy',
      {
        mode: 'Prevention',
        'custom_rule.0.rate_limit_threshold': 100,
        'custom_rule.1.rate_limit_threshold': 3000,
      },
    ),
  ],
};
