import type { Platform } from '../../platform/platform';
import type { Capability } from './capability';
import type { HandStep } from './data/hand-steps';
import type { SharedDatabase } from './databases';
import type { Kept } from './kept';
import type { Move } from './moves';
import type { Outputs, SiteOutputs } from './outputs';
import type { Pairing } from './pairing';
import type { Part } from './part';
import type { Point } from './point';
import type { VersionPair } from './versions';
import type { Way } from './way';

/**
 * What a proof finds out otherwise of two clouds than of two regions of one: how data crosses, what keeps two writers
 * apart, what calls people, how requests move, and what people do between.
 */
export interface Between<Primary extends SiteOutputs> {
  /** What stands once and serves both sites, as what the recovery site shows of it. */
  readonly shared: (outputs: Outputs<Primary>) => readonly Capability[];
  readonly databases: (outputs: Outputs<Primary>) => readonly SharedDatabase[];
  readonly versions: (outputs: Outputs<Primary>) => readonly VersionPair[];
  readonly ways: (outputs: Outputs<Primary>) => readonly Way[];
  /** What the right to write stands on. */
  readonly kept: (outputs: Outputs<Primary>) => readonly Kept[];
  /** Keepers that nobody can deploy yet. */
  readonly untold: (outputs: Outputs<Primary>) => readonly string[];
  /** Until somebody is told of the loss. */
  readonly detection: (outputs: Outputs<Primary>) => Part;
  /** Until the recovery site may write. */
  readonly promotion: (outputs: Outputs<Primary>, platform: Platform) => readonly Part[];
  /** Until requests arrive at the recovery site. */
  readonly traffic: (outputs: Outputs<Primary>, platform: Platform) => readonly Part[];
  readonly points: (outputs: Outputs<Primary>, platform: Platform, pairings: readonly Pairing[]) => readonly Point[];
  /** What people do between, from nothing to both sites. */
  readonly hands: readonly HandStep[];
  /** Ways from one site to the other that are gone by hand; none where a control goes them. */
  readonly moves: (outputs: Outputs<Primary>) => readonly Move[];
}
