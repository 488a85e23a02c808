import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cdkContext } from '../bin/inputs';
import { allocate } from '../lib/platform/allocation';
import { allocationRequests, resolve, resolveUnallocated } from '../lib/platform/resolve';
import { createApp } from '../stacks/aws/app';
import type * as gatesModule from '../stacks/aws/gates';
import { platformOf } from './platform';

type Gates = typeof gatesModule;

const load = createRequire(__filename) as (path: string) => Gates;

/** Synthesizes a platform of so many services with the gates named, and prints what it took as JSON. */
const [services = '6', gates = 'none', list] = process.argv.slice(2);

const stage = 'production';
const definition = platformOf(Number(services));
const lock = allocate(
  { listenerPriorities: {}, addresses: {} },
  allocationRequests(resolveUnallocated(definition, stage)),
);
const outdir = mkdtempSync(join(tmpdir(), 'mainstay-bench-'));
const { app } = createApp({
  context: cdkContext(),
  outdir,
  load: () => ({ platform: resolve(definition, { stage, allocations: { [stage]: lock } }), releases: {} }),
});
// Loaded only where it is measured: without gates, an app does not load the packs.
if (gates !== 'none') load('../stacks/aws/gates').addValidator(app);
if (gates === 'packs') load('../stacks/aws/gates').addRulePacks(app);
app.synth();
// Before the output is read back to be counted.
const { maxRSS } = process.resourceUsage();

const resourcesOf = (file: string): number => {
  const { Resources = {} } = JSON.parse(readFileSync(join(outdir, file), 'utf8')) as { readonly Resources?: object };
  return Object.keys(Resources).length;
};
const resources = readdirSync(outdir, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.template.json'))
  .map(resourcesOf);
if (list !== undefined) writeFileSync(list, JSON.stringify(Object.keys(require.cache)));
rmSync(outdir, { recursive: true });
console.log(
  JSON.stringify({
    stacks: resources.length,
    resources: resources.reduce((sum, count) => sum + count, 0),
    megabytes: Math.round(maxRSS / 1024),
  }),
);
