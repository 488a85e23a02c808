import type { Conformance } from './nouns/audit';
import type { PlacedSite } from './platform';

/** By which standards each cloud judges what stands there. */
export const judgedOn: Readonly<Record<PlacedSite['cloud'], readonly Conformance[]>> = {
  aws: ['pci-dss', 'soc-2'],
  azure: ['pci-dss'],
};
