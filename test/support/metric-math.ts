import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

/** A query of an alarm or scaling policy, as CloudFormation writes it. */
export interface MetricQuery {
  readonly Id: string;
  readonly ReturnData?: boolean;
  readonly Expression?: string;
  readonly MetricStat?: {
    readonly Stat: string;
    readonly Metric: {
      readonly Namespace: string;
      readonly MetricName: string;
      readonly Dimensions: readonly { readonly Name: string; readonly Value: unknown }[];
    };
  };
}

/** One minute of a metric; nothing where CloudWatch has no data. */
export type Minute = number | undefined;

/**
 * What CloudWatch makes of the queries in one minute, for the part of its metric math that the platform uses. Arithmetic on
 * nothing gives nothing, `FILL` fills it, and functions of a list leave it out.
 */
export function evaluate(
  queries: readonly MetricQuery[],
  read: (stat: NonNullable<MetricQuery['MetricStat']>) => Minute,
): Minute {
  const byId = new Map(queries.map((query) => [query.Id, query]));
  const valueOf = (id: string): Minute => {
    const query = byId.get(id);
    if (query === undefined) throw new Error(`no query ${id}`);
    if (query.MetricStat !== undefined) return read(query.MetricStat);
    return new Expression(query.Expression ?? '', valueOf).value();
  };
  const [returned, ...more] = queries.filter(({ ReturnData }) => ReturnData !== false);
  if (returned === undefined || more.length > 0) throw new Error('exactly one query must return data');
  return valueOf(returned.Id);
}

/** What CloudWatch makes of a metric of CDK; `read` is asked for the plain metrics in it, by their ids. */
export const evaluateMetric = (
  metric: cloudwatch.IMetric,
  read: (id: string, stat: NonNullable<MetricQuery['MetricStat']>) => Minute,
): Minute => {
  const queries = queriesOf('returned', metric);
  const ids = new Map(queries.flatMap(({ Id, MetricStat }) => (MetricStat === undefined ? [] : [[MetricStat, Id]])));
  return evaluate(queries, (stat) => read(ids.get(stat) ?? '', stat));
};

function queriesOf(Id: string, metric: cloudwatch.IMetric): readonly MetricQuery[] {
  const { mathExpression, metricStat } = metric.toMetricConfig();
  const query = { Id, ReturnData: Id === 'returned' };
  if (metricStat !== undefined) {
    const { metricName, namespace, statistic, dimensions = [] } = metricStat;
    const Dimensions = dimensions.map(({ name, value }) => ({ Name: name, Value: value as unknown }));
    const Metric = { Namespace: namespace, MetricName: metricName, Dimensions };
    return [{ ...query, MetricStat: { Stat: statistic, Metric } }];
  }
  return [
    { ...query, Expression: mathExpression?.expression ?? '' },
    ...Object.entries(mathExpression?.usingMetrics ?? {}).flatMap(([id, each]) => queriesOf(id, each)),
  ];
}

type Arguments = readonly (Minute | readonly Minute[])[];

const numbers = (argument: Arguments[number]): readonly number[] =>
  (Array.isArray(argument) ? (argument as readonly Minute[]) : []).filter((minute) => minute !== undefined);

const single = (argument: Arguments[number]): Minute => (typeof argument === 'number' ? argument : undefined);

const functions: Readonly<Record<string, (args: Arguments) => Minute>> = {
  FILL: ([value, fill]) => single(value) ?? single(fill),
  IF: ([condition, then, otherwise]) => {
    const decided = single(condition);
    return decided === undefined ? undefined : single(decided === 0 ? otherwise : then);
  },
  MAX: ([list]) => (numbers(list).length === 0 ? undefined : Math.max(...numbers(list))),
  SUM: ([list]) => (numbers(list).length === 0 ? undefined : numbers(list).reduce((sum, value) => sum + value, 0)),
};

const operators: Readonly<Record<string, (a: number, b: number) => Minute>> = {
  '>=': (a, b) => (a >= b ? 1 : 0),
  '>': (a, b) => (a > b ? 1 : 0),
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => (b === 0 ? undefined : a / b),
};

/** Operators that bind ever tighter. */
const levels = [
  ['>=', '>'],
  ['+', '-'],
  ['*', '/'],
] as const;

/** A parser by recursive descent that computes as it reads. */
class Expression {
  private readonly tokens: string[];
  private readonly text: string;
  private readonly valueOf: (id: string) => Minute;

  public constructor(text: string, valueOf: (id: string) => Minute) {
    this.text = text;
    this.tokens = text.match(/>=|>|[A-Za-z]\w*|\d+(\.\d+)?|[-+*/(),[\]]/g) ?? [];
    this.valueOf = valueOf;
  }

  public value(): Minute {
    const value = this.level(0);
    if (this.tokens.length > 0) throw new Error(`cannot read ${this.text} from ${this.tokens.join('')}`);
    return value;
  }

  private level(index: number): Minute {
    const known = levels[index];
    if (known === undefined) return this.atom();
    let left = this.level(index + 1);
    while (known.some((operator) => operator === this.tokens[0])) {
      const operate = operators[this.next()];
      const right = this.level(index + 1);
      left = left === undefined || right === undefined ? undefined : operate?.(left, right);
    }
    return left;
  }

  private atom(): Minute {
    const token = this.next();
    if (/^\d/.test(token)) return Number(token);
    if (token === '(') {
      const value = this.level(0);
      this.expect(')');
      return value;
    }
    const call = functions[token];
    return call === undefined ? this.valueOf(token) : call(this.arguments());
  }

  private arguments(): Arguments {
    this.expect('(');
    const args: (Minute | readonly Minute[])[] = [];
    do {
      args.push(this.tokens[0] === '[' ? this.list() : this.level(0));
    } while (this.accept(','));
    this.expect(')');
    return args;
  }

  private list(): readonly Minute[] {
    this.expect('[');
    const items: Minute[] = [];
    do {
      items.push(this.level(0));
    } while (this.accept(','));
    this.expect(']');
    return items;
  }

  private accept(token: string): boolean {
    if (this.tokens[0] !== token) return false;
    this.tokens.shift();
    return true;
  }

  private expect(token: string): void {
    if (!this.accept(token)) throw new Error(`expected ${token} before ${this.tokens.join('')} in ${this.text}`);
  }

  private next(): string {
    const token = this.tokens.shift();
    if (token === undefined) throw new Error(`${this.text} ends too early`);
    return token;
  }
}
