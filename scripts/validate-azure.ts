import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve as absolute } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../bin/inputs';
import { objectOf } from '../lib/review/json';
import { producerOf } from '../lib/review/azure/references';
import type { Site, Stack } from '../lib/review/azure/stack';
import { inOrder } from './azure-stacks';
import { withStandIns } from './azure-stand-ins';
import { runCommand } from './command';

const USAGE = `usage: npm run validate:azure [-- --strict] [--output DIR]

Lets Terraform look at what was synthesized: terraform validate, and terraform test with a provider that only pretends,
so that every stack is planned without credentials. Where the provider cannot be had, Terraform reads every stack with
stand-ins for what the provider makes: its language, its references and its order are judged, its arguments are not. Where
something is missing, it says so and ends well, unless it is to be strict.

  --output DIR   what was synthesized (default: cdktf.out)
  --strict       fails where something is missing, too

Exit code: 0 if nothing was refused, 1 if something was, or is missing and it was to be strict.
`;

/** Thrown where something that is not of the repository is missing. */
class Missing extends Error {}

/** Thrown where Terraform is there, and a provider is not. */
class MissingProvider extends Missing {}

const INIT = ['terraform', 'init', '-backend=false', '-input=false', '-no-color'] as const;

/** What a name that a state holds may be in a test. */
const PRETENDED =
  '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.Test/tests/test';

/** What a variable that has to be given may be in a test: an address of the other end of the link, which is a key by its looks, too. */
const PRETENDED_VALUE = '13.0.0.1';

/**
 * A test that plans a stack: providers pretend, states of other stacks have every output, variables that have to be given are,
 * and values that only documents use are let pass.
 */
export function testFile(stack: Stack, site: Site): string {
  const providers = Object.keys(stack.requiredProviders).map((name) => `mock_provider "${name}" {}`);
  const states = stack.data
    .filter(({ type }) => type === 'data.terraform_remote_state')
    .map(({ address }) => {
      const outputs = Object.keys(producerOf(address, stack, site)?.outputs ?? {}).sort();
      const lines = outputs.map((name) => `      ${JSON.stringify(name)} = ${JSON.stringify(PRETENDED)}`);
      return [
        'override_data {',
        `  target = ${address}`,
        '  values = {',
        '    outputs = {',
        ...lines,
        '    }',
        '  }',
        '}',
      ].join('\n');
    });
  const values = Object.entries(stack.variables).flatMap(([name, variable]) => {
    if (name === 'documentation_values') return [`    ${name} = ""`];
    return objectOf(variable).default === undefined ? [`    ${name} = "${PRETENDED_VALUE}"`] : [];
  });
  const variables = values.length === 0 ? [] : ['  variables {', ...values, '  }'];
  return (
    [...providers, ...states, ['run "plan" {', '  command = plan', ...variables, '}'].join('\n')].join('\n\n') + '\n'
  );
}

/** Does something in a new directory, so that what Terraform leaves is not in the output. */
function aside(work: (directory: string) => void): void {
  const directory = mkdtempSync(join(tmpdir(), 'mainstay-validate-'));
  try {
    work(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Runs one step of Terraform, which must succeed. */
function run(directory: string, { name }: Stack, command: string): void {
  const { output, status } = runCommand(['terraform', command, '-no-color'], { cwd: directory, quiet: true });
  if (status !== 0) throw new Error(`${name}: terraform ${command} refuses it:\n${output}`);
}

/** Lets Terraform and the providers look at a stack. */
function validate(stack: Stack, site: Site): void {
  aside((directory) => {
    cpSync(stack.directory, directory, { recursive: true });
    writeFileSync(join(directory, 'plan.tftest.hcl'), testFile(stack, site));
    const init = runCommand(INIT, { cwd: directory, quiet: true });
    if (init.missing) throw new Missing('terraform is not on the PATH: install version 1.11 or later');
    if (init.status !== 0) {
      throw new MissingProvider(`terraform init cannot get the providers of ${stack.name}:\n${init.output}`);
    }
    run(directory, stack, 'validate');
    run(directory, stack, 'test');
    process.stdout.write(`${stack.name}: valid, and planned with providers that pretend\n`);
  });
}

/** Lets Terraform alone look at a stack. */
function read(stack: Stack): void {
  aside((directory) => {
    writeFileSync(join(directory, 'cdk.tf.json'), JSON.stringify(withStandIns(objectOf(stack.file))));
    const init = runCommand(INIT, { cwd: directory, quiet: true });
    if (init.status !== 0) throw new Error(`${stack.name}: terraform init refuses it:\n${init.output}`);
    run(directory, stack, 'validate');
    process.stdout.write(`${stack.name}: read with stand-ins for its providers\n`);
  });
}

function main(): number {
  const { values } = parseArgs({
    options: {
      output: { type: 'string', default: join(root, 'cdktf.out') },
      strict: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const stacks = inOrder(absolute(values.output));
  try {
    for (const stack of stacks) validate(stack, { stacks });
    return 0;
  } catch (error) {
    if (!(error instanceof Missing) || values.strict) throw error;
    if (error instanceof MissingProvider) stacks.forEach(read);
    process.stdout.write(`validate-azure: not validated by Terraform, ${error.message}\n`);
    return 0;
  }
}

process.exitCode = 1;
try {
  process.exitCode = main();
} catch (error) {
  process.stderr.write(`validate-azure: ${error instanceof Error ? error.message : String(error)}\n`);
}
