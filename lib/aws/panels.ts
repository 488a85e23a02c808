import { aws_cloudwatch as cloudwatch, Duration } from 'aws-cdk-lib';
import { alarmPeriod } from './alarms';
import type { Reading } from './traffic-metrics';

/** A graph on a dashboard. */
export interface Panel {
  readonly title: string;
  /** Of all lines. */
  readonly unit: string;
  readonly lines: readonly cloudwatch.IMetric[];
  /** Bounds and goals, drawn as lines across. */
  readonly marks?: readonly Mark[];
  /** Where the metrics are. @default - where the dashboard is */
  readonly region?: string;
}

/** A value that lines should stay below, or above, or between. */
export interface Mark {
  readonly label: string;
  readonly value: number;
}

/** Panels that belong together, under one heading. */
export interface Section {
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** A dashboard is 24 units wide. */
const dashboardWidth = 24;
const panelsAcross = 3;
const size = { width: dashboardWidth / panelsAcross, height: 6 };

/** More lines than these in one graph, and nobody finds the one that is red. */
export const linesAtMost = 12;

/** How a line of a graph is read, under a label that is the only one of its kind there. */
export const line = (label: string): Reading & { readonly id: string } => ({
  period: alarmPeriod,
  label,
  id: label.replaceAll('-', '_'),
});

/** A metric of AWS under its dimensions, drawn as one line. */
export const metricLine = (
  label: string,
  namespace: string,
  metricName: string,
  statistic: string,
  dimensionsMap: Readonly<Record<string, string>>,
  options: Pick<cloudwatch.MetricProps, 'region' | 'period'> = {},
): cloudwatch.Metric =>
  new cloudwatch.Metric({ namespace, metricName, statistic, dimensionsMap, label, period: alarmPeriod, ...options });

/** The rows of a section: its heading, then its panels, three across. A section without panels is left out. */
export function rowsOf({ panels, title }: Section): readonly cloudwatch.IWidget[][] {
  if (panels.length === 0) return [];
  const heading = new cloudwatch.TextWidget({ markdown: `## ${title}`, width: dashboardWidth, height: 1 });
  return [[heading], panels.map(graphOf)];
}

function graphOf({ lines, marks = [], region, title, unit }: Panel): cloudwatch.GraphWidget {
  return new cloudwatch.GraphWidget({
    ...size,
    title,
    left: [...lines],
    leftAnnotations: marks.map((mark) => ({ ...mark, color: cloudwatch.Color.RED })),
    leftYAxis: { label: unit, min: 0, showUnits: false },
    ...(region === undefined ? {} : { region }),
  });
}

/** Figures of one number over the last days, beside each other. */
export const numbers = (title: string, days: number, metrics: readonly cloudwatch.IMetric[]): cloudwatch.IWidget =>
  new cloudwatch.SingleValueWidget({
    title,
    metrics: [...metrics],
    width: dashboardWidth / 2,
    height: 4,
    fullPrecision: true,
    setPeriodToTimeRange: true,
    period: Duration.days(days),
    start: `-P${days}D`,
    end: 'P0D',
  });
