import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Name of the place inside an output where a process writes its draft. */
const DRAFT = /^\.draft-(\d+)$/;

/** What belongs to an output: neither the locks that the command line holds in it, nor anybody's draft. */
const isContent = (name: string): boolean => !name.endsWith('.lock') && !DRAFT.test(name);

/**
 * Writes a new output beside the last one and puts it in its place when it is finished. Whatever fails leaves the last
 * output as it was.
 *
 * The draft lies inside the output directory: the directory itself cannot be exchanged, because the command line that
 * started the app holds a lock in it, and a draft elsewhere might be on another file system.
 */
export async function replaceOutput(outdir: string, write: (draft: string) => Promise<void>): Promise<void> {
  mkdirSync(outdir, { recursive: true });
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
    ...manifestFirst(outdir).map((name) => [join(outdir, name), join(last, name)] as const),
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
  readdirSync(directory)
    .filter(isContent)
    .sort((a, b) => Number(b === 'manifest.json') - Number(a === 'manifest.json'));

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
