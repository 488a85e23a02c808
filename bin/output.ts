import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** The command line keeps its locks in the output directory while it waits for the app. */
const isLock = (name: string): boolean => name.endsWith('.lock');

/**
 * Puts a finished draft in the place of the last output. Entries are moved one by one and not the directory as a whole,
 * because the command line that started the app holds a lock inside it.
 */
export function replaceOutput(outdir: string, draft: string): void {
  mkdirSync(outdir, { recursive: true });
  for (const name of readdirSync(outdir).filter((each) => !isLock(each))) {
    rmSync(join(outdir, name), { recursive: true });
  }
  for (const name of readdirSync(draft)) renameSync(join(draft, name), join(outdir, name));
  rmSync(draft, { recursive: true });
}

/** An empty place to write a draft to, beside the output so that moving it is cheap. */
export function draftOf(outdir: string): string {
  const draft = `${outdir}.draft`;
  if (existsSync(draft)) rmSync(draft, { recursive: true });
  return draft;
}
