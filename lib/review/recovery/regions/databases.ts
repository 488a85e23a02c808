import { oncePer } from '../../../platform/once';
import { namedBy } from '../../azure/private-dns';
import { resourcesOf, type Resource } from '../../azure/stack';
import { kebab } from '../capability';
import type { SharedDatabase } from '../databases';
import type { AzureOutputs, Outputs } from '../outputs';
import { means, placeOf } from './place';

/** A PostgreSQL database that a replica in the other region follows. */
export interface FollowedDatabase extends SharedDatabase {
  /** The server that takes writes while the primary leads. */
  readonly writer: Resource;
  /** The pair of names that leads to both, and by which the one is promoted for the other; nothing where there is none. */
  readonly endpoint: Resource | undefined;
}

const PATH = /\/(\w+)Database(?:\/|$)/;

/** Databases of the primary that a replica of the recovery site follows. */
export const followedDatabases = oncePer(({ primary, recovery }: Outputs<AzureOutputs>): readonly FollowedDatabase[] =>
  resourcesOf(primary.site, 'azurerm_postgresql_flexible_server_database').flatMap((database) => {
    const writer = namedBy(database, database.arguments.server_id, primary.all);
    const replica =
      writer &&
      resourcesOf(recovery.site, 'azurerm_postgresql_flexible_server').find(
        (each) =>
          each.arguments.create_mode === 'Replica' &&
          means(each.arguments.source_server_id, writer, each, recovery.all),
      );
    if (writer === undefined || replica === undefined) return [];
    return [
      {
        name: kebab(PATH.exec(database.path)?.[1] ?? ''),
        writer,
        recovery: replica,
        endpoint: resourcesOf(recovery.all, 'azurerm_postgresql_flexible_server_virtual_endpoint').find(
          (each) =>
            each.arguments.type === 'ReadWrite' &&
            means(each.arguments.source_server_id, writer, each, recovery.all) &&
            means(each.arguments.replica_server_id, replica, each, recovery.all),
        ),
        at: `${placeOf(writer)}; ${placeOf(replica)}`,
      },
    ];
  }),
);
