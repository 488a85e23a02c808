import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from './json';

/** A parsed file. */
export interface JsonFile {
  readonly value: Json;
  /** Size of the file. */
  readonly bytes: number;
}

/**
 * Reads a file of what was synthesized.
 *
 * @throws Error that names the file if it is missing or is not JSON
 */
export function readJson(directory: string, name: string): JsonFile {
  const path = join(directory, name);
  try {
    const content = readFileSync(path);
    return { value: JSON.parse(content.toString('utf8')) as Json, bytes: content.length };
  } catch (cause) {
    throw new Error(`${path} must be a JSON file of what was synthesized: synthesize it again`, { cause });
  }
}
