import { entriesOf } from '../../json';
import { producerOf, weakReference } from '../references';
import { reporter } from '../rule';
import type { Rule } from '../rule';

const report = reporter('stack-outputs');

/** Every output that a stack reads of another exists: a weak reference is not checked by CloudFormation until then. */
export const stackOutputs: Rule = (stack, assembly) => {
  const holders = [
    ...stack.resources.map((resource) => ({ resource, value: resource.properties })),
    { resource: undefined, value: stack.outputs },
  ];
  return holders.flatMap(({ resource, value }) =>
    entriesOf(value).flatMap((entry) => {
      const read = weakReference(entry.value, stack);
      if (read === undefined) return [];
      const producer = producerOf(read, assembly);
      const name = `${read.stackName} (${read.region})`;
      if (producer === undefined) {
        return [report(stack, resource, `${entry.at} reads ${name}, which is no stack here: correct the reference`)];
      }
      return Object.hasOwn(producer.outputs, read.outputName)
        ? []
        : [
            report(
              stack,
              resource,
              `${entry.at} reads ${read.outputName} of ${name}, which has no such output: add it`,
            ),
          ];
    }),
  );
};
