/** A line of a panel: what is asked, and how it is called. */
export interface Target {
  readonly refId: string;
  readonly expr: string;
  readonly legendFormat: string;
}

/** Where a panel takes its figures from: the Prometheus that a person chooses. */
const datasource = { type: 'prometheus', uid: '${datasource}' } as const;

/** A panel, as Grafana has it. */
export interface Panel {
  readonly id: number;
  readonly title: string;
  readonly description: string;
  readonly type: 'timeseries';
  readonly datasource: typeof datasource;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly fieldConfig: { readonly defaults: { readonly unit: string; readonly min: number }; readonly overrides: [] };
  readonly targets: readonly Target[];
}

/** A choice of the person who looks. */
interface Variable {
  readonly name: string;
  readonly label: string;
  readonly type: 'custom' | 'datasource';
  readonly query: string;
  readonly current: object;
}

/** A dashboard, as Grafana has it: https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/ */
export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly timezone: 'utc';
  readonly schemaVersion: number;
  readonly refresh: string;
  readonly time: { readonly from: string; readonly to: string };
  readonly templating: { readonly list: readonly Variable[] };
  readonly panels: readonly Panel[];
}

/** What a panel shows. Several questions by their names, or one whose answers have labels. */
export interface PanelSpec {
  readonly title: string;
  /** What a person should take from it, in one sentence. */
  readonly description: string;
  /** Unit as Grafana calls it: `reqps`, `percent`, `ms`, `short`. */
  readonly unit: string;
  /** What is asked, by what it is called; in the name, `{{label}}` stands for a label of the answer. */
  readonly asks: Readonly<Record<string, string>>;
}

/** Two panels beside each other, in units of Grafana's grid. */
const size = { w: 12, h: 8 } as const;
const perRow = 24 / size.w;

/** The letters by which Grafana tells questions apart. */
const letter = (index: number): string => String.fromCodePoint(65 + index);

/** A dashboard of panels, two in a row, in the order given. */
export function dashboard(
  { tags, title, uid }: Pick<Dashboard, 'tags' | 'title' | 'uid'>,
  panels: readonly PanelSpec[],
  choices: Readonly<Record<string, readonly string[]>> = {},
): Dashboard {
  return {
    uid,
    title,
    tags,
    timezone: 'utc',
    schemaVersion: 41,
    refresh: '1m',
    time: { from: 'now-3h', to: 'now' },
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
    panels: panels.map(({ asks, description, title: name, unit }, index) => ({
      id: index + 1,
      title: name,
      description,
      type: 'timeseries',
      datasource,
      gridPos: { ...size, x: (index % perRow) * size.w, y: Math.floor(index / perRow) * size.h },
      fieldConfig: { defaults: { unit, min: 0 }, overrides: [] },
      targets: Object.entries(asks).map(([legendFormat, expr], at) => ({ refId: letter(at), expr, legendFormat })),
    })),
  };
}
