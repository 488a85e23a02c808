import { isList, isObject, objectOf, textOf } from '../json';
import type { Json, JsonObject } from '../json';
import { mentionsIn } from './mentions';
import type { Mention } from './mentions';
import { oncePer } from '../../platform/once';
import type { Assembly, Resource, Stack } from './stack';

/** Types whose `Ref` is one of their attributes, so that both ways to name a resource are the same name. */
const REF_IS_ATTRIBUTE: Readonly<Record<string, readonly string[]>> = {
  'AWS::EC2::SecurityGroup': ['GroupId', 'Id'],
  'AWS::ElasticLoadBalancingV2::Listener': ['ListenerArn'],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ['LoadBalancerArn'],
  'AWS::ElasticLoadBalancingV2::TargetGroup': ['TargetGroupArn'],
};

/** A resource that a value stands for. */
export interface Referent {
  readonly stack: Stack;
  readonly resource: Resource;
  /** The attribute, or nothing for the resource's `Ref`. */
  readonly attribute: string | undefined;
}

/** An output of another stack that a template reads when it is deployed, and not before. */
export interface WeakReference {
  readonly stackName: string;
  readonly region: string;
  readonly outputName: string;
}

/** The weak reference that a value is, if it is one. The region defaults to the reader's. */
export function weakReference(value: Json | undefined, reader: Stack): WeakReference | undefined {
  const read = isObject(value) ? value['Fn::GetStackOutput'] : undefined;
  if (!isObject(read)) return undefined;
  const { StackName, Region, OutputName } = read;
  if (typeof StackName !== 'string' || typeof OutputName !== 'string') return undefined;
  return { stackName: StackName, region: textOf(Region) ?? reader.region, outputName: OutputName };
}

const deployed = oncePer(
  ({ stacks }: Assembly) => new Map(stacks.map((stack) => [`${stack.stackName} ${stack.region}`, stack])),
);

/** The stack that is deployed under a name in a region. */
export function producerOf({ stackName, region }: WeakReference, assembly: Assembly): Stack | undefined {
  return deployed(assembly).get(`${stackName} ${region}`);
}

const exported = oncePer(({ stacks }: Assembly) => {
  const outputs = stacks.flatMap((stack) =>
    Object.values(stack.outputs).flatMap((output) => {
      const name = textOf(objectOf(objectOf(output).Export).Name);
      return name === undefined ? [] : [[`${name} ${stack.region}`, { stack, value: objectOf(output).Value }] as const];
    }),
  );
  return new Map(outputs);
});

/** One step from a value of one stack to the value of another that it stands for. */
function follow(value: JsonObject, stack: Stack, assembly: Assembly): { stack: Stack; value: Json } | undefined {
  const weak = weakReference(value, stack);
  if (weak !== undefined) {
    const producer = producerOf(weak, assembly);
    const output = objectOf(producer?.outputs[weak.outputName]).Value;
    return producer === undefined || output === undefined ? undefined : { stack: producer, value: output };
  }
  const name = textOf(value['Fn::ImportValue']);
  const found = name === undefined ? undefined : exported(assembly).get(`${name} ${stack.region}`);
  return found?.value === undefined ? undefined : { stack: found.stack, value: found.value };
}

/** The value that is meant, however many stacks pass it on. A circle of outputs ends where it began. */
function origin(value: Json, stack: Stack, assembly: Assembly): { stack: Stack; value: Json } {
  const seen = new Set<Json>();
  let here = { stack, value };
  while (isObject(here.value) && !seen.has(here.value)) {
    seen.add(here.value);
    const next = follow(here.value, here.stack, assembly);
    if (next === undefined) break;
    here = next;
  }
  return here;
}

/** The logical id and attribute that `Ref` or `Fn::GetAtt` names. */
function named(value: Json): Mention | undefined {
  return isObject(value) && ('Ref' in value || 'Fn::GetAtt' in value) ? mentionsIn(value)[0] : undefined;
}

/** The resource that a value stands for, in whichever stack of the assembly it is. */
export function referent(value: Json | undefined, stack: Stack, assembly: Assembly): Referent | undefined {
  if (value === undefined) return undefined;
  const source = origin(value, stack, assembly);
  const name = named(source.value);
  const resource = source.stack.resources.find(({ logicalId }) => logicalId === name?.id);
  if (name === undefined || resource === undefined) return undefined;
  const isRef = name.attribute !== undefined && REF_IS_ATTRIBUTE[resource.type]?.includes(name.attribute) === true;
  return { stack: source.stack, resource, attribute: isRef ? undefined : name.attribute };
}

const PSEUDO_PARAMETERS: Readonly<Record<string, (stack: Stack) => string>> = {
  'AWS::AccountId': ({ account }) => account,
  'AWS::Region': ({ region }) => region,
  'AWS::StackName': ({ stackName }) => stackName,
};

/**
 * A name for what a value stands for, the same for two values that the assembly shows to be the same: a resource by its
 * stack and logical id, a parameter by its stack and name, anything else by its text.
 */
export function canonicalKey(value: Json, stack: Stack, assembly: Assembly): string {
  const found = referent(value, stack, assembly);
  if (found !== undefined) {
    const attribute = found.attribute === undefined ? '' : `.${found.attribute}`;
    return `${found.stack.name}/${found.resource.logicalId}${attribute}`;
  }
  const source = origin(value, stack, assembly);
  const key = (item: Json): string => canonicalKey(item, source.stack, assembly);
  if (isList(source.value)) return `[${source.value.map(key).join(', ')}]`;
  if (!isObject(source.value)) return String(source.value);
  if (typeof source.value.Ref === 'string') {
    const { Ref } = source.value;
    return PSEUDO_PARAMETERS[Ref]?.(source.stack) ?? `${source.stack.name}/${Ref}`;
  }
  const fields = Object.entries(source.value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, item]) => `${name}: ${key(item)}`).join(', ')}}`;
}
