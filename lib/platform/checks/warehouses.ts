import type { Problem } from '../error';
import { googleRegions, warehouseTopic, warehouseUsers, warehouseWriter } from '../google';
import { didYouMean } from '../nearest';
import type { WarehouseTable } from '../nouns/warehouse';
import { sitesOf, type Platform } from '../platform';
import { stagePath, when, type Check } from './check';

/** Columns that say where a row came from; the warehouse writes them beside those of the definition. */
export const deliveryColumns = ['attributes', 'message_id', 'publish_time', 'subscription_name'] as const;

const declared = (platform: Platform): readonly string[] => Object.keys(platform.warehouses);

const tablesOf = ({ warehouses }: Platform): readonly (readonly [path: string, table: WarehouseTable])[] =>
  Object.entries(warehouses).flatMap(([name, { tables }]) =>
    Object.entries(tables).map(([table, spec]) => [`warehouses.${name}.tables.${table}`, spec] as const),
  );

/** Warehouses stand in a project of Google Cloud, in a region that it has. */
export const warehouseProject: Check = (platform) => {
  const { google } = platform.stage;
  const names = declared(platform);
  if (google === undefined) {
    return when(names.length > 0, () => ({
      path: stagePath(platform, 'google'),
      got: undefined,
      allowed: `a project of Google Cloud, while there are the warehouses ${names.join(', ')}`,
      remedy: 'name the project, or let the stage omit its warehouses with a reason',
    }));
  }
  const known: readonly string[] = googleRegions;
  return [
    ...when(names.length === 0, () => ({
      path: stagePath(platform, 'google'),
      got: google.project,
      allowed: 'nothing, while there are no warehouses',
      remedy: 'declare a warehouse, or take the project away',
    })),
    ...when(!known.includes(google.location), () => ({
      path: stagePath(platform, 'google.location'),
      got: google.location,
      allowed: `a region of Google Cloud: ${known.join(', ')}`,
      remedy: didYouMean(google.location, known, 'choose one, near the sites and under the same law'),
    })),
  ];
};

/** Whoever writes to a warehouse proves who it is by its cluster, which every site must have. */
export const warehouseSites: Check = (platform) => {
  const users = declared(platform).length === 0 ? [] : warehouseUsers(platform);
  return sitesOf(platform)
    .filter(({ cloud }) => cloud !== 'azure' && users.length > 0)
    .map(({ cloud, siteName }) => ({
      path: stagePath(platform, `sites.${siteName}.cloud`),
      got: cloud,
      allowed: `azure, whose clusters Google trusts, while warehouses are used by ${users.join(', ')}`,
      remedy: 'put the site on azure, or let its services send such events to a queue that another platform empties',
    }));
};

/** Every table is partitioned by a time that each of its rows has, and names only columns that it has. */
export const warehouseTables: Check = (platform) =>
  tablesOf(platform).flatMap(([path, { clusterBy, columns, partitionBy }]) => {
    const known = Object.keys(columns);
    const times = known.filter((name) => columns[name]?.type === 'timestamp' && columns[name].required);
    const reserved: readonly string[] = deliveryColumns;
    return [
      ...when(!times.includes(partitionBy), (): Problem => ({
        path: `${path}.partitionBy`,
        got: partitionBy,
        allowed:
          times.length === 0
            ? 'a required column of type timestamp, of which there are none'
            : `a required column of type timestamp: ${times.join(', ')}`,
        remedy: didYouMean(partitionBy, times, 'say when an event happened in a column that each one has'),
      })),
      ...clusterBy
        .filter((name) => !known.includes(name))
        .map((name) => ({
          path: `${path}.clusterBy`,
          got: name,
          allowed: `one of ${known.join(', ')}`,
          remedy: didYouMean(name, known, 'name a column of the table'),
        })),
      ...clusterBy
        .filter((name) => ['number', 'json'].includes(columns[name]?.type ?? ''))
        .map((name) => ({
          path: `${path}.clusterBy`,
          got: name,
          allowed: 'a column that is neither number nor json: rows do not lie together by those',
          remedy: 'cluster by what people filter by, such as an id or a kind',
        })),
      ...known
        .filter((name) => reserved.includes(name))
        .map((name) => ({
          path: `${path}.columns.${name}`,
          got: name,
          allowed: `another name than ${reserved.join(', ')}, which say how a row was delivered`,
          remedy: 'rename the column',
        })),
    ];
  });

/** Names that Google takes, each once in the project. */
export const warehouseNames: Check = (platform) => {
  const named = Object.entries(platform.warehouses).flatMap(([name, { tables }]) =>
    Object.keys(tables).map((table) => [`warehouses.${name}.tables.${table}`, warehouseTopic(name, table)] as const),
  );
  const topics = named.map(([, topic]) => topic);
  return [
    ...declared(platform)
      .filter((name) => warehouseWriter(name).length > 30)
      .map((name) => ({
        path: `warehouses.${name}`,
        got: warehouseWriter(name),
        allowed: 'a name whose account has at most 30 characters on Google Cloud',
        remedy: 'shorten it',
      })),
    ...named
      .filter(([, topic], index) => topics.indexOf(topic) !== index)
      .map(([path, topic]) => ({
        path,
        got: topic,
        allowed: 'a topic that no other table has',
        remedy: 'rename the table or the warehouse',
      })),
    ...named
      .filter(([, topic]) => topic.startsWith('goog'))
      .map(([path, topic]) => ({
        path,
        got: topic,
        allowed: 'a topic that does not begin with goog, which Google keeps for itself',
        remedy: 'rename the warehouse',
      })),
  ];
};

/** A warehouse that nobody fills is a mistake. */
export const warehouseFeeders: Check = (platform) =>
  declared(platform)
    .filter((name) => !Object.values(platform.services).some(({ uses }) => uses.feeds.includes(name)))
    .map((name) => ({
      path: `warehouses.${name}`,
      got: [],
      allowed: 'a warehouse into which a service writes events',
      remedy: `name ${name} in uses.feeds of a service`,
    }));
