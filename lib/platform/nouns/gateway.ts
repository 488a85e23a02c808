import { z } from 'zod';
import { partName } from './scalars';
import { scale } from './scale';

/** Where tokens come from and what verifies them. */
const tokens = z.strictObject({
  /** The `iss` claim of every valid token. */
  issuer: z.string().min(1),
  /** Secret that holds the three key pairs, the same on every site: one signs, the one before it did, the one after it will. */
  secret: partName,
  /** A token is good for so long, in minutes, and is refused if it is to be good for longer. */
  lifetimeMinutes: z.int().min(1).max(525_600).default(60),
  /** A pair signs for so many days. */
  rotateDays: z.int().min(7).max(365).default(30),
});

/** What every gateway has, whatever verifies and counts. */
const common = {
  /** Size of one task. */
  capacity: z
    .strictObject({ vcpu: z.number().min(0.25).max(16), memoryGiB: z.number().min(0.5).max(120) })
    .default({ vcpu: 1, memoryGiB: 2 }),
  /** The time in which it grows is not computed: its image is not the platform's. */
  scale: scale.omit({ growsWithinSeconds: true }),
  /** Requests a minute where a route names none. */
  requestsPerMinute: z.int().min(1).default(600),
  /** A larger request body is refused, in MiB; by API Management one too that does not say how large it is. */
  maxBodyMiB: z.int().min(1).max(100).default(10),
};

/** Kong, on tasks or pods of the platform: the same on every cloud. */
const kong = z.strictObject({
  kind: z.literal('kong').default('kong'),
  ...common,
  tokens,
  /** Cache in which the limits are counted, so that all gateway tasks count together. */
  limitsCache: partName,
});

/**
 * Azure API Management, for sites on Azure alone: it verifies tokens, counts requests, breaks circuits, and shifts the weights of a
 * release between two backends of a service. Behind it stands a Kong that routes and does nothing else: the door of the cluster, of which
 * `capacity` and `scale` tell.
 */
const apiManagement = z.strictObject({
  kind: z.literal('api-management'),
  ...common,
  tokens,
  /**
   * Units of Standard v2, about $700 each a month, between which it is scaled by its processors. Two of them at least span zones, and an
   * instance has ten at most: https://learn.microsoft.com/azure/api-management/v2-service-tiers-overview
   */
  units: z
    .strictObject({
      min: z.int().min(1).max(10),
      max: z.int().min(1).max(10),
      /** Requests a minute that one of them passes on, with what is asked of it here: tokens verified, requests counted. @default - no figure */
      requestsPerUnit: z.int().min(1).optional(),
    })
    .refine(({ max, min }) => min <= max, { error: 'min not above max' })
    .default({ min: 2, max: 4 }),
  limitsCache: z
    .custom<undefined>((value) => value === undefined, {
      error: 'absent with api-management, which counts requests by itself',
    })
    .optional(),
});

/** The API gateway: authentication, rate limits, routing, request transformation. */
export const gateway = z.discriminatedUnion('kind', [kong, apiManagement]);
export type Gateway = z.output<typeof gateway>;
export type ApiManagement = Extract<Gateway, { readonly kind: 'api-management' }>;
