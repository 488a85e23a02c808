import { ApplicationInsights } from '@cdktf/provider-azurerm/lib/application-insights';
import { LogAnalyticsWorkspace } from '@cdktf/provider-azurerm/lib/log-analytics-workspace';
import { MonitorActionGroup } from '@cdktf/provider-azurerm/lib/monitor-action-group';
import { Construct } from 'constructs';
import { sendDiagnostics, type Monitoring } from './diagnostics';
import { keep } from './keep';
import { nameIn, placed, type Place } from './place';

export interface ObservabilityProps {
  readonly place: Place;
  /** Who is told. */
  readonly email: string;
  /** Who is told of what may wait for the day. @default - the same people */
  readonly warningsEmail?: string | undefined;
}

/** A workspace keeps logs this long at least, and at most, in days. */
const retention = { min: 30, max: 730 } as const;

/** What a stage that may lose logs takes in a day at most, in GB. */
const unprotectedDailyGb = 5;

/** How a workspace takes and keeps logs. */
export interface WorkspaceSettings {
  readonly retentionInDays: number;
  /** In GB; -1 is without a cap. */
  readonly dailyQuotaGb: number;
}

/**
 * How long logs are kept, and how much is taken in a day. A cap stops the intake when most is logged, which is during an
 * incident: a stage that is protected has none, and pays for what it logs. Others stop at 5 GB.
 */
export const workspaceSettings = ({
  isProtected,
  logDays,
}: Pick<Place, 'isProtected' | 'logDays'>): WorkspaceSettings => ({
  retentionInDays: Math.min(Math.max(logDays, retention.min), retention.max),
  dailyQuotaGb: isProtected ? -1 : unprotectedDailyGb,
});

/**
 * Where logs, metrics, traces and alerts of a site go. Everything is written by private ways and under identities of Entra
 * ID, keys are refused. People read it from anywhere, under their own identity: whoever is called at night has no way into
 * the network. The logs are encrypted with keys of Azure, since own keys ask for a dedicated cluster of 100 GB a day.
 */
export class Observability extends Construct implements Monitoring {
  public readonly workspace: LogAnalyticsWorkspace;
  public readonly insights: ApplicationInsights;
  public readonly actionGroup: MonitorActionGroup;
  /** Nothing where the people on call are told of warnings too. */
  public readonly warningGroup: MonitorActionGroup | undefined;

  public constructor(scope: Construct, id: string, props: ObservabilityProps) {
    super(scope, id);
    const { email, place, warningsEmail } = props;
    this.workspace = new LogAnalyticsWorkspace(this, 'Workspace', {
      ...placed(place),
      name: nameIn(place, 'log-workspace'),
      sku: 'PerGB2018',
      ...workspaceSettings(place),
      localAuthenticationEnabled: false,
      internetIngestionEnabled: false,
      internetQueryEnabled: true,
      allowResourceOnlyPermissions: true,
    });
    keep(this.workspace);
    this.insights = new ApplicationInsights(this, 'Insights', {
      ...placed(place),
      name: nameIn(place, 'application-insights'),
      applicationType: 'web',
      workspaceId: this.workspace.id,
      // Services sample themselves, so that a trace is kept or dropped as a whole.
      samplingPercentage: 100,
      disableIpMasking: false,
      localAuthenticationDisabled: true,
      internetIngestionEnabled: false,
      internetQueryEnabled: true,
    });
    this.actionGroup = this.makeGroup('OnCall', 'on-call', email, place);
    this.warningGroup =
      warningsEmail === undefined ? undefined : this.makeGroup('Warnings', 'warnings', warningsEmail, place);
    sendDiagnostics(this, { id: this.workspace.id, monitoring: this, logs: 'audit', metrics: false });
  }

  public get workspaceId(): string {
    return this.workspace.id;
  }

  public get actionGroupId(): string {
    return this.actionGroup.id;
  }

  public get warningGroupId(): string | undefined {
    return this.warningGroup?.id;
  }

  private makeGroup(id: string, name: string, emailAddress: string, place: Place): MonitorActionGroup {
    return new MonitorActionGroup(this, id, {
      name: nameIn(place, 'action-group', name),
      resourceGroupName: place.resourceGroupName,
      tags: { ...place.tags },
      shortName: name,
      emailReceiver: [{ name, emailAddress, useCommonAlertSchema: true }],
    });
  }
}
