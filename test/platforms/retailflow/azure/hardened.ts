import type { Hardened } from '../../support/mutations';
import { hardenedCluster } from './hardened-cluster';
import { hardenedData } from './hardened-data';
import { hardenedEdge } from './hardened-edge';
import { hardenedFoundation } from './hardened-foundation';
import { hardenedFunctions } from './hardened-functions';
import { hardenedLink } from './hardened-link';
import { hardenedFlags } from '../../support/hardened-azure-flags';
import { hardenedMessages } from '../../support/hardened-azure-messages';
import { hardenedMonitoring } from './hardened-monitoring';
import { hardenedOperations } from './hardened-operations';

/**
 * What makes RetailFlow safe on Azure, by type of resource: taken away, or made worse, it must be noticed. Written without
 * a look at what is expected elsewhere, so that nothing is forgotten in both places.
 */
export const hardened: Readonly<Record<string, readonly Hardened[]>> = {
  ...hardenedFoundation,
  ...hardenedData,
  ...hardenedCluster,
  ...hardenedFunctions,
  ...hardenedEdge,
  ...hardenedFlags,
  ...hardenedLink,
  ...hardenedMessages,
  ...hardenedMonitoring,
  ...hardenedOperations,
};
