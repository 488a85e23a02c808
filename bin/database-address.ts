import type { Problem } from '../lib/platform/error';
import { whereIs } from '../lib/platform/azure-sites';
import { azureHosts, azurePorts } from '../lib/platform/azure-hosts';
import { databaseName } from '../lib/platform/names';
import type { PlacedSite, Platform } from '../lib/platform/platform';

/** How a database of a site is reached; `unreachable` where somebody says that nobody can. */
export type DatabaseAddress =
  | 'unreachable'
  | {
      readonly host: string;
      readonly port: number;
      readonly database: string;
      readonly user: string;
      /** @default - a token of whoever runs this */
      readonly password?: string;
    };

/** Whose address is asked for. */
export interface AddressInput {
  readonly platform: Platform;
  readonly site: PlacedSite;
  /** Name of the database in the definition. */
  readonly name: string;
  /** Variable that says it. */
  readonly variable: string;
  /** As whom the server is entered, where nothing says it. */
  readonly user: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** How a database is reached: as its variable says, or on Azure, where the server is known by its name. Adds what is wrong. */
export function addressOf(
  { environment, name, platform, site, user, variable }: AddressInput,
  problems: Problem[],
): DatabaseAddress {
  const given = environment[variable];
  if (given === 'unreachable') return given;
  const database = databaseName(name);
  if (given === undefined && site.cloud === 'azure') {
    return {
      host: azureHosts.databaseWriter(whereIs(platform, site), name),
      port: azurePorts.databaseServer,
      database,
      user,
    };
  }
  const url = URL.canParse(given ?? '') ? new URL(given ?? '') : undefined;
  if (url?.protocol !== 'postgresql:' || url.hostname === '' || url.username === '') {
    problems.push({
      path: variable,
      // It may hold a password.
      got: given === undefined ? undefined : 'something else',
      allowed: 'postgresql://<user>:<password>@<writer endpoint>:5432, or unreachable',
      remedy: `say how ${name} on the ${site.siteName} site is reached`,
    });
    return 'unreachable';
  }
  return {
    host: url.hostname,
    port: Number(url.port || 5432),
    database,
    user: decodeURIComponent(url.username),
    ...(url.password === '' ? {} : { password: decodeURIComponent(url.password) }),
  };
}
