import { constant, variableName, type ContractEntry } from './contract-entry';
import { eventsHost, googleCredentials, sqlWord, warehouseTopic } from './google';
import type { Uses } from './nouns/service';
import type { Platform } from './platform';

/** What somebody receives for a warehouse. It is the same on every site, since warehouses are beside all of them. */
export function warehouseEntries(
  platform: Pick<Platform, 'stage' | 'warehouses'>,
  { feeds, queries }: Uses,
  name: string,
): readonly ContractEntry[] {
  const { google } = platform.stage;
  // What is missing, the checks say.
  if (google === undefined) return [];
  const word = (field: string): string => variableName('WAREHOUSE', name, field);
  const { configuration, directory } = googleCredentials;
  return [
    constant(word('PROJECT'), google.project),
    constant(word('IDENTITY_FILE'), `${directory}/${configuration}`),
    ...(queries.includes(name)
      ? [constant(word('DATASET'), sqlWord(name)), constant(word('LOCATION'), google.location)]
      : []),
    ...(feeds.includes(name)
      ? [
          constant(word('EVENTS_HOST'), eventsHost(google)),
          ...Object.keys(platform.warehouses[name]?.tables ?? {}).map((table) =>
            constant(
              variableName('WAREHOUSE', name, table, 'TOPIC'),
              `projects/${google.project}/topics/${warehouseTopic(name, table)}`,
            ),
          ),
        ]
      : []),
  ];
}
