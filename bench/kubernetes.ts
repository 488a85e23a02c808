import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { renderCluster } from '../bin/rendered-cluster';
import { loadPlatform } from '../bin/inputs';
import type * as reviewModule from '../lib/review/kubernetes/review';

/** Renders RetailFlow's cluster, with the gates where they are named, and prints what it took as JSON. */
async function main([gates = 'none', list]: readonly string[]): Promise<void> {
  const load = createRequire(__filename) as (path: string) => typeof reviewModule;
  const outdir = mkdtempSync(join(tmpdir(), 'mainstay-bench-'));
  const { cluster, manifests, registry } = await renderCluster(loadPlatform('retailflow', 'production'));
  for (const { file, text } of manifests) {
    const path = join(outdir, cluster, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  if (list !== undefined) writeFileSync(list, JSON.stringify(Object.keys(require.cache)));
  // Loaded only where it is measured.
  if (gates === 'all') load('../lib/review/kubernetes/review').reviewCluster(outdir, { registry });
  const { maxRSS } = process.resourceUsage();
  rmSync(outdir, { recursive: true });
  const namespaces = new Set(manifests.map(({ file }) => dirname(file)));
  console.log(
    JSON.stringify({ stacks: namespaces.size, resources: manifests.length, megabytes: Math.round(maxRSS / 1024) }),
  );
}

// Only the end of the last step makes it a success, so that a process which runs out of work has failed.
process.exitCode = 1;
void main(process.argv.slice(2)).then(() => {
  process.exitCode = 0;
});
