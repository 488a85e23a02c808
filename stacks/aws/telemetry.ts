import { Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { Alarms } from '../../lib/aws/alarms';
import { alertRules, recordingRules, type AlertRulesProps } from '../../lib/aws/alert-rules';
import type { Reach } from '../../lib/aws/capability';
import { Grafana } from '../../lib/aws/grafana';
import type { Keys } from '../../lib/aws/keys';
import { MetricsWorkspace } from '../../lib/aws/metrics-workspace';
import { Tracing } from '../../lib/aws/tracing';
import { weekFigures } from '../../lib/platform/dashboards/week';
import { stagePrefix } from '../../lib/platform/names';
import type { Telemetry } from '../../lib/platform/nouns/telemetry';
import { queryFigures } from '../../lib/platform/queries';
import { clusterTelemetryAlerts, recordedFigures, telemetryAlerts } from '../../lib/platform/telemetry-alerts';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

export interface TelemetryStackProps extends PlatformStackProps {
  readonly telemetry: Telemetry;
  readonly vpc: ec2.IVpc;
  readonly keys: Pick<Keys, 'data' | 'logs'>;
  readonly alarms: Alarms;
  /** Private endpoints of AWS services; empty where the site has none. */
  readonly endpoints: readonly Reach[];
  /** Where the figures of a cluster are kept, and those of its services with them. @default - tasks have one of their own */
  readonly kept?: MetricsWorkspace;
}

/** Where figures and traces of services are kept, watched and looked at, whatever runs the services. */
export class TelemetryStack extends Stack {
  public readonly workspace: MetricsWorkspace;
  public readonly grafana: Grafana;

  public constructor(scope: Construct, id: string, props: TelemetryStackProps) {
    super(scope, id, props);
    preparePlatformStack(this, props);
    const { alarms, endpoints, keys, kept, platform, site, telemetry, vpc } = props;
    const prefix = stagePrefix(platform);
    const { logDays } = platform.stage;
    this.workspace =
      kept === undefined
        ? new MetricsWorkspace(this, 'Figures', {
            alias: prefix,
            key: keys.data,
            logsKey: keys.logs,
            logDays,
            alerts: telemetryAlerts(platform),
            alarms,
            subject: 'services',
            runbook: 'telemetry',
          })
        : this.watch(kept, clusterTelemetryAlerts(platform));
    const workspaceArn = this.workspace.workspace.attrArn;
    recordingRules(this, 'Recorded', {
      name: 'services',
      workspaceArn,
      figures: { ...recordedFigures, ...queryFigures(platform), ...weekFigures(platform, site.siteName) },
    });
    new Tracing(this, 'Traces', { prefix, spec: telemetry, logsKey: keys.logs, logDays, alarms });
    this.grafana = new Grafana(this, 'Dashboards', {
      name: prefix,
      signIn: telemetry.dashboards.signIn,
      cidr: site.network.cidr,
      vpc,
      endpoints,
      workspaceArn,
    });
  }

  /** Of a workspace that is there, what of services is watched beside all else. */
  private watch(kept: MetricsWorkspace, alerts: AlertRulesProps['alerts']): MetricsWorkspace {
    alertRules(this, 'Watched', { name: 'telemetry', workspaceArn: kept.workspace.attrArn, alerts });
    return kept;
  }
}
