import { resolve as absolute, join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../bin/inputs';
import { listOf, objectOf, textOf } from '../lib/review/json';
import type { Stack } from '../lib/review/azure/stack';
import { inOrder } from './azure-stacks';
import { runCommand } from './command';

const USAGE = `usage: npm run apply:azure -- [plan|apply] [--output DIR] [--stack NAME]... [-- ARGUMENT...]

Runs terraform init and plan, or apply, in every stack of an output, each after the stacks that it reads. It refuses, by
name, values that only documents use, and an output that no gate has seen, before it calls Terraform.

  --output DIR   what was synthesized (default: cdktf.out)
  --stack NAME   this stack alone: foundation, or retailflow-production-foundation; may be given several times
  ARGUMENT       handed to terraform plan or apply: -auto-approve

Exit code: 0 if every stack went well, 1 if something was refused or failed. After a failure no further stack is touched.
`;

const ACTIONS = ['plan', 'apply'];

/** Sentences with which a stack refuses to be applied. They are read, not computed: a refusal is there until a synth without it. */
const refusalsOf = ({ resources }: Stack): readonly string[] =>
  resources
    .filter(({ type }) => type === 'terraform_data')
    .flatMap(({ lifecycle }) => listOf(lifecycle.precondition))
    .map((precondition) => textOf(objectOf(precondition).error_message) ?? '');

function chosen(stacks: readonly Stack[], names: readonly string[]): readonly Stack[] {
  const isCalled = ({ name }: Stack, word: string): boolean => name === word || name.endsWith(`-${word}`);
  const unknown = names.filter((word) => !stacks.some((stack) => isCalled(stack, word)));
  if (unknown.length > 0) {
    throw new Error(
      `--stack must name one of ${stacks.map(({ name }) => name).join(', ')}, got ${unknown.join(', ')}: correct it`,
    );
  }
  return names.length === 0 ? stacks : stacks.filter((stack) => names.some((word) => isCalled(stack, word)));
}

function terraform({ directory, name }: Stack, ...args: readonly string[]): void {
  process.stdout.write(`\n${name}: terraform ${args.join(' ')}\n`);
  const { missing, status } = runCommand(['terraform', ...args], { cwd: directory });
  if (missing) throw new Error('terraform must be on the PATH, got none: install version 1.11 or later');
  if (status !== 0) throw new Error(`${name}: terraform ${args[0] ?? ''} failed, no further stack was touched`);
}

function main(): void {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      output: { type: 'string', default: join(root, 'cdktf.out') },
      stack: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }
  const [action = 'plan', ...rest] = positionals;
  if (!ACTIONS.includes(action)) throw new Error(`must be told plan or apply, got ${action}\n\n${USAGE}`);
  const all = inOrder(absolute(values.output));
  const refusals = [...new Set(all.flatMap(refusalsOf))];
  if (refusals.length > 0) {
    throw new Error([`${refusals.length} reasons against it:`, ...refusals.map((each) => `  ${each}`)].join('\n'));
  }
  for (const stack of chosen(all, values.stack)) {
    terraform(stack, 'init', '-input=false');
    terraform(stack, action, '-input=false', ...rest);
  }
}

try {
  main();
} catch (error) {
  process.stderr.write(`apply-azure: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
