import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { GrafanaContents, type GrafanaContentsProps } from '../../lib/aws/grafana-contents';
import { Observability, type ObservabilityProps } from '../../lib/aws/observability';
import { taskAnswers } from '../../lib/aws/task-answers';
import { assertNever } from '../../lib/platform/error';
import { clusterDashboards } from '../../lib/platform/dashboards/cluster';
import { weekPage } from '../../lib/platform/dashboards/week';
import { pages } from '../../lib/platform/dashboards/pages';
import type { Dashboard } from '../../lib/platform/dashboards/panels';
import { stagePrefix } from '../../lib/platform/names';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

export interface ObservabilityStackProps extends PlatformStackProps, Pick<ObservabilityProps, 'alarms' | 'figures'> {
  /** Where people look at figures and traces, and how it is reached. @default - the platform has no telemetry */
  readonly shown?: Pick<GrafanaContentsProps, 'endpoints' | 'figures' | 'grafana' | 'logsKey' | 'vpc'> | undefined;
}

/** How the whole platform does. Everything here refers to other stacks, and none refers to it. */
export class ObservabilityStack extends Stack {
  public readonly observability: Observability;

  public constructor(scope: Construct, id: string, props: ObservabilityStackProps) {
    super(scope, id, props);
    preparePlatformStack(this, props);
    const { platform, shown } = props;
    this.observability = new Observability(this, 'Observability', {
      figures: props.figures,
      prefix: stagePrefix(platform),
      goals: platform.goals,
      alarms: props.alarms,
      email: platform.stage.alarms.email,
      costAnomalies: platform.stage.audit.costAnomalies,
      platform,
      siteName: props.site.siteName,
    });
    if (shown === undefined) return;
    new GrafanaContents(this, 'Dashboards', {
      ...shown,
      prefix: stagePrefix(platform),
      dashboards: dashboardsOf(props),
      logDays: platform.stage.logDays,
    });
  }
}

/** By what runs services they are asked about. */
function dashboardsOf({ figures, platform, site }: ObservabilityStackProps): Readonly<Record<string, Dashboard>> {
  switch (site.runtime) {
    case 'ecs':
      return { ...pages(platform, taskAnswers(platform, figures.services)), ...weekPage(platform, site.siteName) };
    case 'eks':
      return clusterDashboards(platform, site.siteName);
    default:
      return assertNever(site);
  }
}
