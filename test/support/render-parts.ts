import { isList, isObject, listOf, objectOf, textOf } from '../../lib/review/json';
import type { Json, JsonObject } from '../../lib/review/json';

/** Tags that every resource of a stack bears; they would drown the others. */
const COMMON_TAGS = ['cost-centre', 'owner', 'platform', 'stage'];

/**
 * A value as a person reads it: references as paths, JSON in texts opened, lists of names and values as maps. The rule that
 * CDK writes to let nothing out is nothing.
 */
export function readable(value: Json, key = ''): Json {
  if (typeof value === 'string') return readableText(value);
  if (key.endsWith('Tags')) return tags(value);
  if (key === 'SecurityGroupEgress' && JSON.stringify(value).includes('255.255.255.255/32')) return 'nothing';
  if (isList(value)) return pairs(value) ?? value.map((item) => readable(item));
  if (!isObject(value)) return value;
  if (isList(value.Statement)) return value.Statement.map(statement);
  if (isList(value.widgets)) return value.widgets.map(widget);
  if (isList(value.panels)) return page(value);
  if (isObject(value.MetricStat) || typeof value.Expression === 'string') return metricQuery(value);
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, item]) => [name, readable(item, name)] as const)
      .filter(([name, item]) => !(name.endsWith('Tags') && isList(item) && item.length === 0)),
  );
}

