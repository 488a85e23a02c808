import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve as absolute } from 'node:path';
import { parseArgs } from 'node:util';
import { loadPlatform, root } from '../bin/inputs';
import { messageOf } from '../bin/message';
import { clusterDashboards } from '../lib/platform/dashboards/cluster';
import { azureName } from '../lib/platform/azure-names';
import { whereIs, type PlacedAzureSite } from '../lib/platform/azure-sites';
import { sitesOn, type Platform } from '../lib/platform/platform';
import { targetOptions } from '../bin/target-options';

const USAGE = `usage: npm run --silent dashboards:azure -- [--platform NAME] [--stage NAME] [--output DIR]

Writes the dashboards of a stage as Grafana reads them, and prints the commands that put them into the Grafana of each of its
sites on Azure. Run those from inside the network, as a member of the group of administrators:

  npm run --silent dashboards:azure | sh

  --platform NAME   default: retailflow
  --stage NAME      default: production
  --output DIR      where the files go, which are replaced (default: dashboards.out)
`;

/** Writes the dashboards of a site, and returns what puts them into its Grafana. */
function commandsFor(platform: Platform, site: PlacedAzureSite, directory: string): readonly string[] {
  const where = whereIs(platform, site);
  const [grafana, group] = [azureName('grafana', where), azureName('resource-group', where, 'operations')];
  const target = `--name ${grafana} --resource-group ${group} --subscription ${site.subscription}`;
  mkdirSync(directory, { recursive: true });
  return Object.entries(clusterDashboards(platform, site.siteName)).map(([name, dashboard]) => {
    const file = join(directory, `${name}.json`);
    // The command reads the question that Grafana's own interface asks, which holds the dashboard.
    writeFileSync(file, `${JSON.stringify({ dashboard }, null, 2)}\n`);
    const from = relative(process.cwd(), file);
    return `az grafana dashboard create ${target} --overwrite true --definition ${JSON.stringify(from)} --output none`;
  });
}

function main(): void {
  const { values } = parseArgs({
    options: {
      ...targetOptions,
      output: { type: 'string', default: join(root, 'dashboards.out') },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }
  const { platform } = loadPlatform(values.platform, values.stage);
  const sites = sitesOn(platform, 'azure');
  if (sites.length === 0) {
    throw new Error(
      `stages.${values.stage}.sites must have one on azure for its Grafana, got none: choose another stage`,
    );
  }
  const output = absolute(values.output);
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  const commands = sites.flatMap((site, index) =>
    // A second Grafana has dashboards of its own, which look at its own site.
    commandsFor(platform, site, join(output, index === 0 ? '' : site.siteName)),
  );
  process.stdout.write(`${['set -eu', ...commands].join('\n')}\n`);
}

try {
  main();
} catch (error) {
  process.stderr.write(`azure-dashboards: ${String(messageOf(error))}\n`);
  process.exitCode = 1;
}
