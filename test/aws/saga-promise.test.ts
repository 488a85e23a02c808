import { sagaDefinition } from '../../lib/aws/saga-definition';
import { workflow, type Workflow } from '../../lib/platform/nouns/service';
import retailflow from '../../platforms/retailflow';
import { run, type Answer, type Command } from '../support/states-language';

const saga = workflow.parse(retailflow.workflows?.['order-saga']);
const services = ['payment', 'catalog', 'order'];
const queueOf = (service: string): string => `https://queue/${service}`;
const targets = (spec: Workflow) => ({
  workflow: 'order-saga',
  partition: 'aws',
  undoing: { namespace: 'Mainstay/Workflows', metricName: 'UndoneAfter' },
  commands: Object.fromEntries(services.map((service) => [service, queueOf(service)])),
  ...(spec.notifies === undefined ? {} : { notifications: queueOf('notifications') }),
});
const input = { orderId: '4711', correlationId: 'trace-1' };

/** Runs a saga in which some commands fail, the others pass with a result of their own. */
function played(spec: Workflow, failing: Readonly<Record<string, Answer>>, answerSeconds = 0) {
  return run(sagaDefinition(spec, targets(spec)), {
    input,
    answerSeconds,
    answer: ({ message }) => failing[String(message.command)] ?? { pass: { from: message.command } },
  });
}

const commandsOf = ({ commands }: { readonly commands: readonly Command[] }): unknown[] =>
  commands.map(({ message }) => message.command);
const withoutRepetition = (commands: readonly unknown[]): unknown[] =>
  commands.filter((command, index) => command !== commands[index - 1]);

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
