import type { Between } from './between';
import { clouds } from './clouds';
import type { Outputs, SiteOutputs } from './outputs';
import { regions } from './regions';

/** By where the primary stands. */
const betweens = { aws: clouds, azure: regions } as const;

/** What is asked of a pair of sites, by where its primary stands. */
export const betweenOf = <Primary extends SiteOutputs>({ primary }: Outputs<Primary>): Between<Primary> =>
  // TypeScript does not follow that the cloud tells which of both it is.
  betweens[primary.cloud] as unknown as Between<Primary>;
