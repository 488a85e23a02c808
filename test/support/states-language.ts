import type { Definition, State } from '../../lib/aws/saga-definition';

/** What a service does with a command: it passes with a result, fails with an error, or never answers. */
export type Answer = { readonly pass: unknown } | { readonly fail: string } | 'silence';

/** A command as a service receives it, and when, in seconds after the start. */
export interface Command {
  readonly queue: string;
  readonly message: Readonly<Record<string, unknown>>;
  readonly atSeconds: number;
}

export interface Run {
  readonly status: 'SUCCEEDED' | 'FAILED';
  /** State in which the run ended. */
  readonly endedIn: string;
  readonly output: unknown;
  readonly commands: readonly Command[];
  /** Messages that nobody answers. */
  readonly notices: readonly Command[];
  /** What was noted in CloudWatch. */
  readonly figures: readonly unknown[];
  readonly seconds: number;
}

export interface RunOptions {
  readonly input: unknown;
  readonly answer: (command: Command) => Answer;
  /** How long an answer takes. @default 0 */
  readonly answerSeconds?: number;
  /** Whether nothing can be noted in CloudWatch. @default false */
  readonly blind?: boolean;
}

interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly MaxAttempts: number;
}
interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly Assign?: unknown;
  readonly Next: string;
}
interface Choice {
  readonly Condition: string;
  readonly Assign?: unknown;
  readonly Next: string;
}

const start = Date.parse('2026-01-01T00:00:00Z');
const executionName = 'order-4711';

/**
 * Runs a state machine of the kind that sagas are: JSONata, tasks that send messages, no branches at once. Every wait
 * takes as long as it may. Anything else that the Amazon States Language knows is an error.
 */
export function run(definition: Definition, options: RunOptions): Run {
  return new Interpreter(definition, options).run();
}

class Interpreter {
  private readonly variables: Record<string, unknown> = {};
  private readonly commands: Command[] = [];
  private readonly notices: Command[] = [];
  private readonly figures: unknown[] = [];
  private clock = 0;
  /** When the state was entered; its tries change nothing of that. */
  private entered = 0;

  public constructor(
    private readonly definition: Definition,
    private readonly options: RunOptions,
  ) {}

  public run(): Run {
    let name = this.definition.StartAt;
    for (let steps = 0; steps < 1000; steps += 1) {
      const state = this.definition.States[name];
      if (state === undefined) throw new Error(`no state ${name}`);
      if (state.Type === 'Succeed') return this.ended('SUCCEEDED', name, this.evaluate(state.Output));
      const next = this.enter(state);
      if (next === undefined) return this.ended('FAILED', name, undefined);
      name = next;
    }
    throw new Error('the machine does not end');
  }

  private ended(status: Run['status'], endedIn: string, output: unknown): Run {
    const { commands, figures, notices, clock } = this;
    return { status, endedIn, output, commands, figures, notices, seconds: clock };
  }

  /** The next state, nothing when the run fails here. */
  private enter(state: State): string | undefined {
    this.entered = this.clock;
    switch (state.Type) {
      case 'Pass':
        this.assign(state.Assign);
        return state.Next;
      case 'Choice': {
        const chosen = (state.Choices as readonly Choice[]).find(({ Condition }) => this.evaluate(Condition) === true);
        this.assign(chosen?.Assign);
        return chosen?.Next ?? (state.Default as string);
      }
      case 'Task':
        return this.task(state);
      default:
        throw new Error(`no rule for ${state.Type}`);
    }
  }

  private task(state: State): string | undefined {
    const retriers = (state.Retry ?? []) as readonly Retrier[];
    const used = new Map<Retrier, number>();
    for (;;) {
      const answer = this.attempt(state);
      if (answer !== 'silence' && 'pass' in answer) {
        this.assign(state.Assign, { result: answer.pass });
        return state.Next;
      }
      const error = answer === 'silence' ? 'States.Timeout' : answer.fail;
      const retrier = retriers.find((candidate) => matches(candidate.ErrorEquals, error));
      const count = retrier === undefined ? 0 : (used.get(retrier) ?? 0);
      if (retrier !== undefined && count < retrier.MaxAttempts) {
        used.set(retrier, count + 1);
        this.clock += waitOf(retrier, count);
        continue;
      }
      const catcher = ((state.Catch ?? []) as readonly Catcher[]).find(({ ErrorEquals }) =>
        matches(ErrorEquals, error),
      );
      this.assign(catcher?.Assign, { errorOutput: { Error: error } });
      return catcher?.Next;
    }
  }

