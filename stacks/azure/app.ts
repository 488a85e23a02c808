import { App } from 'cdktf';
import { PlatformError } from '../../lib/platform/error';
import { sitesOn, type Platform } from '../../lib/platform/platform';
import { refuseDocumentationValues } from './refusals';
import { createSites, type PlacedStacks } from './site';

/** An app that is ready to be synthesized. */
export interface CreatedAzureApp {
  readonly app: App;
  /** Stacks of each site on Azure, the primary's first. */
  readonly sites: readonly PlacedStacks[];
}

/** Adds stacks of another cloud to an app, beside those of the sites. */
export type Beside = (app: App, sites: readonly PlacedStacks[]) => void;

/** How identifiers of resources are made: from the path in the stack, without the stack's own name. */
const context = { excludeStackIdFromLogicalIds: 'true', allowSepCharsInLogicalIds: 'true' };

/**
 * The Azure app of one platform in one stage, before it is synthesized: every site that it has there. The same for the command
 * line and for tests.
 *
 * @param beside What stands beside the sites. @default - nothing
 * @throws PlatformError if the stage has no site on Azure
 */
export function createAzureApp(platform: Platform, outdir: string, beside: Beside = () => undefined): CreatedAzureApp {
  const [first, ...others] = sitesOn(platform, 'azure');
  if (first === undefined) {
    throw new PlatformError(`platform ${platform.name}, stage ${platform.stageName}`, [
      {
        path: `stages.${platform.stageName}.sites`,
        got: Object.values(platform.stage.sites).map((each) => each?.cloud),
        allowed: 'with one site on azure for this command',
        remedy: 'choose a stage that stands on azure',
      },
    ]);
  }
  // It would start Terraform to ask for its version; what it validates, the review does.
  const app = new App({ outdir, stackTraces: false, skipValidation: true, context });
  const sites = createSites(app, platform, [first, ...others]);
  beside(app, sites);
  refuseDocumentationValues(app, platform);
  return { app, sites };
}
