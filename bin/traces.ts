import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Keys under which the CDK writes where in the source something was made, as absolute paths. */
const TRACES = ['trace', 'stackTraces', 'acknowledgedStackTrace'];

/** Takes stack traces out of an assembly's files, so that they are the same wherever the repository lies. */
export function removeTraces(directory: string): void {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((each) => /(\.metadata|validation-report)\.json$/.test(each))) {
    const path = join(directory, file);
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'), (key, value: unknown) =>
      TRACES.includes(key) ? undefined : value,
    );
    writeFileSync(path, `${JSON.stringify(content, undefined, 2)}\n`);
  }
}
