import { sagaDefinition } from '../../lib/aws/saga-definition';
import { workflow, type Workflow } from '../../lib/platform/nouns/service';
import retailflow from '../../platforms/retailflow';
import { run, type Answer, type Command } from './states-language';

/** RetailFlow's saga of an order. */
export const saga = workflow.parse(retailflow.workflows?.['order-saga']);
export const services = ['payment', 'catalog', 'order'];
export const queueOf = (service: string): string => `https://queue/${service}`;
export const targets = (spec: Workflow) => ({
  workflow: 'order-saga',
  partition: 'aws',
  undoing: { namespace: 'Mainstay/Workflows', metricName: 'UndoneAfter' },
  commands: Object.fromEntries(services.map((service) => [service, queueOf(service)])),
  ...(spec.notifies === undefined ? {} : { notifications: queueOf('notifications') }),
});
export const input = { orderId: '4711', correlationId: 'trace-1' };

/** Runs a saga in which some commands fail, the others pass with a result of their own. */
export function played(spec: Workflow, failing: Readonly<Record<string, Answer>>, answerSeconds = 0) {
  return run(sagaDefinition(spec, targets(spec)), {
    input,
    answerSeconds,
    answer: ({ message }) => failing[String(message.command)] ?? { pass: { from: message.command } },
  });
}

export const commandsOf = ({ commands }: { readonly commands: readonly Command[] }): unknown[] =>
  commands.map(({ message }) => message.command);
export const withoutRepetition = (commands: readonly unknown[]): unknown[] =>
  commands.filter((command, index) => command !== commands[index - 1]);
