import { byName } from '../stateful-lock';
import type { Held } from '../stateful-lock';
import type { Assembly } from './stack';
import { STATEFUL_TYPES, statefulType } from './stateful-types';

/** What holds data in each stage of an assembly. */
export function heldIn({ stacks }: Assembly): Held {
  const stages = [...new Set(stacks.map(({ stage }) => stage))];
  const entries = stages.map((stage) => {
    const held = stacks
      .filter((stack) => stack.stage === stage)
      .flatMap((stack) =>
        stack.resources
          .filter((resource) => statefulType(resource) !== undefined)
          .map(({ logicalId, type, path }) => ({ stack: stack.name, logicalId, type, path })),
      );
    return [stage, [...held].sort(byName)] as const;
  });
  return { entries, loses: (type) => STATEFUL_TYPES[type]?.loses ?? 'what it holds' };
}