/** `→ Path` for a text that is one reference; JSON opened; certificates left out. */
function readableText(value: string): Json {
  const whole = /^\$\{([^${}]+)\}$/.exec(value)?.[1];
  if (whole !== undefined) return `→ ${whole}`;
  if (/^\s*[[{]/.test(value)) {
    try {
      return readable(JSON.parse(value) as Json);
    } catch {
      return value; // a text that only looks like JSON
    }
  }
  return value.replace(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----\n?/g, '(certificate)');
}

/** Tags, which some resources take as a list and others as a map, without those that all bear. */
function tags(value: Json): Json {
  const entries = isList(value)
    ? value.map(objectOf).map(({ Key, Value }) => [textOf(Key) ?? '', textOf(Value) ?? ''] as const)
    : Object.entries(objectOf(value)).map(([name, each]) => [name, textOf(each) ?? ''] as const);
  return entries.filter(([name]) => !COMMON_TAGS.includes(name)).map(([name, each]) => `${name}=${each}`);
}

/** A list of `Name` or `Key` with `Value` as a map. */
function pairs(list: readonly Json[]): JsonObject | undefined {
  const entries = list.map((item) => {
    const { Key, Name, Value, ValueFrom, ...others } = objectOf(item);
    const name = textOf(Name ?? Key);
    const value = Value ?? ValueFrom;
    return name === undefined || value === undefined || Object.keys(others).length > 0
      ? undefined
      : ([name, value] as const);
  });
  const known = entries.filter((entry) => entry !== undefined);
  if (known.length === 0 || known.length < list.length) return undefined;
  return Object.fromEntries(known.map(([name, value]) => [name, readable(value)]));
}

/** `Allow kms:Decrypt on → Security/Keys/Data.Arn by {…} if {…}` */
function statement(value: Json): Json {
  if (!isObject(value) || value.Effect === undefined) return readable(value);
  const { Action, Condition, Effect, NotAction, NotPrincipal, NotResource, Principal, Resource } = value;
  const words: readonly (readonly [string, Json | undefined])[] = [
    ['', Action],
    ['all but', NotAction],
    ['on', Resource],
    ['on all but', NotResource],
    ['by', Principal],
    ['by all but', NotPrincipal],
    ['if', Condition],
  ];
  const phrases = words.flatMap(([word, part]) => (part === undefined ? [] : [`${word} ${inline(part)}`.trim()]));
  return [textOf(Effect) ?? '', ...phrases].join(' ');
}

/** `errors0 = 100*failures0/requests0` or `failures0 = Sum of AWS/ApplicationELB HTTPCode_Target_5XX_Count {…} in 60 s` */
function metricQuery({ Expression, Id, MetricStat, ReturnData }: JsonObject): string {
  const stat = objectOf(MetricStat);
  const source =
    MetricStat === undefined
      ? textOf(Expression)
      : metric({ ...objectOf(stat.Metric), Statistic: stat.Stat ?? '', Period: stat.Period ?? '' });
  return `${textOf(Id)} = ${source}${ReturnData === true ? ' (tracked)' : ''}`;
}

/** `Sum of AWS/SQS NumberOfMessagesSent {QueueName: → Orders} in 60 s` */
function metric({ Dimensions, ExtendedStatistic, MetricName, Namespace, Period, Statistic }: JsonObject): string {
  const dimensions = Object.entries(pairs(listOf(Dimensions)) ?? {}).map(
    ([name, value]) => `${name}: ${inline(value)}`,
  );
  const period = Period === '' || Period === undefined ? '' : ` in ${inline(Period)} s`;
  return `${inline(Statistic ?? ExtendedStatistic ?? '')} of ${inline(Namespace ?? '')} ${inline(MetricName ?? '')} {${dimensions.join(', ')}}${period}`;
}

const COMPARISONS: Readonly<Record<string, string>> = {
  GreaterThanOrEqualToThreshold: '>=',
  GreaterThanThreshold: '>',
  LessThanOrEqualToThreshold: '<=',
  LessThanThreshold: '<',
};

/** What an alarm watches, in one sentence, and what it does. */
export function alarm(properties: JsonObject): JsonObject {
  const {
    ComparisonOperator,
    DatapointsToAlarm,
    Dimensions: _dimensions,
    EvaluationPeriods,
    MetricName,
    Metrics,
    Namespace: _namespace,
    Period,
    Statistic: _statistic,
    ExtendedStatistic: _extended,
    Threshold,
    TreatMissingData,
    ...rest
  } = properties;
  const period = Period === undefined ? '' : ` x ${inline(Period)} s`;
  const watched = MetricName === undefined ? 'tracked' : metric({ ...properties, Period: '' });
  return {
    ...objectOf(readable(rest)),
    ...(Metrics === undefined ? {} : { Metrics: readable(Metrics) }),
    When:
      `${watched} ${COMPARISONS[textOf(ComparisonOperator) ?? ''] ?? inline(ComparisonOperator ?? '')} ${inline(Threshold ?? '')}, ` +
      `${inline(DatapointsToAlarm ?? EvaluationPeriods ?? '')} of ${inline(EvaluationPeriods ?? '')}${period}, ` +
      `missing data is ${inline(TreatMissingData ?? 'missing')}`,
  };
}

/** A dashboard of Grafana: by what it is found, and its panels. */
const page = ({ panels, time, title, uid }: JsonObject): JsonObject => ({
  [`${inline(uid ?? '')}: ${inline(title ?? '')}, since ${inline(objectOf(time).from ?? '')}`]:
    listOf(panels).map(panel),
});

/** A panel of such a dashboard: its unit, from where on a line is red, and what is asked. */
function panel(value: Json): Json {
  const { datasource, fieldConfig, targets, title } = objectOf(value);
  const { thresholds, unit } = objectOf(objectOf(fieldConfig).defaults);
  const limit = objectOf(listOf(objectOf(thresholds).steps)[1]).value;
  const label = `${inline(title ?? '')} in ${inline(unit ?? '')} by ${inline(objectOf(datasource).uid ?? '')}${limit === undefined ? '' : `, red from ${inline(limit)}`}`;
  return { [label]: listOf(targets).map((target) => asked(objectOf(target))) };
}

/** `order: rate(…)` or `order: Average of AWS/ECS CPUUtilization {ServiceName: → Order}` */
function asked({ dimensions, expr, label, legendFormat, metricName, namespace, statistic }: JsonObject): string {
  if (expr !== undefined) return `${inline(legendFormat ?? '')}: ${inline(expr)}`;
  const named = Object.entries(objectOf(dimensions)).map(([Name, values]) => ({
    Name,
    Value: listOf(values)[0] ?? '',
  }));
  return `${inline(label ?? '')}: ${metric({ Dimensions: named, MetricName: metricName ?? '', Namespace: namespace ?? '', Statistic: statistic ?? '' })}`;
}

/** A widget of a dashboard: its title, and the metrics, expressions or alarms that it shows. */
function widget(value: Json): Json {
  const { properties, type } = objectOf(value);
  const { alarms, markdown, metrics, title } = objectOf(properties);
  const label = `${textOf(type)}: ${(textOf(title) ?? textOf(markdown) ?? '').split('\n')[0]}`;
  const shown = [...listOf(alarms).map(inline), ...listOf(metrics).flatMap(plotted)];
  return shown.length === 0 ? label : { [label]: [...new Set(shown)] };
}

/** What of a widget's metrics a reader sees: those that only feed an expression are left out. */
function plotted(row: Json): readonly string[] {
  const parts = listOf(row);
  const options = objectOf(parts.find(isObject));
  if (options.visible === false) return [];
  if (typeof options.expression === 'string') return [`${textOf(options.label) ?? ''} = ${options.expression}`];
  return [
    parts
      .filter((part) => !isObject(part))
      .map(inline)
      .join(' '),
  ];
}

function inline(value: Json): string {
  if (isList(value)) return value.map(inline).join(', ');
  const shown = isObject(value) ? readable(value) : readableText(String(value));
  return typeof shown === 'string' ? shown : JSON.stringify(shown);
}
