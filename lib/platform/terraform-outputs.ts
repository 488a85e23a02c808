import { z } from 'zod';
import { parseOutputs, type SiteOutputs } from './outputs';
import type { Platform } from './platform';

const schema = z.object({
  workload_identities: z.object({
    value: z.record(z.string(), z.object({ client_id: z.string(), principal_id: z.string() })),
  }),
});

/**
 * What the foundation of a site told, from what `terraform output -json` prints there.
 *
 * @throws Error if it told no identities, or PlatformError if these are not the stage's.
 */
export function outputsOfTerraform(platform: Platform, told: unknown): SiteOutputs {
  const { data } = schema.safeParse(told);
  if (data === undefined) {
    throw new Error(
      'workload_identities must be among the outputs of the foundation, got none: synthesize and apply it first',
    );
  }
  const { value } = data.workload_identities;
  return parseOutputs(platform, {
    identities: Object.fromEntries(
      Object.keys(value)
        .sort()
        .map((word) => [word, { clientId: value[word]?.client_id, principalId: value[word]?.principal_id }]),
    ),
  });
}
