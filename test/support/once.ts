import { existsSync, mkdtempSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A directory that is written once a run, by whichever process needs it first, and that nobody may change. What another
 * process writes meanwhile is the same, and is not used.
 */
export function writtenOnce(name: string, write: (directory: string) => void): string {
  const place = join(tmpdir(), `once-${name}`);
  if (existsSync(place)) return place;
  const draft = mkdtempSync(join(tmpdir(), 'draft-'));
  write(draft);
  try {
    renameSync(draft, place);
  } catch (error) {
    if (!existsSync(place)) throw error;
  }
  return place;
}
