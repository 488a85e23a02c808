import type { Json, JsonObject } from '../json';

/** A resource of a template. */
export interface Resource {
  readonly logicalId: string;
  /** CloudFormation type: `AWS::SQS::Queue`. */
  readonly type: string;
  /** Path of the construct that made it: `retailflow-production/Messaging/Orders/Resource`. */
  readonly path: string;
  readonly properties: JsonObject;
  readonly metadata: JsonObject;
  readonly deletionPolicy: Json | undefined;
  readonly updateReplacePolicy: Json | undefined;
}

/** An annotation that a construct left in the assembly. */
export interface Message {
  readonly level: 'error' | 'warning';
  readonly path: string;
  readonly text: string;
}

/** A stack of an assembly. A nested stack is a stack of its own here, named by its path. */
export interface Stack {
  /** Path of the stack: `retailflow-production/Network`. */
  readonly name: string;
  /** The CDK Stage that the stack belongs to, empty outside any. */
  readonly stage: string;
  /** Name under which it is deployed; the path for a nested stack, whose name is known only at deployment. */
  readonly stackName: string;
  readonly account: string;
  readonly region: string;
  /** The template as it stands in its file. */
  readonly template: JsonObject;
  /** Size of the template's file in bytes. */
  readonly bytes: number;
  /** The template's resources, sorted by logical id. */
  readonly resources: readonly Resource[];
  readonly outputs: JsonObject;
  /** Paths of the stacks that are deployed before this one, sorted. */
  readonly dependencies: readonly string[];
  /** Keys of the look-ups that the synth could not do. */
  readonly missing: readonly string[];
  readonly terminationProtection: boolean;
  readonly messages: readonly Message[];
  /** Path of the construct behind a logical id; `<stack>/<logical id>` where the assembly does not tell. */
  constructPath(logicalId: string): string;
}

/** All stacks of a cloud assembly and of the assemblies inside it, sorted by path. */
export interface Assembly {
  readonly stacks: readonly Stack[];
}

/** The resources of a stack that have one of the given types. */
export function resourcesOf(stack: Stack, ...types: readonly string[]): readonly Resource[] {
  return stack.resources.filter(({ type }) => types.includes(type));
}
