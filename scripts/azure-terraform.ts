import { listOf, objectOf, textOf } from '../lib/review/json';
import type { Stack } from '../lib/review/azure/stack';
import { inOrder } from './azure-stacks';
import { runCommand } from './command';

/** Values of variables of Terraform, by their names. */
export type Values = Readonly<Record<string, string>>;

const missingTerraform = 'terraform must be on the PATH, got none: install version 1.11 or later';

/** Sentences with which a stack refuses to be applied. They are read, not computed: a refusal is there until a synth without it. */
const refusalsOf = ({ resources }: Stack): readonly string[] =>
  resources
    .filter(({ type }) => type === 'terraform_data')
    .flatMap(({ lifecycle }) => listOf(lifecycle.precondition))
    .map((precondition) => textOf(objectOf(precondition).error_message) ?? '');

const environmentName = (variable: string): string => `TF_VAR_${variable}`;

/** Variables that a stack has to be told and is not. */
const untold = ({ variables }: Stack, values: Values): readonly string[] =>
  Object.keys(variables).filter(
    (name) =>
      objectOf(variables[name]).default === undefined &&
      values[name] === undefined &&
      process.env[environmentName(name)] === undefined,
  );

const isCalled = ({ name }: Stack, word: string): boolean => name === word || name.endsWith(`-${word}`);

function named(stacks: readonly Stack[], names: readonly string[]): readonly Stack[] {
  const unknown = names.filter((word) => !stacks.some((stack) => isCalled(stack, word)));
  if (unknown.length > 0) {
    throw new Error(
      `--stack must name one of ${stacks.map(({ name }) => name).join(', ')}, got ${unknown.join(', ')}: correct it`,
    );
  }
  return names.length === 0 ? stacks : stacks.filter((stack) => names.some((word) => isCalled(stack, word)));
}

/**
 * The stacks of an output that Terraform may be called for, in the order in which they are applied. Where all are asked for, one that has
 * to be told something and is not is left out, and said.
 *
 * @param output Where the output is.
 * @param names Which stacks; none for all.
 * @param values What they are told.
 * @throws Error that lists every refusal of the output, or every name that is none, or what a named stack has to be told
 */
export function applicable(output: string, names: readonly string[], values: Values = {}): readonly Stack[] {
  const all = inOrder(output);
  const refusals = [...new Set(all.flatMap(refusalsOf))];
  if (refusals.length > 0) {
    throw new Error([`${refusals.length} reasons against it:`, ...refusals.map((each) => `  ${each}`)].join('\n'));
  }
  const chosen = named(all, names);
  const waiting = chosen.filter((stack) => untold(stack, values).length > 0);
  const sentences = waiting.map(
    (stack) => `${stack.name} must be told ${untold(stack, values).join(', ')}: npm run carry:link brings them`,
  );
  if (names.length > 0 && sentences.length > 0) throw new Error(sentences.join('\n'));
  for (const sentence of sentences) process.stdout.write(`left out: ${sentence}\n`);
  return chosen.filter((stack) => !waiting.includes(stack));
}

/** Calls Terraform in a stack, for people to read. */
export function terraform({ directory, name }: Stack, args: readonly string[], values: Values = {}): void {
  process.stdout.write(`\n${name}: terraform ${args.join(' ')}\n`);
  const env = Object.fromEntries(Object.entries(values).map(([variable, value]) => [environmentName(variable), value]));
  const { missing, status } = runCommand(['terraform', ...args], { cwd: directory, env });
  if (missing) throw new Error(missingTerraform);
  if (status !== 0) throw new Error(`${name}: terraform ${args[0] ?? ''} failed, no further stack was touched`);
}

/** What Terraform tells of a stack from its state: `terraform output -json`. */
export function outputsOf(output: string, stack: string): unknown {
  const found = inOrder(output).find(({ name }) => name === stack);
  if (found === undefined) throw new Error(`${output} must hold ${stack}: synthesize it`);
  const ask = (...args: readonly string[]): string => {
    const ended = runCommand(['terraform', ...args], { cwd: found.directory, quiet: true });
    if (ended.missing) throw new Error(missingTerraform);
    if (ended.status !== 0) throw new Error(`terraform ${args[0] ?? ''} failed:\n${ended.output}`);
    return ended.stdout;
  };
  ask('init', '-input=false', '-no-color');
  return JSON.parse(ask('output', '-json', '-no-color')) as unknown;
}
