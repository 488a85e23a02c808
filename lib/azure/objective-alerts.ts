import type { MonitorAlertPrometheusRuleGroup } from '@cdktf/provider-azurerm/lib/monitor-alert-prometheus-rule-group';
import { Construct } from 'constructs';
import type { PrometheusRules } from '../platform/objective-rules';
import { prometheusGroup, type PrometheusGroupProps } from './prometheus-group';

export interface ObjectiveAlertsProps extends PrometheusGroupProps {
  readonly rules: PrometheusRules;
}

/** Calls people when goals cannot be held at this rate: an error budget is spent too fast, or usual days leave too little room. */
export class ObjectiveAlerts extends Construct {
  public readonly group: MonitorAlertPrometheusRuleGroup;

  public constructor(scope: Construct, id: string, props: ObjectiveAlertsProps) {
    super(scope, id);
    const { alerts, figures } = props.rules;
    const description = 'What is promised of requests and of processors. Each alert names its runbook.';
    this.group = prometheusGroup(this, 'Group', props, { name: 'objectives', description }, alerts, figures);
  }
}
