import { Construct } from 'constructs';
import type { Rollback } from '../platform/nouns/release';
import type { Service } from '../platform/nouns/service';
import type { Monitoring } from './diagnostics';
import type { Place } from './place';
import { raiseQueryAlert } from './query-alert';

export interface ServiceAlertsProps {
  readonly place: Place;
  readonly monitoring: Monitoring;
  readonly services: Readonly<Record<string, Pick<Service, 'p95Milliseconds' | 'release'>>>;
}

const windowMinutes = 15;

/** The limits of every service as a table of Kusto: `'order', 0.5, 1000.0, 300`. */
const limits = (services: ServiceAlertsProps['services']): string => {
  const row = (name: string, { errorPercent, minimumRequests, p95Milliseconds }: Rollback): string =>
    `'${name}', ${errorPercent}, ${p95Milliseconds}, ${minimumRequests * windowMinutes}`;
  const rows = Object.entries(services).map(
    ([
      name,
      {
        p95Milliseconds: promised,
        release: { rollback },
      },
    ]) => row(name, { ...rollback, p95Milliseconds: promised ?? rollback.p95Milliseconds }),
  );
  return `datatable(AppRoleName: string, errorPercent: real, milliseconds: real, fewest: long) [\n  ${rows.join(',\n  ')}\n]`;
};

/** What is asked of the requests of every service: which of a figure's limit each service has reached, in parts of it. */
const figureQuery = (services: ServiceAlertsProps['services'], figure: string, limit: string): string =>
  [
    `let limits = ${limits(services)};`,
    'AppRequests',
    `| summarize requests = sum(ItemCount), figure = ${figure} by AppRoleName`,
    '| join kind=inner limits on AppRoleName',
    '| where requests >= fewest',
    `| project AppRoleName, ofLimit = figure / ${limit}`,
  ].join('\n');

/** Queries of the alerts, by name. */
export const serviceQueries = (services: ServiceAlertsProps['services']) => ({
  'service-errors': figureQuery(
    services,
    '100.0 * sumif(ItemCount, Success == false) / sum(ItemCount)',
    'errorPercent',
  ),
  'service-slow': figureQuery(services, 'percentile(DurationMs, 95)', 'milliseconds'),
  'pods-failing': [
    'KubePodInventory',
    "| where Namespace !endswith '-system'",
    '| summarize arg_max(TimeGenerated, PodStatus, ContainerStatusReason) by Namespace, Name, ContainerName',
    "| where PodStatus == 'Failed'",
    "  or ContainerStatusReason in ('CrashLoopBackOff', 'CreateContainerConfigError', 'ErrImagePull', 'ImagePullBackOff', 'OOMKilled')",
    '| summarize pods = dcount(Name) by Namespace',
  ].join('\n'),
  'pods-without-room': [
    'KubeEvents',
    "| where Reason == 'FailedScheduling'",
    '| summarize pods = dcount(Name) by Namespace',
  ].join('\n'),
});

/**
 * The alerts of all services of a site, from their requests and from the cluster. A service is sick at the figures at which a
 * release of it would be taken back, wherever it runs; below as many requests as that asks for, its figures say nothing.
 */
export class ServiceAlerts extends Construct {
  public constructor(scope: Construct, id: string, props: ServiceAlertsProps) {
    super(scope, id);
    const { services, ...shared } = props;
    const queries = serviceQueries(services);
    const figure = { ...shared, by: 'AppRoleName', measure: 'ofLimit', threshold: 1, runbook: 'azure-service' };
    const pods = { ...shared, by: 'Namespace', measure: 'pods', threshold: 0, runbook: 'azure-service' };
    raiseQueryAlert(this, 'Errors', {
      ...figure,
      name: 'service-errors',
      query: queries['service-errors'],
      windowMinutes,
      description: 'More requests of a service fail than its releases are allowed.',
    });
    raiseQueryAlert(this, 'Slow', {
      ...figure,
      name: 'service-slow',
      query: queries['service-slow'],
      windowMinutes,
      description: 'A service answers more slowly than its releases are allowed.',
    });
    raiseQueryAlert(this, 'PodsFailing', {
      ...pods,
      name: 'pods-failing',
      query: queries['pods-failing'],
      description: 'Pods of a namespace fail, or cannot start.',
    });
    raiseQueryAlert(this, 'PodsWithoutRoom', {
      ...pods,
      name: 'pods-without-room',
      query: queries['pods-without-room'],
      description: 'Pods of a namespace find no node with room for them.',
    });
  }
}
