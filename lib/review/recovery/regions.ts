import type { Between } from './between';
import type { AzureOutputs } from './outputs';

/** Between two regions of Azure. */
export const regions: Between<AzureOutputs> = {
  shared: () => [],
  databases: () => [],
  versions: () => [],
  ways: () => [],
  kept: () => [],
  untold: () => [],
  detection: () => ({ part: 'the loss is noticed', seconds: Infinity, source: 'nothing' }),
  promotion: () => [],
  traffic: () => [],
  points: () => [],
  hands: [],
};
