import { z } from 'zod';
import { reason } from './scalars';

const id = z.int().positive();

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
});
export type Delivery = z.output<typeof delivery>;
