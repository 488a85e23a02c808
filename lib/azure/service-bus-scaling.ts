import {
  MonitorAutoscaleSetting,
  type MonitorAutoscaleSettingProfileRule,
} from '@cdktf/provider-azurerm/lib/monitor-autoscale-setting';
import type { ServicebusNamespace } from '@cdktf/provider-azurerm/lib/servicebus-namespace';
import type { Construct } from 'constructs';
import { placed, type Place } from './place';

/** Messaging units: each has processors and memory of its own, and is paid by the hour. Azure sells 1, 2, 4, 8 and 16. */
export const messagingUnits = { least: 1, most: 4 } as const;

/** Share of the units' processors above which one more is added, and below which one is taken away, in percent. */
export const busyPercent = { high: 70, low: 30 } as const;

const rule = (
  namespaceId: string,
  direction: 'Decrease' | 'Increase',
  trigger: Pick<MonitorAutoscaleSettingProfileRule['metricTrigger'], 'operator' | 'threshold' | 'timeWindow'>,
): MonitorAutoscaleSettingProfileRule => ({
  metricTrigger: {
    metricName: 'NamespaceCpuUsage',
    metricNamespace: 'Microsoft.ServiceBus/namespaces',
    metricResourceId: namespaceId,
    statistic: 'Average',
    timeAggregation: 'Average',
    timeGrain: 'PT1M',
    ...trigger,
  },
  // The next number that Azure sells, whichever that is.
  scaleAction: { direction, type: 'ServiceAllowedNextValue', value: 1, cooldown: trigger.timeWindow },
});

/** Adds messaging units under load, within minutes, and takes them away after a quiet hour. */
export const scaleServiceBus = (
  scope: Construct,
  id: string,
  { namespace, place }: { readonly namespace: ServicebusNamespace; readonly place: Place },
): MonitorAutoscaleSetting =>
  new MonitorAutoscaleSetting(scope, id, {
    ...placed(place),
    name: 'service-bus',
    targetResourceId: namespace.id,
    profile: [
      {
        name: 'load',
        capacity: { default: messagingUnits.least, minimum: messagingUnits.least, maximum: messagingUnits.most },
        rule: [
          rule(namespace.id, 'Increase', { operator: 'GreaterThan', threshold: busyPercent.high, timeWindow: 'PT5M' }),
          rule(namespace.id, 'Decrease', { operator: 'LessThan', threshold: busyPercent.low, timeWindow: 'PT1H' }),
        ],
      },
    ],
  });
