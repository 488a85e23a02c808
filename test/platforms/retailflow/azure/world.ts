import type { World } from '../../support/expectations';
import { siteWorld } from '../../support/worlds';

/** What stands on RetailFlow's site on Azure in a stage. */
export const worldOf = (stage: string): World => siteWorld('retailflow', stage);
