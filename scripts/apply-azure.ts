import { resolve as absolute, join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../bin/inputs';
import { applicable, terraform } from './azure-terraform';

const USAGE = `usage: npm run apply:azure -- [plan|apply] [--output DIR] [--stack NAME]... [-- ARGUMENT...]

Runs terraform init and plan, or apply, in every stack of an output, each after the stacks that it reads. It refuses, by
name, values that only documents use, and an output that no gate has seen, before it calls Terraform. The stack link, which
has to be told what AWS has, is left out: npm run carry:link is for it.

  --output DIR   what was synthesized (default: cdktf.out)
  --stack NAME   this stack alone: foundation, or retailflow-production-foundation; may be given several times
  ARGUMENT       handed to terraform plan or apply: -auto-approve

Exit code: 0 if every stack went well, 1 if something was refused or failed. After a failure no further stack is touched.
`;

const ACTIONS = ['plan', 'apply'];

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
  for (const stack of applicable(absolute(values.output), values.stack)) {
    terraform(stack, ['init', '-input=false']);
    terraform(stack, [action, '-input=false', ...rest]);
  }
}

try {
  main();
} catch (error) {
  process.stderr.write(`apply-azure: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
