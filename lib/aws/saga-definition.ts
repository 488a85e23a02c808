import type { Workflow } from '../platform/nouns/service';
import {
  compensations,
  heartbeatSeconds,
  promisedStep,
  refused,
  stepRepetition,
  undoOf,
  undoRepetition,
  worstSeconds,
  type Failure,
  type Repetition,
  type Step,
} from './saga';

/** Where the states of a saga send their messages. */
export interface SagaTargets {
  /** Name of the workflow, for consumers of more than one. */
  readonly workflow: string;
  readonly partition: string;
  /** URL of the command queue by service. */
  readonly commands: Readonly<Record<string, string>>;
  /** URL of the queue that is told how the run ended. @default - nobody is told */
  readonly notifications?: string;
  /** Where it is noted how long the step took to be undone that promises a time. */
  readonly undoing: { readonly namespace: string; readonly metricName: string };
}

/** A state in the Amazon States Language. */
export type State = Readonly<Record<string, unknown>> & { readonly Type: string; readonly Next?: string };

/** A state machine in the Amazon States Language. */
export interface Definition {
  readonly Comment: string;
  readonly QueryLanguage: 'JSONata';
  readonly StartAt: string;
  readonly TimeoutSeconds: number;
  readonly States: Readonly<Record<string, State>>;
}

const names = {
  begin: 'Begin',
  tellDone: 'TellDone',
  done: 'Done',
  tellUndone: 'TellUndone',
  undone: 'Undone',
  measure: 'NoteUndoing',
  rest: 'UndoOthers',
} as const;

/** Name of the state in which every undone run ends. */
export const undoneState = names.undone;

/**
 * The state machine of a saga. States of steps and of compensations bear the names of their commands.
 *
 * A run ends as done or, with every step undone again, as undone; both succeed, for both leave things in order. It
 * fails only where undoing (or the message at the end) fails for good: then it stops at that very state, from which
 * Step Functions can take it up again. A run over its time begins no further step and is undone.
 */
export function sagaDefinition(spec: Workflow, targets: SagaTargets): Definition {
  const saga = new Saga(spec, targets);
  return {
    Comment: `Saga ${targets.workflow}: ${spec.steps.map(({ name }) => name).join(', ')}`,
    QueryLanguage: 'JSONata',
    StartAt: names.begin,
    TimeoutSeconds: Math.max(spec.timeoutMinutes * 60, worstSeconds(spec)) + backstopSeconds,
    States: Object.fromEntries(saga.states()),
  };
}

/** Beyond the worst run, so that the machine's own limit, which undoes nothing, ends only what hangs by a fault. */
const backstopSeconds = 3600;

type Named = readonly [name: string, state: State];

const expression = (text: string): string => `{% ${text} %}`;
const executionInput = expression('$states.context.Execution.Input');
const executionId = expression('$states.context.Execution.Id');
const executionName = expression('$states.context.Execution.Name');

/** Variable that holds a step's answer. */
const resultVariable = (step: Step): string => `result_${step.name.replaceAll('-', '_')}`;

class Saga {
  public constructor(
    private readonly spec: Workflow,
    private readonly targets: SagaTargets,
  ) {}

  public states(): readonly Named[] {
    const { steps } = this.spec;
    return [
      this.begin(),
      ...steps.flatMap((step, index) => [...(index === 0 ? [] : [this.deadline(index)]), this.step(step, index)]),
      ...steps.flatMap((step, index) => this.undo(step, index)).reverse(),
      ...this.afterPromise(),
      ...this.end(names.tellDone, names.done, {}),
      ...this.end(names.tellUndone, names.undone, { failure: expression('$failure') }),
    ];
  }

  private begin(): Named {
    return [
      names.begin,
      {
        Type: 'Pass',
        Assign: {
          correlationId: expression(
            '$exists($states.input.correlationId) ? $states.input.correlationId : $states.context.Execution.Name',
          ),
          ...Object.fromEntries(this.spec.steps.map((step) => [resultVariable(step), null])),
        },
        Next: this.forward(0),
      },
    ];
  }

  /** Before every step but the first: is there time left to begin it? */
  private deadline(index: number): Named {
    const elapsed = '$toMillis($states.context.State.EnteredTime) - $toMillis($states.context.Execution.StartTime)';
    const error = { Error: 'OutOfTime', Cause: `the run took longer than ${this.spec.timeoutMinutes} minutes` };
    return [
      deadlineState(this.spec.steps[index]),
      {
        Type: 'Choice',
        Choices: [
          {
            Condition: expression(`${elapsed} >= ${this.spec.timeoutMinutes * 60_000}`),
            Assign: { failure: { step: this.spec.steps[index]?.name, error }, ...this.others(index, 'refused') },
            Next: this.firstUndo(index, 'refused'),
          },
        ],
        Default: this.spec.steps[index]?.name,
      },
    ];
  }

  private step(step: Step, index: number): Named {
    const failed = (errors: string, failure: Failure) => ({
      ErrorEquals: [errors],
      Assign: {
        failure: { step: step.name, error: expression('$states.errorOutput') },
        ...this.others(index, failure),
      },
      Next: this.firstUndo(index, failure),
    });
    return [
      step.name,
      {
        ...this.command(step, step.name, index),
        Assign: { [resultVariable(step)]: expression('$states.result') },
        Retry: [{ ErrorEquals: [refused], MaxAttempts: 0 }, retry(stepRepetition(step.retries))],
        Catch: [failed(refused, 'refused'), failed('States.ALL', 'unknown')],
        Next: this.forward(index + 1),
      },
    ];
  }

