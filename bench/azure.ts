import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPlatform, loadStatefulLock } from '../bin/inputs';
import { withoutTraces } from '../bin/without-traces';
import { readSite } from '../lib/review/azure/read-site';
import type * as reviewModule from '../lib/review/azure/review';
import { createTerraformApp } from '../bin/terraform-app';

/** Synthesizes RetailFlow's site on Azure, with the gates where they are named, and prints what it took as JSON. */
const [gates = 'none', list] = process.argv.slice(2);

const load = createRequire(__filename) as (path: string) => typeof reviewModule;
const outdir = mkdtempSync(join(tmpdir(), 'mainstay-bench-'));
withoutTraces(() => createTerraformApp(loadPlatform('retailflow', 'production').platform, outdir).app.synth());
if (list !== undefined) writeFileSync(list, JSON.stringify(Object.keys(require.cache)));
// Loaded only where it is measured.
if (gates === 'all') {
  load('../lib/review/azure/review').reviewSite(outdir, { stage: 'retailflow-production', lock: loadStatefulLock() });
}
const { maxRSS } = process.resourceUsage();
const { stacks } = readSite(outdir);
rmSync(outdir, { recursive: true });
console.log(
  JSON.stringify({
    stacks: stacks.length,
    resources: stacks.reduce((sum, { resources }) => sum + resources.length, 0),
    megabytes: Math.round(maxRSS / 1024),
  }),
);
