import { parseArgs } from 'node:util';
import { root } from '../bin/inputs';

/**
 * Runs a command that is told by its place on the command line: its usage on `--help`, one line of what is wrong, and files of
 * another place than this repository on `--root`.
 *
 * @param least How many words it must be given
 * @returns the status with which the process ends
 */
export function command(
  name: string,
  usage: string,
  least: number,
  run: (words: readonly string[], root: string) => void,
): number {
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { root: { type: 'string', default: root }, help: { type: 'boolean' } },
    });
    if (values.help === true) {
      process.stdout.write(usage);
      return 0;
    }
    if (positionals.length < least)
      throw new Error(`must be given ${least} words, got ${positionals.length}\n\n${usage}`);
    run(positionals, values.root);
    return 0;
  } catch (error) {
    process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}
