import { literalText } from '../aws/literal-text';
import { resourcesOf, type Assembly, type Resource, type Stack } from '../aws/stack';
import { isObject, textOf, type JsonObject } from '../json';
import { kebab } from '../recovery/capability';

/** A state machine that was synthesized. */
export interface Machine {
  /** Name of its workflow. */
  readonly name: string;
  readonly stack: Stack;
  readonly resource: Resource;
  readonly startAt: string | undefined;
  readonly states: Readonly<Record<string, JsonObject>>;
}

/** The state machines of an assembly. */
export const machinesIn = ({ stacks }: Assembly): readonly Machine[] =>
  stacks.flatMap((stack) =>
    resourcesOf(stack, 'AWS::StepFunctions::StateMachine').map((resource) => {
      const text = literalText(resource.properties.DefinitionString);
      const { StartAt, States } = (text === undefined ? { States: {} } : JSON.parse(text)) as JsonObject;
      const states = Object.entries(isObject(States) ? States : {});
      return {
        name: kebab(/\/(\w+)\/Machine$/.exec(resource.path)?.[1] ?? ''),
        stack,
        resource,
        startAt: textOf(StartAt),
        states: Object.fromEntries(states.filter((entry): entry is [string, JsonObject] => isObject(entry[1]))),
      };
    }),
  );
