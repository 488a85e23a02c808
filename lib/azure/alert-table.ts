import type { MonitorMetricAlert } from '@cdktf/provider-azurerm/lib/monitor-metric-alert';
import type { Construct } from 'constructs';
import { raiseAlert, type AlertProps } from './alerts';

/** What the alerts of one resource have in common. */
export type Watched = Pick<AlertProps, 'metricNamespace' | 'monitoring' | 'place' | 'targetId'> & {
  /** What the names of the alerts begin with: `database-store`. */
  readonly name: string;
};

/** One alert of a resource. */
export type WatchedMetric = Omit<AlertProps, keyof Watched>;

/** When somebody is called for a resource, by construct id. */
export type AlertTable = Readonly<Record<string, WatchedMetric>>;

/** `CpuHigh` becomes `cpu-high`. */
const hyphened = (id: string): string => id.replace(/(?!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();

/** Calls people as a table says. */
export const raiseAlerts = (
  scope: Construct,
  { name, ...watched }: Watched,
  table: AlertTable,
): readonly MonitorMetricAlert[] =>
  Object.entries(table).map(([id, alert]) =>
    raiseAlert(scope, id, { ...watched, ...alert, name: `${name}-${hyphened(id)}` }),
  );
