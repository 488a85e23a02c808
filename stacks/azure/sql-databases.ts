import type { Construct } from 'constructs';
import { placeIn, type Place } from '../../lib/azure/place';
import { SqlDatabase } from '../../lib/azure/sql-database';
import { SqlServer } from '../../lib/azure/sql-server';
import { byName } from '../../lib/platform/by-name';
import { pascalCase } from '../../lib/platform/ids';
import { named } from '../../lib/platform/named';
import { migrationWord, scopeMigrationWord } from '../../lib/platform/names';
import type { SqlServer as Model } from '../../lib/platform/nouns/database';
import { mostSensitive } from '../../lib/platform/nouns/scalars';
import { sqlServersOn } from '../../lib/platform/placed-databases';
import { scopeOf } from '../../lib/platform/scopes';
import type { Foundation } from './foundation';
import type { PlatformStackProps } from './platform-stack';

export interface SqlDatabasesProps extends PlatformStackProps {
  readonly place: Place;
  readonly foundation: Foundation;
}

/** The databases of Azure SQL of a site, by name: on one server, and those of a scope on one of the scope's own. */
export function makeSqlDatabases(scope: Construct, props: SqlDatabasesProps): Readonly<Record<string, SqlDatabase>> {
  const { foundation, platform, site } = props;
  const specs = sqlServersOn(platform, site.siteName);
  const made = [undefined, ...Object.keys(platform.scopes)].flatMap((word) => {
    const own = specs.filter(([name]) => scopeOf(platform, 'databases', name) === word);
    if (own.length === 0) return [];
    const place = placeIn(props.place, word);
    const server = makeServer(scope, { ...props, place }, word, own);
    const { monitoring } = foundation;
    return Object.entries(
      byName(
        own,
        'Database',
        (id, name, spec) => new SqlDatabase(scope, id, { place, monitoring, server, name, spec }),
      ),
    );
  });
  return Object.fromEntries(made);
}

/** @param word The scope whose server it is; nothing for that of the rest. */
function makeServer(
  scope: Construct,
  { foundation, place }: SqlDatabasesProps,
  word: string | undefined,
  specs: readonly (readonly [name: string, spec: Model])[],
): SqlServer {
  const { monitoring, workloads } = foundation;
  const { encryption, network } = word === undefined ? foundation : named('scopes', foundation.scopes, word);
  const { principalId } = word === undefined ? workloads.migration : named('scopes', workloads.scopeMigrations, word);
  return new SqlServer(scope, `${word === undefined ? '' : pascalCase(word)}SqlServer`, {
    place,
    network,
    encryption,
    monitoring,
    migration: { principalId, word: word === undefined ? migrationWord : scopeMigrationWord(word) },
    dataClass: mostSensitive(specs.map(([, { dataClass }]) => dataClass)),
  });
}
