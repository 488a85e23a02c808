import { MonitorDiagnosticSetting } from '@cdktf/provider-azurerm/lib/monitor-diagnostic-setting';
import type { Construct } from 'constructs';

/** Where logs, metrics and alerts of the platform go. */
export interface Monitoring {
  /** Id of the Log Analytics workspace. */
  readonly workspaceId: string;
  /** Id of the action group that tells people. */
  readonly actionGroupId: string;
  /** Id of the one that tells people by day. @default - the same people */
  readonly warningGroupId?: string | undefined;
}

/** Severities from here on may wait for the day: 0 is critical, 1 an error, 2 a warning. */
const firstWarning = 2;

/** Who is told of an alert of a severity. */
export const groupFor = (
  { actionGroupId, warningGroupId }: Pick<Monitoring, 'actionGroupId' | 'warningGroupId'>,
  severity: number,
): string => (severity >= firstWarning ? (warningGroupId ?? actionGroupId) : actionGroupId);

/** What of a resource's logs is kept: a group of categories that the resource offers, or categories by name. */
export type Logs = 'allLogs' | 'audit' | 'none' | readonly string[];

/** What of a resource is kept. */
export interface Diagnosed {
  /** Id of the resource. */
  readonly id: string;
  readonly monitoring: Monitoring;
  /** @default 'allLogs' */
  readonly logs?: Logs;
  /** Name of the setting, for a resource of which two workspaces know. @default 'workspace' */
  readonly name?: string;
  /** Whether the resource has platform metrics that a workspace can take. @default true */
  readonly metrics?: boolean;
}

/** Sends logs and metrics of a resource to the workspace, each category to a table of its own. One a construct. */
export function sendDiagnostics(
  scope: Construct,
  { id, monitoring, logs = 'allLogs', metrics = true, name = 'workspace' }: Diagnosed,
  constructId = 'Diagnostics',
): MonitorDiagnosticSetting {
  return new MonitorDiagnosticSetting(scope, constructId, {
    name,
    targetResourceId: id,
    logAnalyticsWorkspaceId: monitoring.workspaceId,
    logAnalyticsDestinationType: 'Dedicated',
    ...(logs === 'none'
      ? {}
      : { enabledLog: typeof logs === 'string' ? [{ categoryGroup: logs }] : logs.map((category) => ({ category })) }),
    ...(metrics ? { enabledMetric: [{ category: 'AllMetrics' }] } : {}),
  });
}
