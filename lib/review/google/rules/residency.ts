import { googleRegions } from '../../../platform/google';
import { didYouMean } from '../../../platform/nearest';
import { listOf, objectOf, shown, stringsOf, textOf } from '../../json';
import { reporter, type Rule } from '../../azure/rule';
import { valueAt } from '../../azure/settings';
import type { Resource, Stack } from '../../azure/stack';

const NAME = 'google-residency';
const report = reporter(NAME);

/** Types that say where they are. */
const PLACED = ['google_bigquery_dataset', 'google_kms_key_ring', 'google_logging_project_bucket_config'];

/** Everything that holds data is in the region of the stack's provider, and so are events on their way. */
export const residency: Rule = {
  name: NAME,
  strict: 'a law says where data is',
  judge: (stack) => {
    const region = regionOf(stack);
    if (region === undefined) return [];
    const known: readonly string[] = googleRegions;
    const unknown = known.includes(region)
      ? []
      : [
          report(
            stack,
            `region of google must be one of Google Cloud, got ${shown(region)}: ${didYouMean(region, known, 'correct it')}`,
          ),
        ];
    return [
      ...unknown,
      ...stack.resources.flatMap((resource) =>
        problemsOf(resource, region).map((problem) => report(resource, problem)),
      ),
    ];
  },
};

/** The region of the stack's provider of Google; nothing where there is no such provider. */
const regionOf = ({ providers }: Stack): string | undefined => {
  const [configuration] = listOf(providers.google);
  return configuration === undefined ? undefined : (textOf(objectOf(configuration).region) ?? '');
};

function problemsOf({ arguments: given, type }: Resource, region: string): readonly string[] {
  if (PLACED.includes(type) && given.location !== region) {
    return [`location must be ${shown(region)}, where the stack is, got ${shown(given.location)}: keep data together`];
  }
  if (type !== 'google_pubsub_topic') return [];
  const kept = valueAt(given, 'message_storage_policy.allowed_persistence_regions');
  const regions = stringsOf(kept);
  return regions.length === 1 && regions[0] === region
    ? []
    : [`message_storage_policy must allow ${shown([region])} alone, got ${shown(kept)}: keep events in the region`];
}
