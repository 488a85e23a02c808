import type { Finding } from '../../finding';
import { didYouMean } from '../../../platform/nearest';
import { entriesOf } from '../../json';
import type { Json } from '../../json';
import { at, producerOf, referencesIn, type Reference } from '../references';
import { reporter, type Rule } from '../rule';
import { COUNT, schemaOf, type Arguments, type TypeSchema } from '../schema';
import { dependsOn } from '../read-site';
import type { Resource, Site, Stack } from '../stack';

const NAME = 'references';
const report = reporter(NAME);

/** Every name in an expression is declared, in the stack itself or as an output of another, and no stacks wait for each other. */
export const references: Rule = {
  name: NAME,
  strict: 'Terraform refuses it',
  judge: (stack, site) => [
    ...holders(stack).flatMap(({ about, prefix, value }) =>
      entriesOf(value).flatMap((entry) =>
        typeof entry.value === 'string'
          ? referencesIn(entry.value).flatMap((reference) => {
              const problem = problemOf(reference, stack, site);
              return problem === undefined ? [] : [report(about, `${prefix}${entry.at} ${problem}`)];
            })
          : [],
      ),
    ),
    ...stack.resources.flatMap((resource) =>
      dependsOn(resource)
        .filter((address) => at(stack, address) === undefined)
        .map((address) => report(resource, `depends_on names ${address}, which ${stack.name} lacks: correct it`)),
    ),
    ...cycles(stack, site),
  ],
};

interface Holder {
  readonly about: Resource | Stack;
  readonly prefix: string;
  readonly value: Json;
}

/** Everything of a stack that may hold an expression. */
const holders = (stack: Stack): readonly Holder[] => [
  ...[...stack.resources, ...stack.data].flatMap((about): readonly Holder[] => [
    { about, prefix: '', value: about.arguments },
    { about, prefix: 'lifecycle.', value: about.lifecycle },
  ]),
  { about: stack, prefix: 'output.', value: stack.outputs },
  { about: stack, prefix: 'local.', value: stack.locals },
  { about: stack, prefix: 'provider.', value: stack.providers },
];

function problemOf(reference: Reference, stack: Stack, site: Site): string | undefined {
  switch (reference.kind) {
    case 'variable':
      return unless(Object.keys(stack.variables), reference.name, 'var.', stack);
    case 'local':
      return unless(Object.keys(stack.locals), reference.name, 'local.', stack);
    case 'output':
      return outputProblem(reference, stack, site);
    case 'resource':
      return resourceProblem(reference, stack);
  }
}

const unless = (known: readonly string[], name: string, prefix: string, { name: stack }: Stack): string | undefined =>
  known.includes(name)
    ? undefined
    : `names ${prefix}${name}, which ${stack} lacks: ${didYouMean(name, known, 'declare it')}`;

function outputProblem(
  { output, state }: Reference & { kind: 'output' },
  stack: Stack,
  site: Site,
): string | undefined {
  if (at(stack, state) === undefined) return `names ${state}, which ${stack.name} lacks: read the state`;
  const producer = producerOf(state, stack, site);
  if (producer === undefined) return `reads ${state}, which is the state of no stack here: correct its place`;
  const known = Object.keys(producer.outputs);
  return known.includes(output)
    ? undefined
    : `reads ${output} of ${producer.name}, which has no such output: ${didYouMean(output, known, 'add it')}`;
}

function resourceProblem({ address, attribute }: Reference & { kind: 'resource' }, stack: Stack): string | undefined {
  const resource = at(stack, address);
  if (resource === undefined) {
    const known = [...stack.resources, ...stack.data].map((each) => each.address);
    return `names ${address}, which ${stack.name} lacks: ${didYouMean(address, known, 'declare it')}`;
  }
  const schema = schemaOf(resource.type);
  if (schema === undefined || attribute.length === 0 || hasAttribute(schema, attribute)) return undefined;
  const known = [...Object.keys(schema.arguments), ...schema.attributes];
  const name = attribute.join('.');
  return `reads ${name} of ${address}, which has no such attribute: ${didYouMean(name, known, 'correct it')}`;
}

/** Whether a type has an attribute: one that it tells, or one of its arguments. */
function hasAttribute({ arguments: taken, attributes }: TypeSchema, names: readonly string[]): boolean {
  const way = names.join('.');
  const told = attributes.some((each) => each === way || each.startsWith(`${way}.`) || way.startsWith(`${each}.`));
  return told || isArgument(taken, names);
}

function isArgument(taken: Arguments, [name = '', ...rest]: readonly string[]): boolean {
  const type = name === COUNT ? undefined : taken[name];
  if (typeof type === 'object') return rest.length === 0 || isArgument(type, rest);
  return type !== undefined && (rest.length === 0 || /^(\{|any)/.test(type));
}

/** States that a stack reads, and so the stacks that are applied before it. */
const needed = (stack: Stack, site: Site): readonly Stack[] =>
  stack.data.flatMap(({ address, type }) =>
    type === 'data.terraform_remote_state' ? (producerOf(address, stack, site) ?? []) : [],
  );

function cycles(stack: Stack, site: Site): readonly Finding[] {
  const seen = new Set<Stack>();
  const visit = (each: Stack): void => {
    for (const next of needed(each, site)) {
      if (seen.has(next)) continue;
      seen.add(next);
      visit(next);
    }
  };
  visit(stack);
  return seen.has(stack)
    ? [report(stack, `reads outputs of stacks that read its own, ${names(seen)}: let one of them know less`)]
    : [];
}

const names = (stacks: ReadonlySet<Stack>): string =>
  [...stacks]
    .map(({ name }) => name)
    .sort()
    .join(', ');
