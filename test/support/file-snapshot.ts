import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What jest was told: `all` by `-u`, `none` by `--ci`, else `new`. */
type Update = 'all' | 'new' | 'none';

/** How jest treats snapshots in this run. */
function update(): Update {
  const { snapshotState } = expect.getState() as { readonly snapshotState?: { readonly _updateSnapshot?: Update } };
  return snapshotState?._updateSnapshot ?? 'none';
}

/**
 * A text must be what a file holds, as with jest's own snapshots: `-u` writes the file, a missing one is written unless
 * `--ci` is on. A file of its own is read in a review, and in a difference of two revisions.
 */
export function expectFile(path: string, text: string): void {
  const mode = update();
  if (mode === 'all' || (mode === 'new' && !existsSync(path))) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  expect({ path, text }).toEqual({ path, text: existsSync(path) ? readFileSync(path, 'utf8') : 'no such file' });
}

/** A directory must hold these files and no others; `-u` removes the others. */
export function expectFiles(directory: string, names: readonly string[]): void {
  const found = existsSync(directory) ? readdirSync(directory) : [];
  const others = found.filter((name) => !names.includes(name));
  if (update() === 'all') for (const name of others) rmSync(join(directory, name), { recursive: true });
  expect(update() === 'all' ? [] : others).toEqual([]);
}
