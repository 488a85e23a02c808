/** A figure of CloudWatch, which is none of Prometheus. */
export interface Measure {
  readonly namespace: string;
  readonly metric: string;
  readonly statistic: 'Average' | 'Maximum';
  readonly dimensions: Readonly<Record<string, string>>;
}

/** A line of a panel that Prometheus answers: what is asked, and how it is called. */
export interface AskedTarget {
  readonly refId: string;
  readonly expr: string;
  readonly legendFormat: string;
  /** Asked once, for now. @default - for the whole time that is looked at */
  readonly instant?: true;
  readonly range?: false;
}

/** A line of a panel that CloudWatch answers. `metricQueryType` and `metricEditorMode` are its search for one metric. */
export interface MeasuredTarget {
  readonly refId: string;
  readonly queryMode: 'Metrics';
  readonly metricQueryType: 0;
  readonly metricEditorMode: 0;
  readonly region: 'default';
  readonly namespace: string;
  readonly metricName: string;
  readonly statistic: Measure['statistic'];
  readonly dimensions: Readonly<Record<string, readonly string[]>>;
  readonly matchExact: true;
  readonly period: string;
  readonly label: string;
}

/** The id of each source of figures and traces, where they are put by code. */
export const dataSourceIds = { figures: 'figures', measures: 'measures', traces: 'traces' } as const;

/** Where a panel takes its figures from: the Prometheus that a person chooses, or CloudWatch. */
const sources = {
  asked: { type: 'prometheus', uid: '${datasource}' },
  measured: { type: 'cloudwatch', uid: dataSourceIds.measures },
} as const;

/** A bound that a panel draws: red from there on. */
interface Thresholds {
  readonly mode: 'absolute';
  readonly steps: readonly { readonly color: string; readonly value: number | null }[];
}

const figureOptions = {
  reduceOptions: { values: false, calcs: ['lastNotNull'], fields: '' },
  colorMode: 'value',
  graphMode: 'none',
} as const;

/** A panel, as Grafana has it. */
export interface Panel {
  readonly id: number;
  readonly title: string;
  readonly description: string;
  readonly type: 'stat' | 'timeseries';
  /** How a figure of now is shown: as it was answered last, in the colour of its bound. */
  readonly options?: typeof figureOptions;
  readonly datasource: (typeof sources)[keyof typeof sources];
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly fieldConfig: {
    readonly defaults: {
      readonly unit: string;
      readonly min: number;
      readonly thresholds?: Thresholds;
      readonly custom?: { readonly thresholdsStyle: { readonly mode: 'line' } };
    };
    readonly overrides: [];
  };
  readonly targets: readonly (AskedTarget | MeasuredTarget)[];
}

/** A choice of the person who looks. */
interface Variable {
  readonly name: string;
  readonly label: string;
  readonly type: 'custom' | 'datasource';
  readonly query: string;
  readonly current: object;
}

/** A way to other dashboards: those with the same tags. */
interface Link {
  readonly type: 'dashboards';
  readonly title: string;
  readonly tags: readonly string[];
  readonly asDropdown: true;
  readonly keepTime: true;
}

/** A dashboard, as Grafana has it: https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/ */
export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly timezone: 'utc';
  readonly schemaVersion: number;
  /** Whoever wants another one saves a copy: a change here would be lost with the next release. */
  readonly editable: false;
  readonly refresh: string;
  readonly time: { readonly from: string; readonly to: string };
  readonly links: readonly Link[];
  readonly templating: { readonly list: readonly Variable[] };
  readonly panels: readonly Panel[];
}

/** What a panel shows. */
export interface PanelSpec {
  readonly title: string;
  /** What a person should take from it, in one sentence. */
  readonly description: string;
  /** Unit as Grafana calls it: `reqps`, `reqpm`, `percent`, `ms`, `short`. */
  readonly unit: string;
  /** From here on a line is red. @default - nothing is too much */
  readonly limit?: number | undefined;
  /** Below it, a figure of now is red. @default - nothing is too little */
  readonly least?: number | undefined;
  /** Whether figures of now are shown, in place of lines. @default false */
  readonly now?: boolean;
  /**
   * What is asked, by what it is called: questions to Prometheus, in whose names `{{label}}` stands for a label of the answer, or
   * figures of CloudWatch.
   */
  readonly asks: Readonly<Record<string, string>> | Readonly<Record<string, Measure>>;
}

