import type { Template } from 'aws-cdk-lib/assertions';

/** A widget of a dashboard, as CloudWatch gets it; references stand as `<…>`. */
export interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title?: string;
    readonly markdown?: string;
    readonly region?: string;
    readonly alarms?: readonly string[];
    readonly start?: string;
    readonly setPeriodToTimeRange?: boolean;
    readonly metrics?: readonly (readonly unknown[])[];
    readonly annotations?: { readonly horizontal: readonly { readonly label: string; readonly value: number }[] };
  };
}

/** The widgets of a template's dashboards, by the dashboard's name. */
export function widgetsOf(template: Template): Readonly<Record<string, readonly Widget[]>> {
  return Object.fromEntries(
    Object.values(template.findResources('AWS::CloudWatch::Dashboard')).map(({ Properties }) => {
      const { DashboardBody, DashboardName } = Properties as Readonly<Record<string, unknown>>;
      const { widgets } = JSON.parse(textOf(DashboardBody)) as { readonly widgets: readonly Widget[] };
      return [DashboardName, widgets];
    }),
  );
}

function textOf(body: unknown): string {
  if (typeof body === 'string') return body;
  const { 'Fn::Join': join } = body as { readonly 'Fn::Join': readonly [string, readonly unknown[]] };
  return join[1].map((part) => (typeof part === 'string' ? part : '<…>')).join(join[0]);
}
