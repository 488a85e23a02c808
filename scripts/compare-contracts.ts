import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { breaksOf, lostWith } from '../lib/platform/openapi/breaking';

const USAGE = `usage: compare-contracts <base> <head>

Compares two directories of contracts and prints what clients can no longer do as they did: an operation that is gone, a parameter or a body
that is needed and was not. A contract whose info.version begins with a higher number than before may do so; one that is gone, if all of its
operations said deprecated: true.

Exit code: 0 if nothing breaks, 1 if something does, 2 if the comparison cannot be made.
`;

/** Contracts in a directory, from there; none where there is no such directory. */
const contractsIn = (directory: string): readonly string[] =>
  existsSync(directory)
    ? readdirSync(directory, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.yaml'))
        .sort()
    : [];

const read = (directory: string, file: string): unknown => parse(readFileSync(join(directory, file), 'utf8'));

/** Prints what breaks; returns whether nothing does. */
function compare(base: string, head: string): boolean {
  const broken = contractsIn(base).flatMap((file) => {
    const before = read(base, file);
    const breaks = existsSync(join(head, file)) ? breaksOf(before, read(head, file)) : lostWith(before);
    return breaks.map((what) => `${file}: ${what}\n`);
  });
  const remedy =
    'Keep it, or raise the first number of info.version once clients have changed. A contract may go whose operations all said deprecated: true.\n';
  process.stdout.write(broken.length === 0 ? 'No client must change.\n' : [...broken, remedy].join(''));
  return broken.length === 0;
}

/** Runs the command line; returns the exit code. */
function main(): number {
  try {
    const { positionals } = parseArgs({ allowPositionals: true, options: {} });
    const [base, head, ...rest] = positionals;
    if (base === undefined || head === undefined || rest.length > 0) {
      throw new Error(`must be given two directories, got ${positionals.length}\n\n${USAGE}`);
    }
    return compare(base, head) ? 0 : 1;
  } catch (error) {
    process.stderr.write(`compare-contracts: ${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
}

process.exitCode = main();
