import { existsSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';

/** A place in a trace: file, line and column. */
const PLACE = /((?:\/|[A-Z]:\\)[^():\n]+\.ts):(\d+):(\d+)/g;

/**
 * A trace with the lines that somebody wrote, where Node.js keeps no maps to them (`late-maps.ts`): each file is compiled
 * once more, and its map read. A place in what is no longer there stays as it is.
 */
export function mapped(trace: string): string {
  if (process.sourceMapsEnabled) return trace;
  const maps = new Map<string, SourceMap | undefined>();
  process.setSourceMapsEnabled(true);
  try {
    return trace.replace(PLACE, (place, file: string, line: string, column: string) => {
      if (!maps.has(file)) maps.set(file, mapOf(file));
      const entry = maps.get(file)?.findEntry(Number(line) - 1, Number(column) - 1);
      return entry !== undefined && 'originalLine' in entry
        ? `${file}:${entry.originalLine + 1}:${entry.originalColumn + 1}`
        : place;
    });
  } finally {
    process.setSourceMapsEnabled(false);
  }
}

function mapOf(file: string): SourceMap | undefined {
  if (!existsSync(file)) return undefined;
  let compiled = '';
  const reader = { _compile: (code: string) => (compiled = code) };
  require.extensions['.ts']?.(reader as unknown as NodeModule, file);
  const [, encoded] = /^\/\/# sourceMappingURL=data:[^,]+;base64,(.+)$/m.exec(compiled) ?? [];
  return encoded === undefined
    ? undefined
    : new SourceMap(JSON.parse(Buffer.from(encoded, 'base64').toString()) as SourceMapPayload);
}
