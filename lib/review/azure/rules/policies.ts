import { isList, isObject, listOf, objectOf, shown, stringsOf, textOf } from '../../json';
import type { Json, JsonObject } from '../../json';
import { nearest } from '../../nearest';
import { builtInPolicies, commonParameters, restrictedPods, standards, type PolicyValue } from '../data/policies';
import { reporter, type Rule } from '../rule';
import type { Resource, Stack } from '../stack';

const NAME = 'policies';
const report = reporter(NAME);

const ASSIGNMENT = /^azurerm_(management_group|resource|resource_group|subscription)_policy_assignment$/;

const fits: Readonly<Record<PolicyValue, (value: Json | undefined) => boolean>> = {
  list: isList,
  object: isObject,
  text: (value) => typeof value === 'string',
};

/**
 * Every policy that is assigned is one that Azure has, refuses what breaks it, and takes what it is given; pods are restricted. A
 * standard judges by all of its rules, writes down what it finds, and makes nothing.
 */
export const policies: Rule = {
  name: NAME,
  judge: (stack) => [
    ...stack.resources
      .filter(({ type }) => ASSIGNMENT.test(type))
      .flatMap((resource) => problemsOf(resource).map((problem) => report(resource, problem))),
    ...unrestricted(stack).map((cluster) =>
      report(cluster, `must have restricted pods by a policy, got none: assign ${restrictedPods} in its stack`),
    ),
  ],
};

function problemsOf({ arguments: given }: Resource): readonly string[] {
  const id = textOf(given.policy_definition_id) ?? '';
  const deploying = Object.hasOwn(standards, id) ? standards[id] : undefined;
  if (deploying !== undefined) return [...unenforced(given), ...overridden(given, deploying)];
  const policy = Object.hasOwn(builtInPolicies, id) ? builtInPolicies[id] : undefined;
  if (policy === undefined) {
    const [closest] = nearest(id, Object.keys(builtInPolicies), 1);
    return [`policy_definition_id must be a policy of Azure that is written down, got ${shown(id)}: is it ${closest}?`];
  }
  const values = parametersOf(given);
  if (values === undefined) return [`parameters must be an object as JSON, got ${shown(given.parameters)}`];
  const known = { ...commonParameters, ...policy.optional, ...policy.required };
  const effect = textOf(objectOf(values.effect).value);
  return [
    ...unenforced(given),
    ...(effect?.toLowerCase() === 'deny' ? [] : [`effect must be "deny", got ${shown(effect)}: refuse what breaks it`]),
    ...Object.keys(policy.required)
      .filter((name) => !Object.hasOwn(values, name))
      .map((name) => `parameters must hold ${name}, got ${Object.keys(values).join(', ')}: write it`),
    ...Object.entries(values).flatMap(([name, value]) => valueProblem(name, objectOf(value).value, known)),
  ];
}

const unenforced = ({ enforce }: JsonObject): readonly string[] =>
  enforce === false || enforce === 'false'
    ? [
        'enforce must not be false, got false: what nothing enforces protects nothing, and nothing is written down of it',
      ]
    : [];

/** What is wrong with the rules of a standard that are off: those that make something are, and no others. */
function overridden({ overrides }: JsonObject, deploying: readonly string[]): readonly string[] {
  const off = listOf(overrides)
    .map(objectOf)
    .filter(({ value }) => value === 'Disabled')
    .flatMap(({ selectors }) => listOf(selectors).flatMap((selector) => stringsOf(objectOf(selector).in)));
  const on = deploying.filter((rule) => !off.includes(rule));
  const wrong = off.filter((rule) => !deploying.includes(rule));
  return [
    ...(on.length > 0 ? [`overrides must turn off ${on.join(', ')}, got them on: they make what no stack has`] : []),
    ...(wrong.length > 0
      ? [`overrides must leave ${wrong.join(', ')} on, got them off: exempt them, with the reason`]
      : []),
  ];
}

function valueProblem(
  name: string,
  value: Json | undefined,
  known: Readonly<Record<string, PolicyValue>>,
): readonly string[] {
  const kind = Object.hasOwn(known, name) ? known[name] : undefined;
  if (kind === undefined) {
    return [`${name} is no parameter of this policy: did you mean ${nearest(name, Object.keys(known), 1).join('')}?`];
  }
  return fits[kind](value) ? [] : [`${name} must be a ${kind}, got ${shown(value)}`];
}

/** The parameters of an assignment, which Terraform takes as a text. */
function parametersOf({ parameters }: JsonObject): JsonObject | undefined {
  try {
    const parsed = JSON.parse(textOf(parameters) ?? '{}') as Json;
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** Clusters whose stack restricts no pods. */
const unrestricted = ({ resources }: Stack): readonly Resource[] =>
  resources.some(({ arguments: given, type }) => ASSIGNMENT.test(type) && given.policy_definition_id === restrictedPods)
    ? []
    : resources.filter(({ type }) => type === 'azurerm_kubernetes_cluster');
