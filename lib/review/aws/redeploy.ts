import { isVolatile } from './data/volatile-attributes';
import { entriesOf, objectOf } from '../json';
import { mentionsIn } from './mentions';
import { producerOf, weakReference } from './references';
import type { WeakReference } from './references';
import type { Assembly, Stack } from './stack';
import type { ResourceChange, TemplateDifference } from './template-diff';

/**
 * A stack that must be deployed with `--force`: it reads another stack's output, whose value changes, while its own
 * template does not, so that the deployment would skip it and leave it with the old value.
 */
export interface Redeployment {
  /** Path of the stack to deploy. */
  readonly stack: string;
  /** Path of the stack that has the output. */
  readonly producer: string;
  readonly output: string;
  /** Why the value changes. */
  readonly because: string;
}

/** A stack of both assemblies. */
export interface Pair {
  readonly base: Stack;
  readonly head: Stack;
  readonly difference: TemplateDifference;
}

/** Effects after which a resource has another name, address and ARN. */
const NEW_IDENTITY = ['replace', 'may replace'];

/** The stacks whose templates stay the same while a value that they read from another stack changes, sorted. */
export function redeployments(pairs: readonly Pair[], head: Assembly): readonly Redeployment[] {
  const changed = changedOutputs(pairs, head);
  return pairs
    .filter(({ base, head: { template } }) => JSON.stringify(base.template) === JSON.stringify(template))
    .flatMap(({ head: consumer }) => {
      const reads = new Map(weakReads(consumer).map((read) => [keyOf(read), read]));
      return [...reads].flatMap(([key, read]) => {
        const because = changed.get(key);
        const producer = producerOf(read, head);
        return because === undefined || producer === undefined
          ? []
          : [{ stack: consumer.name, producer: producer.name, output: read.outputName, because }];
      });
    })
    .sort((a, b) => (`${a.stack} ${a.producer} ${a.output}` < `${b.stack} ${b.producer} ${b.output}` ? -1 : 1));
}

function keyOf({ stackName, region, outputName }: WeakReference): string {
  return [stackName, region, outputName].join(' ');
}

/** Every output of other stacks that a template reads when it is deployed. */
function weakReads(stack: Stack): readonly WeakReference[] {
  return entriesOf(stack.template).flatMap(({ value }) => weakReference(value, stack) ?? []);
}

/** The outputs whose values change, with the reason; an output that passes on another's value changes with it. */
function changedOutputs(pairs: readonly Pair[], head: Assembly): ReadonlyMap<string, string> {
  const outputs = pairs.flatMap((pair) =>
    Object.entries(pair.head.outputs)
      .filter(([name]) => Object.hasOwn(pair.base.outputs, name))
      .map(([name, output]) => ({ pair, name, value: objectOf(output).Value ?? null })),
  );
  const changed = new Map<string, string>();
  let before = -1;
  while (changed.size > before) {
    before = changed.size;
    for (const { pair, name, value } of outputs) {
      const { stackName, region } = pair.head;
      const key = keyOf({ stackName, region, outputName: name });
      const reason = changed.get(key) ?? ownReason(pair, name) ?? passedOn(value, pair.head, changed, head);
      if (reason !== undefined) changed.set(key, reason);
    }
  }
  return changed;
}

/** Why an output changes by what its own template does. */
function ownReason({ base, head, difference }: Pair, name: string): string | undefined {
  const value = objectOf(head.outputs[name]).Value ?? null;
  if (JSON.stringify(objectOf(base.outputs[name]).Value ?? null) !== JSON.stringify(value)) return 'its value changes';
  const changes = new Map<string, ResourceChange>(difference.resources.map((change) => [change.logicalId, change]));
  for (const { id, attribute } of mentionsIn(value)) {
    const change = changes.get(id);
    if (change === undefined) continue;
    if (NEW_IDENTITY.includes(change.effect)) return `${id} is replaced`;
    if (isVolatile(change.type, attribute)) return `${id} is updated`;
  }
  return undefined;
}

/** Why an output changes by what it reads of another stack. */
function passedOn(
  value: Parameters<typeof entriesOf>[0],
  stack: Stack,
  changed: ReadonlyMap<string, string>,
  head: Assembly,
): string | undefined {
  for (const entry of entriesOf(value)) {
    const read = weakReference(entry.value, stack);
    if (read !== undefined && changed.has(keyOf(read))) {
      return `it passes on ${read.outputName} of ${producerOf(read, head)?.name ?? read.stackName}`;
    }
  }
  return undefined;
}
