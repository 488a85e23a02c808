import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Name of the place inside an output where a process writes its draft. */
const DRAFT = /^\.draft-(\d+)$/;

/** What an output is made of, at its top: a cloud assembly, stacks of Terraform, or clusters. */
const CONTENT =
  /^(manifest|tree|validation-report)\.json$|^(cdk\.out|stacks)$|^(aks-|assembly-|asset\.)|\.(assets|metadata|template)\.json$/;

/** What the command line keeps beside it: locks while it waits for the app, and packed assets. */
const KEPT = /\.lock$|^\.cache$|^(error\.txt|performance-counters\.json)$/;

/**
 * Writes a new output beside the last one and puts it in its place when it is finished. Whatever fails leaves the last
 * output as it was.
 *
 * The draft lies inside the output directory: the directory itself cannot be exchanged, because the command line that
 * started the app holds a lock in it, and a draft elsewhere might be on another file system.
 *
 * @throws Error if the directory holds anything that is not of an output, which replacing it would lose
 */
export async function replaceOutput(outdir: string, write: (draft: string) => Promise<void>): Promise<void> {
  mkdirSync(outdir, { recursive: true });
  refuseForeign(outdir);
  removeAbandoned(outdir);
  const scratch = join(outdir, `.draft-${process.pid}`);
  const [draft, last] = [join(scratch, 'new'), join(scratch, 'last')];
  mkdirSync(last, { recursive: true });
  try {
    await write(draft);
    exchange(outdir, draft, last);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/**
 * Moves the output to `last` and the draft to the output, or changes nothing. The manifest goes first and comes last: at
 * no time does it stand beside files that are not its own, so what a killed process leaves cannot be deployed.
 */
function exchange(outdir: string, draft: string, last: string): void {
  const moves = [
    ...manifestFirst(outdir)
      .filter((name) => CONTENT.test(name))
      .map((name) => [join(outdir, name), join(last, name)] as const),
    ...manifestFirst(draft)
      .reverse()
      .map((name) => [join(draft, name), join(outdir, name)] as const),
  ];
  const done: (typeof moves)[number][] = [];
  try {
    for (const [from, to] of moves) {
      renameSync(from, to);
      done.unshift([from, to]);
    }
  } catch (error) {
    for (const [from, to] of done) renameSync(to, from);
    throw error;
  }
}

const manifestFirst = (directory: string): string[] =>
  readdirSync(directory).sort((a, b) => Number(b === 'manifest.json') - Number(a === 'manifest.json'));

function refuseForeign(outdir: string): void {
  const foreign = readdirSync(outdir).filter((name) => ![CONTENT, KEPT, DRAFT].some((pattern) => pattern.test(name)));
  if (foreign.length > 0) {
    throw new Error(
      `${outdir} must hold nothing but the output of a synth, got ${foreign.sort().slice(0, 5).join(', ')}: ` +
        'name a directory of its own, everything in it is replaced',
    );
  }
}

/** Removes the drafts of processes that were killed. */
function removeAbandoned(outdir: string): void {
  for (const name of readdirSync(outdir)) {
    const pid = DRAFT.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(outdir, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
