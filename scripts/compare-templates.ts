import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readAssembly } from '../lib/review/aws/assembly';
import { compareAssemblies } from '../lib/review/aws/compare';
import { markdownReport, textReport } from '../lib/review/aws/compare-report';
import { parseWaivers } from '../lib/review/aws/data-waivers';

const USAGE = `usage: compare-templates <base> <head> [--markdown FILE] [--waivers FILE]

Compares two cloud assemblies (cdk.out) and prints what a deployment of <head> would do to <base>.

  --markdown FILE  writes the report as Markdown, too
  --waivers FILE   reviewed decisions that data may be lost, [{ stack, logicalId, reason }]
                   (default: waivers/data-changes.json, none if there is no such file)

Exit code: 0 if no data is at risk, 1 if some is or a waiver is not needed, 2 if the comparison cannot be made.
`;

const DEFAULT_WAIVERS = 'waivers/data-changes.json';

/** Compares, prints and writes; returns whether no data is at risk. */
function compare(base: string, head: string, markdown: string | undefined, waivers: string | undefined): boolean {
  const file = waivers ?? DEFAULT_WAIVERS;
  const list = waivers !== undefined || existsSync(file) ? parseWaivers(readFileSync(file, 'utf8')) : [];
  const comparison = compareAssemblies(readAssembly(base), readAssembly(head), list);
  process.stdout.write(textReport(comparison));
  if (markdown !== undefined) writeFileSync(markdown, markdownReport(comparison));
  return comparison.refused.length === 0;
}

/** Runs the command line; returns the exit code. */
function main(): number {
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { markdown: { type: 'string' }, waivers: { type: 'string' }, help: { type: 'boolean' } },
    });
    const [base, head, ...rest] = positionals;
    if (values.help === true) {
      process.stdout.write(USAGE);
      return 0;
    }
    if (base === undefined || head === undefined || rest.length > 0) {
      throw new Error(`must be given two directories, got ${positionals.length}\n\n${USAGE}`);
    }
    return compare(base, head, values.markdown, values.waivers) ? 0 : 1;
  } catch (error) {
    process.stderr.write(`compare-templates: ${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
}

process.exitCode = main();
