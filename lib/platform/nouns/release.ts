import { z } from 'zod';
import { percent, reason } from './scalars';

/**
 * When a release is taken back by itself. On ECS each figure holds for the worse of the old and the new version, unless errors are
 * counted above those of the stable one. On Kubernetes the two are compared: so many more percent of the requests to the new one
 * fail, or it is slower than the figure and than the old one.
 */
export const rollback = z.strictObject({
  /** Share of failed requests, in percent. */
  errorPercent: z.number().positive().max(100).default(1),
  /**
   * From where `errorPercent` counts on ECS. `nothing`: the share itself. `stable`: percentage points above the share of the
   * stable version while both have requests, which is the first step of a canary; the share itself before and after.
   * Kubernetes always compares.
   */
  errorsAbove: z.enum(['nothing', 'stable']).default('nothing'),
  /** 95th percentile of the response time, in milliseconds. */
  p95Milliseconds: z.int().min(1).max(60_000).default(1000),
  /** Below this many requests a minute a version's figures say nothing. */
  minimumRequests: z.int().min(1).default(20),
});

const bakeMinutes = z.int().min(0).max(1440);

/**
 * All at once in place: new tasks replace old ones in batches. On Kubernetes they are judged from the first of them until ten
 * minutes after the last, and the old ones come back the same way.
 */
const rolling = z.strictObject({ kind: z.literal('rolling'), rollback: rollback.prefault({}) });

/** A second fleet is started, all traffic moves at once, the first fleet waits for `bakeMinutes`. */
const blueGreen = z.strictObject({
  kind: z.literal('blue-green'),
  bakeMinutes: bakeMinutes.default(15),
  rollback: rollback.prefault({}),
});

/** Traffic moves in equal steps. */
const linear = z.strictObject({
  kind: z.literal('linear'),
  stepPercent: z.int().min(3).max(100),
  stepMinutes: z.int().min(0).max(1440),
  bakeMinutes: bakeMinutes.default(15),
  rollback: rollback.prefault({}),
});

/** Traffic moves in the steps given, then all of it. */
const canary = z.strictObject({
  kind: z.literal('canary'),
  steps: z
    .array(z.strictObject({ percent: percent, minutes: z.int().min(1).max(2880) }))
    .min(1)
    .readonly(),
  bakeMinutes: bakeMinutes.default(15),
  /** ECS has two canary phases, the first step and all; this accepts them in place of more steps. */
  acceptTwoPhases: z.strictObject({ reason }).optional(),
  rollback: rollback.prefault({}),
});

/** How a new version of a service takes over. */
export const release = z.discriminatedUnion('kind', [rolling, blueGreen, linear, canary]);
export type Release = z.output<typeof release>;
export type Rollback = z.output<typeof rollback>;

/** Whether a release moves traffic step by step: two versions answer side by side, each its share of the requests. */
export const movesWeights = ({ kind }: Pick<Release, 'kind'>): boolean => kind === 'canary' || kind === 'linear';
