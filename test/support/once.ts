import { existsSync, mkdtempSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const placeOf = (name: string): string => join(tmpdir(), `once-${name}`);

const draftOf = (): string => mkdtempSync(join(tmpdir(), 'draft-'));

function kept(draft: string, place: string): string {
  try {
    renameSync(draft, place);
  } catch (error) {
    if (!existsSync(place)) throw error;
  }
  return place;
}

/**
 * A directory that is written once a run, by whichever process needs it first, and that nobody may change. What another
 * process writes meanwhile is the same, and is not used.
 */
export function writtenOnce(name: string, write: (directory: string) => void): string {
  const place = placeOf(name);
  if (existsSync(place)) return place;
  const draft = draftOf();
  write(draft);
  return kept(draft, place);
}

/** The same of what takes its time. */
export async function writtenOnceLater(name: string, write: (directory: string) => Promise<void>): Promise<string> {
  const place = placeOf(name);
  if (existsSync(place)) return place;
  const draft = draftOf();
  await write(draft);
  return kept(draft, place);
}
