import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { refuse } from '../lib/platform/error';
import type { Contracts } from '../lib/platform/nouns/contracts';
import { parseContracts } from '../lib/platform/openapi/parse';
import type { Platform } from '../lib/platform/platform';

const ending = '.yaml';

/**
 * The contracts of a platform's services, out of the directory that holds them.
 *
 * @param read Reads one file, and says which it was where it cannot.
 * @throws PlatformError for files that are called otherwise, and as {@link parseContracts} does
 */
export function readContracts(
  platform: Platform,
  directory: string,
  read: (path: string, parse: (text: string) => unknown) => unknown,
): Contracts {
  const files = readdirSync(directory).sort();
  refuse(
    `platform ${platform.name}`,
    files
      .filter((file) => !file.endsWith(ending))
      .map((file) => ({
        path: `contracts/${platform.name}/${file}`,
        got: file,
        allowed: `called after a service: <service>${ending}`,
        remedy: 'rename it, or remove it',
      })),
  );
  const documents = files.map((file) => [file.slice(0, -ending.length), read(join(directory, file), parse)]);
  return parseContracts(platform, Object.fromEntries(documents) as Readonly<Record<string, unknown>>);
}
