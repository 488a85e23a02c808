import { createRequire } from 'node:module';
import { stagePrefix } from '../lib/platform/names';
import type { Platform } from '../lib/platform/platform';
import { createAzureApp, type Beside, type CreatedAzureApp } from '../stacks/azure/app';
import type * as google from '../stacks/google/warehouse';

/** Loads what stands beside a site only for platforms that have it. */
const load = createRequire(__filename);

/**
 * Everything of a platform in one stage that comes out as Terraform, before it is synthesized: the site on Azure, and the
 * warehouses beside it.
 *
 * @throws PlatformError if the stage has no site on Azure
 */
export const createTerraformApp = (platform: Platform, outdir: string): CreatedAzureApp =>
  createAzureApp(platform, outdir, Object.keys(platform.warehouses).length === 0 ? undefined : warehouses(platform));

const warehouses =
  (platform: Platform): Beside =>
  (app, sites) => {
    const [first] = sites;
    if (first === undefined) return;
    const { WarehouseStack } = load('../stacks/google/warehouse') as typeof google;
    new WarehouseStack(app, `${stagePrefix(platform)}-warehouse`, {
      platform,
      state: first.site,
      issuers: Object.fromEntries(
        sites.map(({ site, stacks }) => [site.siteName, stacks.cluster.cluster.cluster.oidcIssuerUrl]),
      ),
    });
  };