/** Two panels beside each other, in units of Grafana's grid. */
const size = { w: 12, h: 8 } as const;
const perRow = 24 / size.w;

/** A figure of CloudWatch is of so many seconds. */
const periodSeconds = 60;

/** The names by which Grafana tells questions apart: letters, as far as they go. */
const letter = (index: number): string => (index < 26 ? String.fromCodePoint(65 + index) : `A${index}`);

const target = (name: string, asked: Measure | string, index: number, now: boolean): Panel['targets'][number] =>
  typeof asked === 'string'
    ? { refId: letter(index), expr: asked, legendFormat: name, ...(now ? { instant: true, range: false } : {}) }
    : {
        refId: letter(index),
        queryMode: 'Metrics',
        metricQueryType: 0,
        metricEditorMode: 0,
        region: 'default',
        namespace: asked.namespace,
        metricName: asked.metric,
        statistic: asked.statistic,
        dimensions: Object.fromEntries(Object.entries(asked.dimensions).map(([key, value]) => [key, [value]])),
        matchExact: true,
        period: String(periodSeconds),
        label: name,
      };

type Bounds = Pick<Panel['fieldConfig']['defaults'], 'custom' | 'thresholds'>;

/** Of a figure: Grafana would set a bound of its own where none is given. */
const boundsOfFigure = ({ least, limit }: Pick<PanelSpec, 'least' | 'limit'>): Bounds => ({
  thresholds: {
    mode: 'absolute',
    steps: [
      { color: least === undefined ? 'green' : 'red', value: null },
      ...(least === undefined ? [] : [{ color: 'green', value: least }]),
      ...(limit === undefined ? [] : [{ color: 'red', value: limit }]),
    ],
  },
});

const boundsOfLines = (limit: number | undefined): Bounds =>
  limit === undefined
    ? {}
    : {
        custom: { thresholdsStyle: { mode: 'line' } },
        thresholds: {
          mode: 'absolute',
          steps: [
            { color: 'green', value: null },
            { color: 'red', value: limit },
          ],
        },
      };

const panel = ({ asks, description, least, limit, now = false, title, unit }: PanelSpec, index: number): Panel => ({
  id: index + 1,
  title,
  description,
  type: now ? 'stat' : 'timeseries',
  ...(now ? { options: figureOptions } : {}),
  datasource: Object.values(asks).some((asked) => typeof asked === 'object') ? sources.measured : sources.asked,
  gridPos: { ...size, x: (index % perRow) * size.w, y: Math.floor(index / perRow) * size.h },
  fieldConfig: {
    defaults: { unit, min: 0, ...(now ? boundsOfFigure({ least, limit }) : boundsOfLines(limit)) },
    overrides: [],
  },
  targets: Object.entries<Measure | string>(asks).map(([name, asked], at) => target(name, asked, at, now)),
});

/** A dashboard of panels, two in a row, in the order given. */
export function dashboard(
  {
    refresh = '1m',
    tags,
    time = { from: 'now-3h', to: 'now' },
    title,
    uid,
  }: Pick<Dashboard, 'tags' | 'title' | 'uid'> & Partial<Pick<Dashboard, 'refresh' | 'time'>>,
  panels: readonly PanelSpec[],
  choices: Readonly<Record<string, readonly string[]>> = {},
): Dashboard {
  return {
    uid,
    title,
    tags,
    timezone: 'utc',
    schemaVersion: 39,
    editable: false,
    refresh,
    time,
    links: [{ type: 'dashboards', title: 'Pages', tags, asDropdown: true, keepTime: true }],
    templating: {
      list: [
        { name: 'datasource', label: 'Prometheus', type: 'datasource', query: 'prometheus', current: {} },
        ...Object.entries(choices).map(([name, values]): Variable => ({
          name,
          label: name,
          type: 'custom',
          query: values.join(','),
          current: { text: values[0] ?? '', value: values[0] ?? '' },
        })),
      ],
    },
    panels: panels.map(panel),
  };
}
