import { partNamed, type Counts } from './parts';
import { messageOf } from './message';

/** What a process that writes a part tells the one that started it, on the last line of its standard output. */
export type PartReport = Counts;

/** Writes one part of a stage with every gate, in a process of its own: `part <part> <platform> <stage> <directory>`. */
async function main([name = '', platform = '', stage = '', outdir = '']: readonly string[]): Promise<void> {
  const part = partNamed(name);
  await part.write({ platform, stage }, outdir);
  const report: PartReport = part.count(outdir);
  console.log(JSON.stringify(report));
}

// Only the end of the last step makes it a success, so that a process which runs out of work has failed.
process.exitCode = 1;
main(process.argv.slice(2)).then(
  () => {
    process.exitCode = 0;
  },
  (error: unknown) => console.error(messageOf(error)),
);
