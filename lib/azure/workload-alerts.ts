import type { MonitorAlertPrometheusRuleGroup } from '@cdktf/provider-azurerm/lib/monitor-alert-prometheus-rule-group';
import { Construct } from 'constructs';
import type { WorkloadAlert } from '../platform/workload-alert';
import { prometheusGroup, type PrometheusGroupProps } from './prometheus-group';

export interface WorkloadAlertsProps extends PrometheusGroupProps {
  readonly alerts: Readonly<Record<string, WorkloadAlert>>;
}

/** Calls people for what the cluster's own Prometheus tells: releases, migrations, secrets, delivery, the gateway. */
export class WorkloadAlerts extends Construct {
  public readonly group: MonitorAlertPrometheusRuleGroup;

  public constructor(scope: Construct, id: string, props: WorkloadAlertsProps) {
    super(scope, id);
    const description = 'What runs in the cluster. Each alert names its runbook.';
    this.group = prometheusGroup(this, 'Group', props, { name: 'workloads', description }, props.alerts);
  }
}
