import {
  MonitorAlertPrometheusRuleGroup,
  type MonitorAlertPrometheusRuleGroupRule,
} from '@cdktf/provider-azurerm/lib/monitor-alert-prometheus-rule-group';
import { Construct } from 'constructs';
import type { WorkloadAlert } from '../platform/workload-alerts';
import type { Monitoring } from './diagnostics';
import { placed, type Place } from './place';

export interface WorkloadAlertsProps {
  readonly place: Place;
  readonly monitoring: Monitoring;
  readonly cluster: { readonly id: string; readonly name: string };
  /** Id of the workspace that keeps the cluster's figures. */
  readonly monitorWorkspaceId: string;
  readonly alerts: Readonly<Record<string, WorkloadAlert>>;
}

/** Calls people for what the cluster's own Prometheus tells: releases, migrations, secrets, delivery, the gateway. */
export class WorkloadAlerts extends Construct {
  public readonly group: MonitorAlertPrometheusRuleGroup;

  public constructor(scope: Construct, id: string, props: WorkloadAlertsProps) {
    super(scope, id);
    const { alerts, cluster, monitoring, monitorWorkspaceId, place } = props;
    this.group = new MonitorAlertPrometheusRuleGroup(this, 'Group', {
      ...placed(place),
      name: 'workloads',
      description: 'What runs in the cluster. Each alert names its runbook.',
      clusterName: cluster.name,
      scopes: [monitorWorkspaceId, cluster.id],
      interval: 'PT1M',
      ruleGroupEnabled: true,
      rule: Object.entries(alerts).map(
        ([alert, { description, expression, minutes, runbook, severity }]): MonitorAlertPrometheusRuleGroupRule => ({
          alert,
          expression,
          for: `PT${minutes}M`,
          severity,
          enabled: true,
          annotations: { description: `${description} Runbook: docs/runbooks/${runbook}.md` },
          action: [{ actionGroupId: monitoring.actionGroupId }],
          alertResolution: { autoResolved: true, timeToResolve: 'PT10M' },
        }),
      ),
    });
  }
}
