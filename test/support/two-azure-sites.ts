import type { Definition } from '../../lib/platform/definition';
import { applyPatch } from '../../lib/platform/patch';
import { production } from './platform';
import { techflowWith } from './techflow';

/** A second site of TechFlow's production, in the pair of its region. */
export const secondSite = {
  cloud: 'azure',
  subscription: '00000000-0000-0000-0000-000000000000',
  tenant: '00000000-0000-0000-0000-000000000000',
  region: 'northeurope',
  administrators: { name: 'TechFlow platform', objectId: '00000000-0000-0000-0000-000000000000' },
  state: { account: 'exampleproductionstate' },
  network: { cidr: '10.32.0.0/16', pods: '10.76.0.0/14', services: '10.33.0.0/16' },
} as const;

/** TechFlow with two sites on Azure in production, and with something of the second one changed. */
export const twoAzureSites = (recovery: object = {}, patch: object = {}): Definition =>
  applyPatch(
    techflowWith(production({ sites: { recovery: { ...secondSite, ...recovery } } })),
    production(patch),
  ) as Definition;
