import { readFileSync } from 'node:fs';

/** Requires every file that a synth had loaded, and does nothing with them. */
const [list = ''] = process.argv.slice(2);
for (const file of JSON.parse(readFileSync(list, 'utf8')) as readonly string[]) {
  if (!/bench\/(app|floor)\.ts$/.test(file)) require(file);
}
