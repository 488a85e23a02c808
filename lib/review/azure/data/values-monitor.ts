import { between, identityType, like, oneOf } from './allowed';
import type { ValuesOf } from './allowed';

/** 0 is critical, 4 is verbose. */
const severity = between(0, 4);

/** https://learn.microsoft.com/rest/api/monitor */
export const monitorValues: Readonly<Record<string, ValuesOf>> = {
  azurerm_application_insights: {
    application_type: oneOf('ios java MobileCenter Node.JS other phone store web'),
    retention_in_days: { oneOf: [30, 60, 90, 120, 180, 270, 365, 550, 730] },
    sampling_percentage: between(0, 100),
  },
  azurerm_application_insights_standard_web_test: {
    frequency: { oneOf: [300, 600, 900] },
    timeout: between(1, 120),
    'request.http_verb': oneOf('DELETE GET HEAD OPTIONS PATCH POST PUT'),
    'validation_rules.ssl_cert_remaining_lifetime': between(1, 365),
  },
  azurerm_dashboard_grafana: {
    grafana_major_version: oneOf('10 11 12 13'),
    sku: oneOf('Essential Standard'),
    'identity.type': identityType,
  },
  azurerm_log_analytics_workspace: {
    retention_in_days: between(30, 730),
    sku: oneOf('CapacityReservation LACluster PerGB2018 PerNode Standalone Unlimited'),
  },
  azurerm_monitor_action_group: { short_name: like(/^.{1,12}$/, 'one of 1 to 12 characters') },
  azurerm_monitor_alert_prometheus_rule_group: {
    interval: like(/^PT([1-9]|1[0-5])M$/, 'a duration of 1 to 15 minutes such as PT1M'),
    'rule.severity': severity,
  },
  azurerm_monitor_diagnostic_setting: {
    log_analytics_destination_type: oneOf('AzureDiagnostics Dedicated'),
    'enabled_log.category_group': oneOf('allLogs audit'),
  },
  azurerm_monitor_metric_alert: {
    severity,
    frequency: oneOf('PT1M PT5M PT15M PT30M PT1H'),
    window_size: oneOf('PT1M PT5M PT15M PT30M PT1H PT6H PT12H P1D'),
    'criteria.aggregation': oneOf('Average Count Maximum Minimum Total'),
    'criteria.operator': oneOf('Equals GreaterThan GreaterThanOrEqual LessThan LessThanOrEqual'),
    'criteria.dimension.operator': oneOf('Exclude Include StartsWith'),
    'dynamic_criteria.alert_sensitivity': oneOf('High Low Medium'),
    'dynamic_criteria.operator': oneOf('GreaterOrLessThan GreaterThan LessThan'),
  },
  azurerm_monitor_private_link_scope: {
    ingestion_access_mode: oneOf('Open PrivateOnly'),
    query_access_mode: oneOf('Open PrivateOnly'),
  },
  azurerm_monitor_scheduled_query_rules_alert_v2: {
    severity,
    evaluation_frequency: oneOf('PT1M PT5M PT10M PT15M PT30M PT45M PT1H PT2H PT3H PT4H PT5H PT6H P1D'),
    window_duration: oneOf('PT1M PT5M PT10M PT15M PT30M PT45M PT1H PT2H PT3H PT4H PT5H PT6H P1D P2D'),
    'criteria.operator': oneOf('Equal GreaterThan GreaterThanOrEqual LessThan LessThanOrEqual'),
    'criteria.time_aggregation_method': oneOf('Average Count Maximum Minimum Total'),
    'identity.type': identityType,
  },
  azurerm_role_assignment: { principal_type: oneOf('Group ServicePrincipal User') },
};
