import { isTrue, listOf, objectOf, shown } from '../../json';
import { namedBy } from '../private-dns';
import { reporter, type Rule } from '../rule';
import { resourcesOf, type Resource, type Site } from '../stack';

const NAME = 'object-replication';
const report = reporter(NAME);

/** What copies need of either account: https://learn.microsoft.com/azure/storage/blobs/object-replication-overview */
const NEEDED = {
  source: ['versioning_enabled', 'change_feed_enabled'],
  destination: ['versioning_enabled'],
} as const;

/** Objects are copied into another region, between accounts that keep what copies need, and into containers that are there. */
export const objectReplication: Rule = {
  name: NAME,
  judge: (stack, site) =>
    resourcesOf(stack, 'azurerm_storage_object_replication').flatMap((replication) =>
      problemsOf(replication, site).map((problem) => report(replication, problem)),
    ),
};

function problemsOf(replication: Resource, site: Site): readonly string[] {
  const accounts = {
    source: namedBy(replication, replication.arguments.source_storage_account_id, site),
    destination: namedBy(replication, replication.arguments.destination_storage_account_id, site),
  };
  const ends = Object.entries(accounts) as ['destination' | 'source', Resource | undefined][];
  const regions = ends.map(([, account]) => account?.arguments.location);
  return [
    ...ends.flatMap(([end, account]) =>
      account === undefined
        ? [`${end}_storage_account_id must be the id of an account of the site: name one`]
        : [...featureProblems(end, account), ...containerProblems(end, account, replication, site)],
    ),
    ...(regions[0] === regions[1] && regions[0] !== undefined
      ? [
          `copies from ${shown(regions[0])} to ${shown(regions[1])}: copy into another region, or both are lost with one`,
        ]
      : []),
  ];
}

function featureProblems(end: 'destination' | 'source', account: Resource): readonly string[] {
  const [properties] = listOf(account.arguments.blob_properties).map(objectOf);
  return NEEDED[end]
    .filter((feature) => !isTrue(properties?.[feature]))
    .map((feature) => `needs blob_properties.${feature} of ${account.address}, which is its ${end}: turn it on`);
}

function containerProblems(
  end: 'destination' | 'source',
  account: Resource,
  { arguments: { rules } }: Resource,
  site: Site,
): readonly string[] {
  const known = resourcesOf(site, 'azurerm_storage_container')
    .filter((each) => namedBy(each, each.arguments.storage_account_id, site) === account)
    .map((each) => each.arguments.name);
  return listOf(rules)
    .map((rule) => objectOf(rule)[`${end}_container_name`])
    .filter((name) => !known.includes(name ?? null))
    .map((name) => `names ${shown(name)}, which ${account.address} lacks: make the container`);
}
