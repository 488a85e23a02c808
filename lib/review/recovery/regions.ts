import type { Between } from './between';
import { regionHandSteps } from './data/region-hand-steps';
import type { AzureOutputs } from './outputs';
import { followedDatabases } from './regions/databases';
import { keptBetweenRegions } from './regions/keeping';
import { regionMoves } from './regions/moves';
import { regionPoints } from './regions/points';
import { sharedCapabilities } from './regions/shared';
import { moved, noticed, promoted } from './regions/time';
import { regionVersions } from './regions/versions';
import { regionWays } from './regions/ways';

/** Between two regions of Azure: some of it stands once and is copied, replicas follow, and nobody keeps a right to write. */
export const regions: Between<AzureOutputs> = {
  shared: sharedCapabilities,
  databases: followedDatabases,
  versions: regionVersions,
  ways: regionWays,
  kept: keptBetweenRegions,
  untold: () => [],
  detection: noticed,
  promotion: promoted,
  traffic: moved,
  points: regionPoints,
  hands: regionHandSteps,
  moves: regionMoves,
};
