import type { Between } from './between';
import { cloudPoints } from './clouds-points';
import { detection, promotion, traffic } from './clouds-time';
import { handSteps } from './data/hand-steps';
import { databasePairs } from './databases';
import { flagPairs } from './flags';
import { keptIn, untoldKeepers } from './keeper';
import { linkWays } from './link';
import type { AwsOutputs } from './outputs';
import { versionPairs } from './versions';

/** Between a primary on AWS and a recovery site on Azure: each has everything for itself, and rows follow through a link. */
export const clouds: Between<AwsOutputs> = {
  shared: () => [],
  databases: databasePairs,
  versions: (outputs) => [...versionPairs(outputs), ...flagPairs(outputs)],
  ways: linkWays,
  kept: keptIn,
  untold: untoldKeepers,
  detection: ({ primary }) => detection(primary.assembly),
  promotion,
  traffic: ({ primary }, { stage }) => traffic(primary.assembly, stage.domain),
  points: cloudPoints,
  hands: handSteps,
  moves: () => [],
};
