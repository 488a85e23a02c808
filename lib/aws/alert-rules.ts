import * as aps from 'aws-cdk-lib/aws-aps';
import type { Construct } from 'constructs';
import type { WorkloadAlert } from '../platform/workload-alert';

export interface AlertRulesProps {
  /** What they are found by in the workspace; one of its own there. */
  readonly name: string;
  /** Workspace whose figures are asked. */
  readonly workspaceArn: string;
  /** When somebody is called, by name. */
  readonly alerts: Readonly<Record<string, WorkloadAlert>>;
}

/** Alerts as Prometheus takes them, asked every minute. */
export const alertRules = (
  scope: Construct,
  id: string,
  { alerts, name, workspaceArn }: AlertRulesProps,
): aps.CfnRuleGroupsNamespace =>
  new aps.CfnRuleGroupsNamespace(scope, id, { name, workspace: workspaceArn, data: ruleGroups(name, alerts) });

/** The text of a group of rules. JSON is YAML. */
export const ruleGroups = (name: string, alerts: AlertRulesProps['alerts']): string =>
  JSON.stringify({
    groups: [
      {
        name,
        interval: '1m',
        rules: Object.entries(alerts).map(([alert, { description, expression, minutes, runbook, severity }]) => ({
          alert: `${name}-${alert}`,
          expr: expression,
          for: `${minutes}m`,
          labels: { severity: String(severity) },
          annotations: { description: `${description} Runbook: docs/runbooks/${runbook}.md` },
        })),
      },
    ],
  });

/** Figures that are reckoned every minute and kept by their names. */
export const recordingRules = (
  scope: Construct,
  id: string,
  {
    figures,
    name,
    workspaceArn,
  }: Omit<AlertRulesProps, 'alerts'> & { readonly figures: Readonly<Record<string, string>> },
): aps.CfnRuleGroupsNamespace =>
  new aps.CfnRuleGroupsNamespace(scope, id, {
    name,
    workspace: workspaceArn,
    data: JSON.stringify({
      groups: [{ name, interval: '1m', rules: Object.entries(figures).map(([record, expr]) => ({ record, expr })) }],
    }),
  });
