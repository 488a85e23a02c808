import { aws_aps as aps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { WorkloadAlert } from '../platform/workload-alert';

export interface AlertRulesProps {
  /** What they are found by in the workspace; one of its own there. */
  readonly name: string;
  /** Workspace whose figures are asked. */
  readonly workspaceArn: string;
  /** When somebody is called, by name. */
  readonly alerts: Readonly<Record<string, WorkloadAlert>>;
  /** What is reckoned every minute before that, by the name under which it is kept. @default - nothing */
  readonly figures?: Readonly<Record<string, string>>;
}

/** Alerts as Prometheus takes them, asked every minute. Those of one group may ask for its figures: of others nobody knows which comes first. */
export const alertRules = (
  scope: Construct,
  id: string,
  { alerts, figures = {}, name, workspaceArn }: AlertRulesProps,
): aps.CfnRuleGroupsNamespace =>
  new aps.CfnRuleGroupsNamespace(scope, id, {
    name,
    workspace: workspaceArn,
    data: ruleGroups(name, { alerts, figures }),
  });

/** The text of a group of rules. JSON is YAML. */
export const ruleGroups = (
  name: string,
  { alerts, figures = {} }: Pick<AlertRulesProps, 'alerts' | 'figures'>,
): string =>
  JSON.stringify({
    groups: [
      {
        name,
        interval: '1m',
        rules: [
          ...Object.entries(figures).map(([record, expr]) => ({ record, expr })),
          ...Object.entries(alerts).map(([alert, { description, expression, minutes, runbook, severity }]) => ({
            alert: `${name}-${alert}`,
            expr: expression,
            for: `${minutes}m`,
            labels: { severity: String(severity) },
            annotations: { description: `${description} Runbook: docs/runbooks/${runbook}.md` },
          })),
        ],
      },
    ],
  });

/** Figures that are reckoned every minute and kept by their names. */
export const recordingRules = (
  scope: Construct,
  id: string,
  props: Required<Omit<AlertRulesProps, 'alerts'>>,
): aps.CfnRuleGroupsNamespace => alertRules(scope, id, { ...props, alerts: {} });
