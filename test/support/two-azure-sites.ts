import type { Definition } from '../../lib/platform/definition';
import { applyPatch } from '../../lib/platform/patch';
import { production } from './platform';
import { techflowWith } from './techflow';

/** TechFlow, whose production has two sites on Azure, with something of the second one or of the stage changed. */
export const twoAzureSites = (recovery: object = {}, patch: object = {}): Definition =>
  applyPatch(techflowWith(production({ sites: { recovery } })), production(patch)) as Definition;
