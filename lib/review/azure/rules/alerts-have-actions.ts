import { isObject, listOf, shown, stringsOf } from '../../json';
import type { Json, JsonObject } from '../../json';
import { reporter, type Rule } from '../rule';

const NAME = 'alerts-have-actions';
const report = reporter(NAME);

const blocks = (value: Json | undefined): readonly JsonObject[] => listOf(value).filter(isObject);

const given = (value: Json | undefined): boolean => typeof value === 'string' && value !== '';

/** Where Event Grid hands over what becomes an alert, in the body of a resource that Azure's own interface makes. */
function alertOf(body: Json | undefined): JsonObject | undefined {
  const properties = isObject(body) ? body.properties : undefined;
  const destination = isObject(properties) ? properties.destination : undefined;
  return isObject(destination) && destination.endpointType === 'MonitorAlert' ? destination : undefined;
}

/** Whether an alert names an action group or a channel, by type. */
const tells: Readonly<Record<string, (alert: JsonObject) => boolean>> = {
  azapi_resource: ({ body }) => {
    const alert = alertOf(body);
    return alert === undefined || (isObject(alert.properties) && stringsOf(alert.properties.actionGroups).some(given));
  },
  azurerm_monitor_activity_log_alert: ({ action }) => blocks(action).some((each) => given(each.action_group_id)),
  azurerm_monitor_alert_prometheus_rule_group: ({ rule }) =>
    blocks(rule)
      .filter(({ alert }) => given(alert))
      .every(({ action }) => blocks(action).some((each) => given(each.action_group_id))),
  azurerm_monitor_metric_alert: ({ action }) => blocks(action).some((each) => given(each.action_group_id)),
  azurerm_monitor_scheduled_query_rules_alert_v2: ({ action }) =>
    blocks(action).some((each) => stringsOf(each.action_groups).some(given)),
  google_monitoring_alert_policy: ({ notification_channels: channels }) => stringsOf(channels).some(given),
  azurerm_monitor_smart_detector_alert_rule: ({ action_group: group }) =>
    blocks(group).some((each) => stringsOf(each.ids).some(given)),
};

/** Arguments that switch an alert off. */
const switches = ['enabled', 'rule_group_enabled'];

/** Every alert is on and tells somebody. */
export const alertsHaveActions: Rule = {
  name: NAME,
  judge: ({ resources }) =>
    resources.flatMap((resource) => {
      const isTold = Object.hasOwn(tells, resource.type) ? tells[resource.type] : undefined;
      if (isTold === undefined) return [];
      const { arguments: alert } = resource;
      const off = switches.filter((name) => alert[name] === false || alert[name] === 'false');
      return [
        ...(isTold(alert) ? [] : ['must name an action group or a channel, got none: tell somebody']),
        ...off.map((name) => `${name} must not be false, got ${shown(alert[name])}: leave it out`),
      ].map((message) => report(resource, message));
    }),
};
