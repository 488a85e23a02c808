import { z } from 'zod';
import { reason } from './scalars';

const id = z.int().positive();

/** Who applies the manifests of services to a cluster. */
const manifests = z.discriminatedUnion('by', [
  /** `pulumi up` applies everything. */
  z.strictObject({ by: z.literal('pulumi') }),
  /** `pulumi up` applies what the platform stands on and Argo CD, which applies the services as they are committed. */
  z.strictObject({
    by: z.literal('argocd'),
    /** Repository in which the rendered manifests are committed. */
    repository: z.url({ protocol: /^https$/, error: 'an https address of a Git repository' }),
    /** Branch or tag that Argo CD follows. */
    revision: z.string().min(1).default('main'),
    /** Folder of the manifests in the repository. */
    path: z
      .string()
      .regex(/^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*$/, { error: 'a relative path' })
      .default('k8s.out'),
  }),
]);
export type Manifests = z.output<typeof manifests>;

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'an hour and a minute, such as 09:30' });

/** Days of the week, as cron counts them: Sunday is 0. */
export const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

/** When releases may begin: while those are at work who would mend them. */
const releaseHours = z.strictObject({
  days: z.array(z.enum(weekdays)).min(1).readonly(),
  /** Hour and minute, `09:00`. */
  from: clock,
  /** Hour and minute of the same day, `17:00`; what has begun is finished. */
  until: clock,
  /** By whose clock: a name of the IANA database, such as `America/New_York`. */
  timeZone: z.string(),
});
export type ReleaseHours = z.output<typeof releaseHours>;

/** Who delivers the platform: the GitHub repository whose workflows may push images and deploy. */
export const delivery = z.strictObject({
  /** `owner/name`, spelled as GitHub does. */
  repository: z
    .string()
    .regex(/^[A-Za-z0-9](-?[A-Za-z0-9]){0,38}\/[A-Za-z0-9._-]{1,100}$/, { error: 'owner/name of a GitHub repository' }),
  /**
   * The numbers that GitHub gave to the owner and the repository: `gh api repos/<owner>/<name> --jq '.owner.id, .id'`.
   * They are never given again, so nobody who takes over a name that was given up can deploy. Repositories that were
   * made or renamed since 15 July 2026 have them in their tokens, older ones once they opt in; `none` says why a
   * repository's tokens have names only.
   */
  ids: z.union([z.strictObject({ owner: id, repository: id }), z.strictObject({ none: reason })]),
  manifests: manifests.prefault({ by: 'pulumi' }),
  /**
   * In stages that are protected, deployments begin only then: on AWS the role of the pipeline is closed outside of them, in a cluster
   * Argo CD applies nothing by itself. What has begun is finished, or taken back by its alarms. @default - at any time
   */
  releaseHours: releaseHours.optional(),
});
export type Delivery = z.output<typeof delivery>;
