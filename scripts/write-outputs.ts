import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { SiteOutputs } from '../lib/platform/outputs';

/** Writes down what a site told, whole or not at all. */
export function writeOutputs(file: string, outputs: SiteOutputs): void {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.draft`;
  writeFileSync(draft, `${JSON.stringify(outputs, null, 2)}\n`);
  renameSync(draft, file);
}
