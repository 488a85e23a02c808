import { MonitorAlertPrometheusRuleGroup } from '@cdktf/provider-azurerm/lib/monitor-alert-prometheus-rule-group';
import { Construct } from 'constructs';
import { placed } from './place';
import { recordedRules, type PrometheusGroupProps } from './prometheus-group';

export interface RecordedFiguresProps extends Omit<PrometheusGroupProps, 'monitoring'> {
  /** What is asked, by the name under which the answer is kept. */
  readonly figures: Readonly<Record<string, string>>;
}

/** Figures of a cluster that are reckoned every minute and kept by their names, so that a long time of them can be looked at. */
export class RecordedFigures extends Construct {
  public readonly group: MonitorAlertPrometheusRuleGroup;

  public constructor(scope: Construct, id: string, props: RecordedFiguresProps) {
    super(scope, id);
    const { cluster, figures, monitorWorkspaceId, place } = props;
    this.group = new MonitorAlertPrometheusRuleGroup(this, 'Group', {
      ...placed(place),
      name: 'recorded',
      description: 'Figures of the platform, reckoned every minute.',
      clusterName: cluster.name,
      scopes: [monitorWorkspaceId, cluster.id],
      interval: 'PT1M',
      ruleGroupEnabled: true,
      rule: recordedRules(props, figures),
    });
  }
}
