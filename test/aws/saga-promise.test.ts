import { sagaDefinition } from '../../lib/aws/saga-definition';
import type { Workflow } from '../../lib/platform/nouns/service';
import { commandsOf, input, played, saga, targets, withoutRepetition } from '../support/played-saga';
import { run, type Answer } from '../support/states-language';

describe('a step that promises how fast it is undone', () => {
  const promise = { withinMilliseconds: 200, workMilliseconds: 40 };
  const fast: Workflow = {
    ...saga,
    steps: saga.steps.map((step, index) => (index === 0 ? { ...step, compensates: promise } : step)),
  };

  test.each<[string, Answer, string[]]>([
    ['take-payment', { fail: 'Refused' }, []],
    ['take-payment', { fail: 'Broken' }, ['refund-payment']],
    ['reserve-stock', { fail: 'Refused' }, ['refund-payment']],
    ['reserve-stock', 'silence', ['refund-payment', 'release-stock']],
    ['fulfil-order', { fail: 'Refused' }, ['refund-payment', 'release-stock']],
    ['fulfil-order', 'silence', ['refund-payment', 'cancel-order', 'release-stock']],
  ])('is undone before all others when %s answers %j', (step, answer, undone) => {
    const result = played(fast, { [step]: answer });
    const commands = withoutRepetition(commandsOf(result));
    expect(commands.slice(commands.indexOf(step) + 1)).toEqual(undone);
    expect(result).toMatchObject({ status: 'SUCCEEDED', endedIn: 'Undone' });
  });

  test('is measured each time, from the command to the answer', () => {
    expect(played(fast, { 'fulfil-order': { fail: 'Refused' } }, 3).figures).toEqual([
      {
        Namespace: 'Mainstay/Workflows',
        MetricData: [{ MetricName: 'UndoneAfter', Unit: 'Milliseconds', Value: 3000 }],
      },
    ]);
    expect(played(fast, {}).figures).toEqual([]);
    expect(played(fast, { 'take-payment': { fail: 'Refused' } }).figures).toEqual([]);
  });

  test('is undone with all others where nothing can be noted', () => {
    const result = run(sagaDefinition(fast, targets(fast)), {
      input,
      blind: true,
      answer: ({ message }) => (message.command === 'fulfil-order' ? { fail: 'Refused' } : { pass: {} }),
    });
    expect(commandsOf(result).slice(-2)).toEqual(['refund-payment', 'release-stock']);
    expect(result).toMatchObject({ status: 'SUCCEEDED', endedIn: 'Undone' });
  });

  test('is undone first when time is over too', () => {
    const slow = { ...fast, timeoutMinutes: 1 };
    expect(commandsOf(played(slow, {}, 40)).slice(-2)).toEqual(['refund-payment', 'release-stock']);
  });

  test('leaves a saga alone that has none', () => {
    expect(JSON.stringify(sagaDefinition(saga, targets(saga)))).not.toMatch(/putMetricData|UndoOthers|others/);
  });
});
