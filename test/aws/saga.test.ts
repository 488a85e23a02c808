import * as fc from 'fast-check';
import { compensations, heartbeatSeconds, worstSeconds } from '../../lib/aws/saga';
import { sagaDefinition } from '../../lib/aws/saga-definition';
import type { Workflow } from '../../lib/platform/nouns/service';
import { commandsOf, input, played, queueOf, saga, services, targets, withoutRepetition } from '../support/played-saga';
import { run, type Answer } from '../support/states-language';

describe('the order saga', () => {
  test('does its steps in order and tells how it ended', () => {
    const result = played(saga, {});
    expect(commandsOf(result)).toEqual(['take-payment', 'reserve-stock', 'fulfil-order']);
    expect(result).toMatchObject({ status: 'SUCCEEDED', endedIn: 'Done' });
    expect(result.output).toEqual({ executionName: 'order-4711', outcome: 'done' });
    expect(result.notices).toEqual([
      {
        queue: queueOf('notifications'),
        atSeconds: 0,
        message: {
          workflow: 'order-saga',
          executionId: 'arn:order-4711',
          executionName: 'order-4711',
          correlationId: 'trace-1',
          input,
          outcome: 'done',
        },
      },
    ]);
  });

  test('gives a service all that it needs to do a step once, and to answer', () => {
    const [, second] = played(saga, {}).commands;
    expect(second).toEqual({
      queue: queueOf('catalog'),
      atSeconds: 0,
      message: {
        workflow: 'order-saga',
        executionId: 'arn:order-4711',
        executionName: 'order-4711',
        correlationId: 'trace-1',
        input,
        step: 'reserve-stock',
        command: 'reserve-stock',
        token: 'token-2',
        results: { 'take-payment': { from: 'take-payment' } },
      },
    });
  });

  test('gives a compensation the results of what it undoes', () => {
    const undone = played(saga, { 'fulfil-order': { fail: 'Refused' } });
    const refund = undone.commands.find(({ message }) => message.command === 'refund-payment');
    expect(refund?.message).toMatchObject({
      step: 'take-payment',
      results: { 'take-payment': { from: 'take-payment' } },
    });
    expect(refund?.queue).toBe(queueOf('payment'));
  });

  test('correlates by the execution where the caller names nothing', () => {
    const result = run(sagaDefinition(saga, targets(saga)), { input: {}, answer: () => ({ pass: {} }) });
    expect(result.commands[0]?.message.correlationId).toBe('order-4711');
  });

  test.each<[string, Answer, string[]]>([
    ['take-payment', { fail: 'Refused' }, []],
    ['take-payment', { fail: 'Broken' }, ['refund-payment']],
    ['reserve-stock', { fail: 'Refused' }, ['refund-payment']],
    ['reserve-stock', 'silence', ['release-stock', 'refund-payment']],
    ['fulfil-order', { fail: 'Refused' }, ['release-stock', 'refund-payment']],
    ['fulfil-order', 'silence', ['cancel-order', 'release-stock', 'refund-payment']],
  ])('undoes what was done when %s answers %j', (step, answer, undone) => {
    const result = played(saga, { [step]: answer });
    const commands = withoutRepetition(commandsOf(result));
    expect(commands.slice(commands.indexOf(step) + 1)).toEqual(undone);
    expect(result).toMatchObject({ status: 'SUCCEEDED', endedIn: 'Undone' });
    const error = { Error: answer === 'silence' ? 'States.Timeout' : 'fail' in answer ? answer.fail : '' };
    expect(result.output).toEqual({ executionName: 'order-4711', outcome: 'undone', failure: { step, error } });
    expect(result.notices.map(({ message }) => message)).toEqual([
      expect.objectContaining({ outcome: 'undone', failure: { step, error } }),
    ]);
  });

  test.each<[Answer, number]>([
    [{ fail: 'Refused' }, 1],
    [{ fail: 'Broken' }, 6],
    ['silence', 6],
  ])('asks again, unless refused: after %j it asked %d times', (answer, times) => {
    const asked = commandsOf(played(saga, { 'reserve-stock': answer })).filter(
      (command) => command === 'reserve-stock',
    );
    expect(asked).toHaveLength(times);
  });

  test('stops at a compensation that fails at every try, telling nobody that all is well', () => {
    const result = played(saga, { 'fulfil-order': { fail: 'Refused' }, 'release-stock': 'silence' });
    expect(result).toMatchObject({ status: 'FAILED', endedIn: 'release-stock', notices: [] });
    expect(commandsOf(result)).not.toContain('refund-payment');
    expect(commandsOf(result).filter((command) => command === 'release-stock')).toHaveLength(11);
  });

  test('tries a refused compensation again: there is no way back from undoing', () => {
    const result = played(saga, { 'fulfil-order': { fail: 'Refused' }, 'release-stock': { fail: 'Refused' } });
    expect(commandsOf(result).filter((command) => command === 'release-stock')).toHaveLength(11);
  });

  test('begins no step after its time, and undoes what it did', () => {
    const result = played(saga, {}, saga.timeoutMinutes * 60);
    expect(commandsOf(result)).toEqual(['take-payment', 'refund-payment']);
    expect(result.output).toMatchObject({
      outcome: 'undone',
      failure: { step: 'reserve-stock', error: { Error: 'OutOfTime' } },
    });
  });

  test('waits for an answer as long as the step may take, and hears from long steps in between', () => {
    const { States } = sagaDefinition(saga, targets(saga));
    expect(States['take-payment']).toMatchObject({ TimeoutSeconds: 120 });
    expect(States['take-payment']).not.toHaveProperty('HeartbeatSeconds');
    expect(States['fulfil-order']).toMatchObject({ TimeoutSeconds: 900, HeartbeatSeconds: 300 });
    expect(States['cancel-order']).toMatchObject({ TimeoutSeconds: 900, HeartbeatSeconds: 300 });
  });

  test('spreads its tries at random, further apart each time', () => {
    const { States } = sagaDefinition(saga, targets(saga));
    expect(States['take-payment']?.Retry).toEqual([
      { ErrorEquals: ['Refused'], MaxAttempts: 0 },
      {
        ErrorEquals: ['States.ALL'],
        IntervalSeconds: 2,
        BackoffRate: 2,
        MaxDelaySeconds: 60,
        JitterStrategy: 'FULL',
        MaxAttempts: 3,
      },
    ]);
    expect(States['refund-payment']?.Retry).toEqual([
      expect.objectContaining({ ErrorEquals: ['States.ALL'], JitterStrategy: 'FULL', MaxAttempts: 10 }),
    ]);
  });

  test('tells nobody where the platform names no queue', () => {
    const { notifies: _notifies, ...silent } = saga;
    const result = played(silent, {});
    expect(result).toMatchObject({ status: 'SUCCEEDED', endedIn: 'Done', notices: [] });
    expect(Object.keys(sagaDefinition(silent, targets(silent)).States)).not.toContain('TellDone');
  });
});

