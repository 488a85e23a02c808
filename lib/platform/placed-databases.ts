import type { Postgres, SqlServer } from './nouns/database';
import { placedOn, type Platform, type SiteName } from './platform';

type Named<Spec> = readonly (readonly [name: string, spec: Spec])[];
type Placed = Pick<Platform, 'databases'>;

/** The PostgreSQL databases of a site. */
export const postgresOn = ({ databases }: Placed, site: SiteName): Named<Postgres> =>
  placedOn(databases, site).filter((entry): entry is readonly [string, Postgres] => entry[1].engine === 'postgres');

/** The SQL Server databases of a site. */
export const sqlServersOn = ({ databases }: Placed, site: SiteName): Named<SqlServer> =>
  placedOn(databases, site).filter((entry): entry is readonly [string, SqlServer] => entry[1].engine === 'sqlserver');
