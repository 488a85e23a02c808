import { between, identityType, like, oneOf } from './allowed';
import type { ValuesOf } from './allowed';

/** https://learn.microsoft.com/rest/api/frontdoor and https://learn.microsoft.com/rest/api/application-gateway */
export const edgeValues: Readonly<Record<string, ValuesOf>> = {
  azurerm_application_gateway: {
    'autoscale_configuration.max_capacity': between(2, 125),
    'autoscale_configuration.min_capacity': between(0, 100),
    'backend_http_settings.port': between(1, 65535),
    'backend_http_settings.protocol': oneOf('Http Https'),
    'backend_http_settings.request_timeout': between(1, 86400),
    'frontend_ip_configuration.private_ip_address_allocation': oneOf('Dynamic Static'),
    'frontend_port.port': between(1, 65535),
    'http_listener.protocol': oneOf('Http Https'),
    'identity.type': oneOf('UserAssigned'),
    'probe.protocol': oneOf('Http Https'),
    'redirect_configuration.redirect_type': oneOf('Found Permanent SeeOther Temporary'),
    'request_routing_rule.priority': between(1, 20000),
    'request_routing_rule.rule_type': oneOf('Basic PathBasedRouting'),
    'sku.name': oneOf('Basic Standard_v2 WAF_v2'),
    'sku.tier': oneOf('Basic Standard Standard_v2 WAF WAF_v2'),
    'ssl_policy.policy_type': oneOf('Custom CustomV2 Predefined'),
  },
  azurerm_cdn_frontdoor_custom_domain: {
    'tls.certificate_type': oneOf('CustomerCertificate ManagedCertificate'),
    'tls.minimum_tls_version': oneOf('TLS10 TLS12 TLS13'),
  },
  azurerm_cdn_frontdoor_firewall_policy: {
    mode: oneOf('Detection Prevention'),
    sku_name: oneOf('Premium_AzureFrontDoor Standard_AzureFrontDoor'),
    'custom_rule.action': oneOf('Allow Block CAPTCHA JSChallenge Log Redirect'),
    'custom_rule.rate_limit_duration_in_minutes': { oneOf: [1, 5] },
    'custom_rule.type': oneOf('MatchRule RateLimitRule'),
    'managed_rule.action': oneOf('Allow Block Log Redirect'),
    'managed_rule.type': oneOf('BotProtection DefaultRuleSet Microsoft_BotManagerRuleSet Microsoft_DefaultRuleSet'),
    'managed_rule.version': oneOf('1.0 1.1 2.0 2.1 preview-0.1'),
  },
  azurerm_cdn_frontdoor_origin: {
    http_port: between(1, 65535),
    https_port: between(1, 65535),
    priority: between(1, 5),
    weight: between(1, 1000),
  },
  azurerm_cdn_frontdoor_origin_group: {
    restore_traffic_time_to_healed_or_new_endpoint_in_minutes: between(0, 50),
    'health_probe.interval_in_seconds': between(1, 255),
    'health_probe.protocol': oneOf('Http Https'),
    'health_probe.request_type': oneOf('GET HEAD'),
    'load_balancing.additional_latency_in_milliseconds': between(0, 1000),
    'load_balancing.sample_size': between(0, 255),
    'load_balancing.successful_samples_required': between(0, 255),
  },
  azurerm_cdn_frontdoor_profile: {
    response_timeout_seconds: between(16, 240),
    sku_name: oneOf('Premium_AzureFrontDoor Standard_AzureFrontDoor'),
    'identity.type': identityType,
  },
  azurerm_cdn_frontdoor_route: {
    forwarding_protocol: oneOf('HttpOnly HttpsOnly MatchRequest'),
    supported_protocols: oneOf('Http Https'),
    'cache.query_string_caching_behavior': oneOf(
      'IgnoreQueryString IgnoreSpecifiedQueryStrings IncludeSpecifiedQueryStrings UseQueryString',
    ),
  },
  azurerm_web_application_firewall_policy: {
    'custom_rules.action': oneOf('Allow Block JSChallenge Log'),
    'custom_rules.priority': between(1, 100),
    'custom_rules.rate_limit_duration': oneOf('FiveMins OneMin'),
    'custom_rules.rule_type': oneOf('MatchRule RateLimitRule'),
    'managed_rules.managed_rule_set.type': oneOf('Microsoft_BotManagerRuleSet Microsoft_DefaultRuleSet OWASP'),
    'managed_rules.managed_rule_set.version': like(
      /^(0\.1|1\.[01]|2\.[12]|3\.[012]|2\.2\.9)$/,
      'a version such as 2.1',
    ),
    'policy_settings.mode': oneOf('Detection Prevention'),
  },
};
