import { metricAggregation } from '../../../../lib/review/azure/rules/metric-aggregation';
import { judges } from '../fixtures';

describe('metric-aggregation', () => {
  const criteria = (metric: string, aggregation: string) => [
    { metric_namespace: 'Microsoft.ServiceBus/namespaces', metric_name: metric, aggregation },
  ];
  const valid = {
    'azurerm_monitor_metric_alert.Busy': { criteria: criteria('NamespaceCpuUsage', 'Maximum') },
    'azurerm_monitor_metric_alert.Behind': { criteria: criteria('ReplicationLagDuration', 'Minimum') },
    // Pages that are asked for from outside have no criteria of this kind.
    'azurerm_monitor_metric_alert.Lost': { application_insights_web_test_location_availability_criteria: {} },
  };
  judges(metricAggregation, valid, [
    [
      'Azure reckons no mean of it',
      'azurerm_monitor_metric_alert.Busy/criteria/0/aggregation',
      'Average',
      /^azurerm_monitor_metric_alert\.Busy: aggregation of NamespaceCpuUsage must be one of Maximum, got Average$/,
    ],
    [
      'nobody wrote down what Azure reckons of it',
      'azurerm_monitor_metric_alert.Behind/criteria/0/metric_name',
      'Messages',
      /Messages of Microsoft\.ServiceBus\/namespaces is unknown: add what Azure reckons of it/,
    ],
  ]);
});
