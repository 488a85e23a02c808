import { reporter } from '../rule';
import type { Rule } from '../rule';
import type { Assembly, Stack } from '../stack';

const report = reporter('assembly');

/** CloudFormation takes 500 resources and 1 MB a template; what comes close to it must be split before it hurts. */
const LIMITS = { resources: 450, bytes: 900_000 };

/** Every stack is synthesized whole, without errors, and has room to grow. */
export const assembly: Rule = (stack, whole) => [
  ...stack.missing
    .filter((key) => firstMissing(key, whole) === stack)
    .map((key) =>
      report(
        stack,
        undefined,
        `the synth lacks the look-up '${key}': give the value in the definition, look nothing up`,
      ),
    ),
  ...stack.messages
    .filter(({ level }) => level === 'error')
    .map(({ path, text }) => ({ ...report(stack, undefined, `a construct reports an error: ${text}`), path })),
  ...(stack.resources.length > LIMITS.resources
    ? [
        report(
          stack,
          undefined,
          `must have at most ${LIMITS.resources} resources, got ${stack.resources.length}: split it by life cycle`,
        ),
      ]
    : []),
  ...(stack.bytes > LIMITS.bytes
    ? [report(stack, undefined, `must have at most ${LIMITS.bytes} bytes, got ${stack.bytes}: split it by life cycle`)]
    : []),
];

/** The stack that reports a missing look-up: a manifest lists it for all its stacks. */
function firstMissing(key: string, { stacks }: Assembly): Stack | undefined {
  return stacks.find(({ missing }) => missing.includes(key));
}
