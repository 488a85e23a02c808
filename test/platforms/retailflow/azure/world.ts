import { stagePrefix } from '../../../../lib/platform/names';
import { synthesizedSite } from '../../../support/azure-site';
import { AzureGraph } from '../../support/azure-graph';
import { World } from '../../support/expectations';

/** What stands on RetailFlow's site on Azure in a stage. */
export function worldOf(stage: string): World {
  const { platform, site } = synthesizedSite('retailflow', stage);
  return World.of(new AzureGraph(site, stagePrefix(platform)).blocks);
}
