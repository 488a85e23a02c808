import { isList, isObject, objectOf, stringsOf, textOf } from '../../../lib/review/json';
import type { Json, JsonObject } from '../../../lib/review/json';
import { producerOf, referent, weakReference } from '../../../lib/review/aws/references';
import type { Assembly, Resource, Stack } from '../../../lib/review/aws/stack';

/** A resource as a reader of the templates sees it: every value followed to the resource that it comes from. */
export interface Block {
  /** Name of the stack inside its stage: `Data`. */
  readonly stack: string;
  /** Path of the construct, without the stage and without CDK's own last step: `Data/StoreDatabase/Server/Cluster`. */
  readonly path: string;
  readonly type: string;
  /** `Properties`, `DeletionPolicy`, `UpdateReplacePolicy`, `DependsOn`: what the template says. */
  readonly body: JsonObject;
}

/** A stack as a reader sees it. */
export interface Sheet {
  readonly stack: Stack;
  /** Name of the stack inside its stage: `Data`. */
  readonly name: string;
  readonly blocks: readonly Block[];
}

/** How a value says that it comes from a resource. */
export const reference = (path: string, attribute?: string): string =>
  `\${${path}${attribute === undefined ? '' : `.${attribute}`}}`;

/** Name of a path inside its stage. */
export const insideStage = (path: string): string => path.replace(/^[^/]+\//, '').replace(/\/(Resource|Default)$/, '');

const PSEUDO_PARAMETERS: Readonly<Record<string, (stack: Stack) => string>> = {
  'AWS::AccountId': ({ account }) => account,
  'AWS::Region': ({ region }) => region,
  'AWS::StackName': ({ stackName }) => stackName,
  'AWS::Partition': () => 'aws',
  'AWS::URLSuffix': () => 'amazonaws.com',
};

/**
 * Follows every value of an assembly to what it stands for. A resource is written `${Data/AssetsBucket/Bucket.Arn}`,
 * the same from whichever stack it is read; texts that were joined are joined; what is known at synthesis is a literal.
 */
export class Graph {
  public readonly sheets: readonly Sheet[];
  public constructor(private readonly assembly: Assembly) {
    this.sheets = assembly.stacks.map((stack) => ({
      stack,
      name: insideStage(stack.name),
      blocks: stack.resources.map((resource) => this.block(stack, resource)),
    }));
  }

  /** All resources of all stacks, and each stack itself as if it were one. */
  public get blocks(): readonly Block[] {
    return this.sheets.flatMap((sheet) => [this.ofStack(sheet), ...sheet.blocks]);
  }

  /** The value with everything followed. `AWS::NoValue` is left out, as CloudFormation does. */
  public follow(value: Json, stack: Stack): Json {
    if (isList(value)) return value.filter((item) => !isNoValue(item)).map((item) => this.follow(item, stack));
    if (!isObject(value)) return value;
    return this.intrinsic(value, stack) ?? this.fields(value, stack);
  }

  private ofStack({ name, stack }: Sheet): Block {
    const { account, region, stackName, template, terminationProtection } = stack;
    const rules = this.follow(template.Rules ?? {}, stack);
    return {
      stack: name,
      path: name,
      type: 'Stack',
      body: { Properties: { account, region, stackName, terminationProtection, rules } },
    };
  }

  private block(stack: Stack, resource: Resource): Block {
    const { Properties, DeletionPolicy, UpdateReplacePolicy, DependsOn, UpdatePolicy } = objectOf(
      objectOf(stack.template.Resources)[resource.logicalId],
    );
    const body = { Properties: Properties ?? {}, DeletionPolicy, UpdateReplacePolicy, UpdatePolicy };
    const dependsOn = stringsOf(DependsOn).map((id) => insideStage(stack.constructPath(id)));
    return {
      stack: insideStage(stack.name),
      path: insideStage(resource.path),
      type: resource.type,
      body: {
        ...this.fields(present(body), stack),
        ...(dependsOn.length === 0 ? {} : { DependsOn: dependsOn }),
      },
    };
  }

  private fields(value: JsonObject, stack: Stack): JsonObject {
    const entries = Object.entries(value).filter(([, item]) => !isNoValue(item));
    return Object.fromEntries(entries.map(([key, item]) => [key, this.follow(item, stack)]));
  }

  /** What an intrinsic function gives; nothing for an object that is none. */
  private intrinsic(value: JsonObject, stack: Stack): Json | undefined {
    const [entry, ...others] = Object.entries(value);
    if (entry === undefined || others.length > 0) return undefined;
    const [name, argument] = entry;
    if (name !== 'Ref' && !name.startsWith('Fn::')) return undefined;
    const found = referent(value, stack, this.assembly);
    if (found !== undefined) return reference(insideStage(found.resource.path), found.attribute);
    switch (name) {
      case 'Ref':
        return parameter(textOf(argument) ?? '', stack);
      case 'Fn::GetStackOutput':
        return this.output(value, stack);
      case 'Fn::Join':
        return this.join(argument, stack);
      case 'Fn::Sub':
        return this.substitute(argument, stack);
      default:
        return computed(name.replace('Fn::', ''), this.follow(argument, stack));
    }
  }

  private output(value: JsonObject, reader: Stack): Json {
    const weak = weakReference(value, reader);
    const producer = weak === undefined ? undefined : producerOf(weak, this.assembly);
    const output = objectOf(producer?.outputs[weak?.outputName ?? '']).Value;
    if (producer === undefined || output === undefined) return unresolved(JSON.stringify(value));
    return this.follow(output, producer);
  }

  private join(argument: Json, stack: Stack): Json {
    const [separator, parts] = isList(argument) ? argument : [];
    if (!isList(parts)) return computed('Join', this.follow(argument, stack));
    return parts.map((part) => textIn(this.follow(part, stack))).join(textOf(separator) ?? '');
  }

  private substitute(argument: Json, stack: Stack): string {
    const [pattern, variables] = isList(argument) ? argument : [argument];
    const own = this.fields(objectOf(variables), stack);
    const named = (name: string): Json =>
      this.follow(name.includes('.') ? { 'Fn::GetAtt': name } : { Ref: name }, stack);
    return (textOf(pattern) ?? '').replace(/\$\{([^!}][^}]*)\}/g, (_, name: string) =>
      textIn(own[name] ?? named(name)),
    );
  }
}

/** What is worked out at deployment: `${Messaging/Orders split by / #4}`. */
function computed(name: string, argument: Json): string {
  const parts = isList(argument) ? argument : [argument];
  const [first, second] = parts.map((part) => textIn(part).replace(/^\$\{([^{}]*)\}$/, '$1'));
  if (name === 'Split') return `\${${second} split by ${first}}`;
  if (name === 'Select') return `\${${second} #${first}}`;
  return `\${${name} ${JSON.stringify(argument)}}`;
}

/** Marks what leads nowhere. */
const unresolved = (what: string): string => `\${unresolved ${what}}`;

/** The value of a pseudo parameter, the name of any other. */
function parameter(name: string, stack: Stack): string {
  const known = PSEUDO_PARAMETERS[name]?.(stack);
  if (known !== undefined) return known;
  const declared = objectOf(stack.template.Parameters)[name] !== undefined;
  return declared ? `\${parameter ${name}}` : unresolved(`${insideStage(stack.name)} ${name}`);
}

const textIn = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

const isNoValue = (value: Json | undefined): boolean => isObject(value) && value.Ref === 'AWS::NoValue';

const present = (value: Readonly<Record<string, Json | undefined>>): JsonObject =>
  Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (item === undefined ? [] : [[key, item] as const])),
  );
