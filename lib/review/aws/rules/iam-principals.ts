import { isObject, listOf, textOf } from '../../json';
import type { Json } from '../../json';
import { policyStatements } from '../policy-documents';
import type { PolicyStatement } from '../policy-documents';
import { reporter } from '../rule';
import type { Rule } from '../rule';

const report = reporter('iam-principals');

const KEYS = ['AWS', 'Service', 'Federated', 'CanonicalUser'];

/** How the name of a service ends. */
const SERVICE = /\.(amazonaws\.com(\.cn)?|amazon\.com)$/;

/** Principals have keys that AWS knows and services' names; whoever lets everyone in does so under a condition. */
export const iamPrincipals: Rule = (stack) =>
  stack.resources.flatMap((resource) =>
    policyStatements(resource)
      .flatMap(problemsOf)
      .map((problem) => report(stack, resource, problem)),
  );

function problemsOf({ at, principal, allows, hasCondition }: PolicyStatement): readonly string[] {
  if (principal === undefined) return [];
  const open = allows && !hasCondition && isEveryone(principal);
  return [
    ...malformed(principal),
    ...(open ? ["lets the principal '*' in without a condition: name the principal, or add a condition"] : []),
  ].map((problem) => `${at} ${problem}`);
}

function isEveryone(principal: Json): boolean {
  const names = isObject(principal) ? listOf(principal.AWS) : [principal];
  return names.some((name) => textOf(name) === '*');
}

function malformed(principal: Json): readonly string[] {
  if (!isObject(principal)) {
    return principal === '*'
      ? []
      : [`must have a principal '*' or by key, got ${JSON.stringify(principal)}: use a key`];
  }
  const unknown = Object.keys(principal).filter((key) => !KEYS.includes(key));
  const services = listOf(principal.Service).map(textOf);
  return [
    ...unknown.map((key) => `must have principals of ${KEYS.join(', ')}, got '${key}': correct the key`),
    ...services
      .filter((name) => name !== undefined && !SERVICE.test(name))
      .map((name) => `must name services as <service>.amazonaws.com, got '${name}': correct the name`),
  ];
}