test.each([
  [60, undefined],
  [599, undefined],
  [600, 200],
  [901, 301],
])('a step of %d s tells that it is alive every %p s', (timeout, heartbeat) => {
  expect(heartbeatSeconds(timeout)).toBe(heartbeat);
});

const step = (index: number) =>
  fc.record({
    name: fc.constant(`do-${index}`),
    service: fc.constantFrom(...services),
    timeoutSeconds: fc.integer({ min: 1, max: 86_400 }),
    retries: fc.integer({ min: 0, max: 10 }),
    compensation: fc.constantFrom(`undo-${index}`, { none: 'nothing to take back, it only reads' }),
  });
const anySaga: fc.Arbitrary<Workflow> = fc.integer({ min: 1, max: 8 }).chain((count) =>
  fc.record({
    timeoutMinutes: fc.integer({ min: 1, max: 1440 }),
    steps: fc.tuple(...Array.from({ length: count }, (_, index) => step(index))),
    notifies: fc.constant('notifications'),
  }),
);
const anyFailure = anySaga.chain((spec) =>
  fc.record({
    spec: fc.constant(spec),
    failed: fc.integer({ min: 0, max: spec.steps.length - 1 }),
    answer: fc.constantFrom<Answer>({ fail: 'Refused' }, { fail: 'Broken' }, 'silence'),
  }),
);

