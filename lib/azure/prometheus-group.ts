import { MonitorAlertPrometheusRuleGroup } from '@cdktf/provider-azurerm/lib/monitor-alert-prometheus-rule-group';
import type { Construct } from 'constructs';
import type { WorkloadAlert } from '../platform/workload-alert';
import { groupFor, type Monitoring } from './diagnostics';
import { placed, type Place } from './place';

/** Whose figures are asked, and who is called. */
export interface PrometheusGroupProps {
  readonly place: Place;
  readonly monitoring: Monitoring;
  readonly cluster: { readonly id: string; readonly name: string };
  /** Id of the workspace that keeps the cluster's figures. */
  readonly monitorWorkspaceId: string;
}

/**
 * Figures that are reckoned and kept by their names. Each is given the name of its cluster, which a sum loses: a group of a cluster sees
 * nothing without, and its alerts would never call.
 */
export const recordedRules = (
  { cluster }: Pick<PrometheusGroupProps, 'cluster'>,
  figures: Readonly<Record<string, string>>,
) =>
  Object.entries(figures).map(([record, expression]) => ({
    record,
    expression,
    labels: { cluster: cluster.name },
    enabled: true,
  }));

/** Calls people for what Prometheus tells of a cluster: asked every minute, over by itself ten minutes after it is well again. */
export const prometheusGroup = (
  scope: Construct,
  id: string,
  { cluster, monitoring, monitorWorkspaceId, place }: PrometheusGroupProps,
  group: { readonly name: string; readonly description: string },
  alerts: Readonly<Record<string, WorkloadAlert>>,
  figures: Readonly<Record<string, string>> = {},
): MonitorAlertPrometheusRuleGroup =>
  new MonitorAlertPrometheusRuleGroup(scope, id, {
    ...placed(place),
    ...group,
    clusterName: cluster.name,
    scopes: [monitorWorkspaceId, cluster.id],
    interval: 'PT1M',
    ruleGroupEnabled: true,
    rule: [
      ...recordedRules({ cluster }, figures),
      ...Object.entries(alerts).map(([alert, { description, expression, minutes, runbook, severity }]) => ({
        alert,
        expression,
        for: `PT${minutes}M`,
        severity,
        enabled: true,
        annotations: { description: `${description} Runbook: docs/runbooks/${runbook}.md` },
        action: [{ actionGroupId: groupFor(monitoring, severity) }],
        alertResolution: { autoResolved: true, timeToResolve: 'PT10M' },
      })),
    ],
  });