  private attempt(state: State): Answer {
    if (String(state.Resource) === 'arn:aws:states:::aws-sdk:cloudwatch:putMetricData') {
      this.figures.push(this.evaluate(state.Arguments));
      return this.options.blind === true ? { fail: 'CloudWatch.InternalServiceException' } : { pass: {} };
    }
    const { QueueUrl, MessageBody } = state.Arguments as { QueueUrl: string; MessageBody: unknown };
    const message = this.evaluate(MessageBody) as Command['message'];
    const command = { queue: QueueUrl, message, atSeconds: this.clock };
    const resource = String(state.Resource);
    if (resource === 'arn:aws:states:::sqs:sendMessage') {
      this.notices.push(command);
      return { pass: { MessageId: 'id' } };
    }
    if (resource !== 'arn:aws:states:::sqs:sendMessage.waitForTaskToken') throw new Error(`no rule for ${resource}`);
    this.commands.push(command);
    const answer = this.options.answer(command);
    this.clock += answer === 'silence' ? Number(state.TimeoutSeconds) : (this.options.answerSeconds ?? 0);
    return answer;
  }

  private assign(assignments: unknown, states: object = {}): void {
    Object.assign(this.variables, this.evaluate(assignments ?? {}, states) as object);
  }

  /** A value with its expressions replaced. One that yields nothing is an error, as in Step Functions. */
  private evaluate(value: unknown, states: object = {}): unknown {
    if (Array.isArray(value)) return value.map((item) => this.evaluate(item, states));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.evaluate(item, states)]));
    }
    const expression = typeof value === 'string' ? /^\{% (.*) %\}$/.exec(value)?.[1] : undefined;
    if (expression === undefined) return value;
    const found = this.expression(expression, states);
    if (found === undefined) throw new Error(`States.QueryEvaluationError: ${expression} yields nothing`);
    return found;
  }

  private expression(text: string, states: object): unknown {
    const choice = /^\$exists\((.+)\) \? (.+) : (.+)$/.exec(text);
    if (choice !== null) {
      const [, test = '', yes = '', no = ''] = choice;
      return this.expression(this.expression(test, states) === undefined ? no : yes, states);
    }
    const elapsed = /^\$toMillis\((.+)\) - \$toMillis\((.+)\) >= (\d+)$/.exec(text);
    if (elapsed !== null) {
      const [, later = '', earlier = '', limit] = elapsed;
      const millis = (path: string): number => Date.parse(String(this.expression(path, states)));
      return millis(later) - millis(earlier) >= Number(limit);
    }
    const difference = /^\$toMillis\((\S+)\) - \$toMillis\((\S+)\)$/.exec(text);
    if (difference !== null) {
      const [later = 0, earlier = 0] = difference
        .slice(1)
        .map((path) => Date.parse(String(this.expression(path, states))));
      return later - earlier;
    }
    const equal = /^(\$\w+) = '([\w -]+)'$/.exec(text);
    if (equal !== null) return this.expression(equal[1] ?? '', states) === equal[2];
    if (!/^\$[\w.]+$/.test(text)) throw new Error(`no rule for the expression ${text}`);
    const [root = '', ...path] = text.slice(1).split('.');
    const from = root === 'states' ? { ...this.context(), ...states } : this.variables[root];
    return path.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], from);
  }

  private context(): object {
    const { input } = this.options;
    const instant = (seconds: number): string => new Date(start + seconds * 1000).toISOString();
    const execution = { Id: `arn:${executionName}`, Name: executionName, Input: input, StartTime: instant(0) };
    const task = { Token: `token-${this.commands.length + 1}` };
    return { input, context: { Execution: execution, State: { EnteredTime: instant(this.entered) }, Task: task } };
  }
}

const matches = (errors: readonly string[], error: string): boolean =>
  errors.some((candidate) => candidate === 'States.ALL' || candidate === error);

const waitOf = ({ IntervalSeconds = 1, BackoffRate = 2, MaxDelaySeconds = Infinity }: Retrier, count: number): number =>
  Math.min(IntervalSeconds * BackoffRate ** count, MaxDelaySeconds);