describe('any saga', () => {
  test('undoes exactly what was done, last first, wherever and however it fails', () => {
    fc.assert(
      fc.property(anyFailure, ({ spec, failed, answer }) => {
        const result = played({ ...spec, timeoutMinutes: 1e6 }, { [`do-${failed}`]: answer });
        const commands = withoutRepetition(commandsOf(result)).map(String);
        const done = commands.filter((command) => command.startsWith('do-'));
        const undone = commands.slice(done.length);
        const refused = answer !== 'silence' && 'fail' in answer && answer.fail === 'Refused';
        const touched = refused ? done.slice(0, -1) : done;
        const canBeUndone = (name: string): boolean =>
          spec.steps.some((candidate) => candidate.name === name && typeof candidate.compensation === 'string');

        expect(done).toEqual(spec.steps.slice(0, failed + 1).map(({ name }) => name));
        expect(undone).toEqual(
          touched
            .filter(canBeUndone)
            .reverse()
            .map((name) => name.replace('do', 'undo')),
        );
        expect(undone).toEqual(compensations(spec, failed, refused ? 'refused' : 'unknown'));
        expect(result).toMatchObject({ status: 'SUCCEEDED', endedIn: 'Undone' });
      }),
    );
  });

  test('does every step and undoes none when nothing fails', () => {
    fc.assert(
      fc.property(anySaga, (spec) => {
        expect(commandsOf(played(spec, {}))).toEqual(spec.steps.map(({ name }) => name));
      }),
    );
  });

  test('never runs longer than the worst that is reckoned, so the limit of the machine cuts nothing short', () => {
    fc.assert(
      fc.property(anySaga, (drawn) => {
        const spec = { ...drawn, timeoutMinutes: 1e6 };
        const tries = new Map<string, number>();
        const definition = sagaDefinition(spec, targets(spec));
        // Everything passes at its last try, but for the last step.
        const result = run(definition, {
          input,
          answer: ({ message }) => {
            const command = String(message.command);
            const before = tries.get(command) ?? 0;
            tries.set(command, before + 1);
            const step = spec.steps.find(({ name }) => name === command);
            const last = step === spec.steps.at(-1) ? Infinity : (step?.retries ?? 10);
            return before < last ? 'silence' : { pass: {} };
          },
        });
        expect(result.seconds).toBeLessThanOrEqual(worstSeconds(spec));
        expect(result.status).toBe('SUCCEEDED');
        expect(definition.TimeoutSeconds).toBeGreaterThan(worstSeconds(spec));
        expect(definition.TimeoutSeconds).toBeGreaterThan(spec.timeoutMinutes * 60);
      }),
    );
  });

  test('begins no step once its time is over', () => {
    fc.assert(
      fc.property(anySaga, fc.integer({ min: 0, max: 90_000 }), (spec, answerSeconds) => {
        const result = played(spec, {}, answerSeconds);
        const late = result.commands.filter(
          ({ message, atSeconds }) =>
            String(message.command).startsWith('do-') && atSeconds > 0 && atSeconds >= spec.timeoutMinutes * 60,
        );
        expect(late).toEqual([]);
        expect(result.status).toBe('SUCCEEDED');
      }),
    );
  });

  test('has no state that cannot be reached, and none that is named and missing', () => {
    fc.assert(
      fc.property(anySaga, (spec) => {
        const { States, StartAt } = sagaDefinition(spec, targets(spec));
        const named = [...JSON.stringify(States).matchAll(/"(?:Next|Default)":"([^"]+)"/g)].map(([, name]) => name);
        expect(new Set([StartAt, ...named])).toEqual(new Set(Object.keys(States)));
      }),
    );
  });
});
