import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Requires every file that a synth had loaded, and does nothing with them. */
const load = createRequire(__filename);
const [list = ''] = process.argv.slice(2);
for (const file of JSON.parse(readFileSync(list, 'utf8')) as readonly string[]) {
  if (!/bench\/(app|azure|floor|kubernetes)\.ts$/.test(file)) load(file);
}
