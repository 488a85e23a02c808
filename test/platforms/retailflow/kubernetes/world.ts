import type { World } from '../../support/expectations';
import { clusterWorld } from '../../support/worlds';

/** What stands in RetailFlow's cluster in a stage. */
export const worldOf = (stage: string): Promise<World> => clusterWorld('retailflow', stage);