  private undo(step: Step, index: number): readonly Named[] {
    const command = undoOf(step);
    if (command === undefined) return [];
    const isFirst = step === promisedStep(this.spec);
    const state = {
      ...this.command(step, command, index + 1),
      ...(isFirst ? { Assign: { begun: expression('$states.context.State.EnteredTime') } } : {}),
      Retry: [retry(undoRepetition)],
      Next: isFirst ? names.measure : this.firstOther(index, 'refused'),
    };
    return [[command, state]];
  }

  /** After the step that is undone before all others: how long that took is noted, then the others are undone from where the run failed. */
  private afterPromise(): readonly Named[] {
    if (promisedStep(this.spec) === undefined) return [];
    const { metricName, namespace } = this.targets.undoing;
    const elapsed = '$toMillis($states.context.State.EnteredTime) - $toMillis($begun)';
    const others = this.otherUndos(this.spec.steps.length, 'refused');
    const onwards = others.length === 0 ? this.ending(names.tellUndone, names.undone) : names.rest;
    const measure: State = {
      Type: 'Task',
      Resource: `arn:${this.targets.partition}:states:::aws-sdk:cloudwatch:putMetricData`,
      Arguments: {
        Namespace: namespace,
        MetricData: [{ MetricName: metricName, Unit: 'Milliseconds', Value: expression(elapsed) }],
      },
      // What could not be noted must not keep the run from being undone.
      Catch: [{ ErrorEquals: ['States.ALL'], Next: onwards }],
      Next: onwards,
    };
    const rest: State = {
      Type: 'Choice',
      Choices: others.map((name) => ({ Condition: expression(`$others = '${name}'`), Next: name })),
      Default: this.ending(names.tellUndone, names.undone),
    };
    return [[names.measure, measure], ...(others.length === 0 ? [] : [[names.rest, rest] as const])];
  }

  /** A message to the step's service, which answers with the token. */
  private command(step: Step, command: string, results: number): State {
    const heartbeat = heartbeatSeconds(step.timeoutSeconds);
    return {
      Type: 'Task',
      Resource: this.resource('sendMessage.waitForTaskToken'),
      Arguments: {
        QueueUrl: this.targets.commands[step.service],
        MessageBody: {
          ...this.run(),
          step: step.name,
          command,
          token: expression('$states.context.Task.Token'),
          results: Object.fromEntries(
            this.spec.steps
              .slice(0, results)
              .map((earlier) => [earlier.name, expression(`$${resultVariable(earlier)}`)]),
          ),
        },
      },
      TimeoutSeconds: step.timeoutSeconds,
      ...(heartbeat === undefined ? {} : { HeartbeatSeconds: heartbeat }),
    };
  }

  private end(tell: string, end: string, extra: Readonly<Record<string, string>>): readonly Named[] {
    const outcome = { outcome: end.toLowerCase(), ...extra };
    const ended: Named = [end, { Type: 'Succeed', Output: { executionName, ...outcome } }];
    if (this.targets.notifications === undefined) return [ended];
    const told: Named = [
      tell,
      {
        Type: 'Task',
        Resource: this.resource('sendMessage'),
        Arguments: { QueueUrl: this.targets.notifications, MessageBody: { ...this.run(), ...outcome } },
        Retry: [retry(undoRepetition)],
        Next: end,
      },
    ];
    return [told, ended];
  }

  /** What every message says of the run. */
  private run(): Readonly<Record<string, string>> {
    return {
      workflow: this.targets.workflow,
      executionId,
      executionName,
      correlationId: expression('$correlationId'),
      input: executionInput,
    };
  }

  private forward(index: number): string {
    const step = this.spec.steps[index];
    if (step === undefined) return this.ending(names.tellDone, names.done);
    return index === 0 ? step.name : deadlineState(step);
  }

  private firstUndo(failed: number, failure: Failure): string {
    return compensations(this.spec, failed, failure)[0] ?? this.ending(names.tellUndone, names.undone);
  }

  /** What is undone besides the step that promises a time, in order. */
  private otherUndos(failed: number, failure: Failure): readonly string[] {
    const promised = promisedStep(this.spec);
    const first = promised === undefined ? undefined : undoOf(promised);
    return compensations(this.spec, failed, failure).filter((command) => command !== first);
  }

  private firstOther(failed: number, failure: Failure): string {
    return this.otherUndos(failed, failure)[0] ?? this.ending(names.tellUndone, names.undone);
  }

  /** Where undoing goes on after the step that promises a time. */
  private others(failed: number, failure: Failure): Readonly<Record<string, string>> {
    return promisedStep(this.spec) === undefined ? {} : { others: this.firstOther(failed, failure) };
  }

  private ending(tell: string, end: string): string {
    return this.targets.notifications === undefined ? end : tell;
  }

  private resource(action: string): string {
    return `arn:${this.targets.partition}:states:::sqs:${action}`;
  }
}

const deadlineState = (step: Step | undefined): string => `In time for ${step?.name}`;

const retry = ({ attempts, firstWaitSeconds, longestWaitSeconds }: Repetition) => ({
  ErrorEquals: ['States.ALL'],
  IntervalSeconds: firstWaitSeconds,
  BackoffRate: 2,
  MaxDelaySeconds: longestWaitSeconds,
  JitterStrategy: 'FULL',
  MaxAttempts: attempts,
});
