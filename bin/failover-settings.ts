import { isIPv4 } from 'node:net';
import { refuse, type Problem } from '../lib/platform/error';
import { failoverStore } from '../lib/platform/failover-store';
import { azureIdentity } from '../lib/platform/azure-names';
import { whereShared } from '../lib/platform/azure-sites';
import { migrationWord } from '../lib/platform/names';
import { sitesOf, type PlacedSite, type Platform, type SiteName } from '../lib/platform/platform';
import { replicatedDatabases } from '../lib/platform/sql/database';
import { addressOf, type DatabaseAddress } from './database-address';

/** What a failover control is told, by its environment and its command line. */
export interface FailoverSettings {
  readonly platform: Platform;
  readonly from: PlacedSite;
  readonly to: PlacedSite;
  /** By database, on each site. */
  readonly databases: Readonly<Record<string, Readonly<Record<SiteName, DatabaseAddress>>>>;
  readonly latch: string;
  readonly journal: string;
  /** Whom payments are reconciled by. @default - somebody said why nobody needs to */
  readonly reconciliation?: string;
  /** Host or public IPv4 address of the recovery site's edge, to which names lead. @default - names are left to others */
  readonly recoveryAddress?: string;
  /** API server of the cluster. @default - the one in which this runs */
  readonly kubernetes?: string;
  /** Password of the user by which the other site reads; for following alone. */
  readonly standbyPassword?: string;
  /** Object id of the identity of Azure by which the keeper logs in there; for following alone. */
  readonly keeperPrincipal?: string;
}

/** What is left to whoever calls the control. */
export interface SettingsInput {
  readonly platform: Platform;
  readonly to: string;
  /** What is needed for it: the steps of a failover, those by which a site follows, or the journal alone. */
  readonly task: 'failover' | 'follow' | 'status';
  /** Why payments need not be reconciled. */
  readonly unreconciled?: string;
  /** Whether names are waited for. @default true */
  readonly traffic?: boolean;
  /** Where the recovery site's edge is reached, as it told. */
  readonly address?: string;
  /** Object id of the identity by which the keeper logs in on Azure. @default - FAILOVER_KEEPER says it */
  readonly keeper?: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** At least two words; the last is no number. */
const hostname = /^(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]*$/i;

/** Name of the variable that says how a database of a site is reached. */
export const addressVariable = (site: SiteName, database: string): string =>
  `FAILOVER_${site}_${database}`.toUpperCase().replaceAll('-', '_');

/**
 * The settings of a control, complete, or every problem at once.
 *
 * @throws PlatformError that lists everything that is missing or malformed.
 */
export function failoverSettings(input: SettingsInput): FailoverSettings {
  const { environment, platform, task, traffic = true, unreconciled } = input;
  const problems: Problem[] = [];
  const sites = sitesOf(platform);
  const to = sites.find(({ siteName }) => siteName === input.to);
  const from = sites.find((site) => site !== to);
  const azure = sites.find((site) => site.cloud === 'azure');
  const store = sites.map((site) => failoverStore(platform, site)).find((one) => one !== undefined);
  const names = replicatedDatabases(platform);
  if (to === undefined)
    problems.push(
      oneOf(
        '--to',
        input.to,
        sites.map(({ siteName }) => siteName),
      ),
    );
  if (from === undefined || names.length === 0) {
    problems.push({
      path: 'stage.sites.recovery',
      got: from?.siteName,
      allowed: 'declared, with a place there for a PostgreSQL database, for anything to fail over',
      remedy: 'choose another stage with --stage',
    });
  }
  const url = (variable: string, fallback: string | undefined, why: string): string => {
    const value = environment[variable] ?? fallback;
    if (value === undefined || !/^(https?|file):\/\/./.test(value)) {
      problems.push({ path: variable, got: value, allowed: 'an address that begins with https://', remedy: why });
    }
    return value ?? '';
  };
  const databases = Object.fromEntries(
    names.map((name) => [
      name,
      Object.fromEntries(
        sites.map((site) => [
          site.siteName,
          task === 'status'
            ? 'unreachable'
            : addressOf(
                {
                  platform,
                  site,
                  name,
                  environment,
                  variable: addressVariable(site.siteName, name),
                  user: azure?.cloud === 'azure' ? azureIdentity(whereShared(platform, azure), migrationWord) : '',
                },
                problems,
              ),
        ]),
      ),
    ]),
  ) as FailoverSettings['databases'];
  const latch = url('FAILOVER_LATCH', store?.latch, 'name the object that says which site leads');
  const journal = url('FAILOVER_JOURNAL', store?.journal, 'name the blob that holds the journal');
  const mustReconcile = task === 'failover' && unreconciled === undefined;
  const reconciliation = mustReconcile
    ? url(
        'FAILOVER_RECONCILIATION',
        undefined,
        'name whoever compares payments with their provider, or say with --accept-unreconciled why nobody needs to',
      )
    : undefined;
  const {
    FAILOVER_ADDRESS: recoveryAddress = input.address,
    FAILOVER_KEEPER: keeperPrincipal = input.keeper,
    FAILOVER_KUBERNETES: kubernetes,
    FAILOVER_STANDBY_PASSWORD: standbyPassword,
  } = environment;
  if (task === 'failover' && traffic && !(isIPv4(recoveryAddress ?? '') || hostname.test(recoveryAddress ?? ''))) {
    problems.push({
      path: 'FAILOVER_ADDRESS',
      got: recoveryAddress,
      allowed: "the host or the public IPv4 address of the recovery site's edge",
      remedy:
        'run npm run outputs:azure once the edge there is applied, or leave names to others with --without traffic',
    });
  }
  if (
    task === 'follow' &&
    azure !== undefined &&
    !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(keeperPrincipal ?? '')
  ) {
    problems.push({
      path: 'FAILOVER_KEEPER',
      got: keeperPrincipal,
      allowed: 'the object id of an identity of Azure',
      remedy: 'run npm run outputs:azure once the foundation there is applied, or name the identity of the keeper',
    });
  }
  if (task === 'follow' && !/^[A-Za-z0-9_-]{16,}$/.test(standbyPassword ?? '')) {
    problems.push({
      path: 'FAILOVER_STANDBY_PASSWORD',
      got: standbyPassword === undefined ? undefined : 'something else',
      allowed: '16 or more letters, digits, - and _',
      remedy: 'make a new one: openssl rand -hex 32',
    });
  }
  refuse('failover', problems);
  return {
    platform,
    from: from as PlacedSite,
    to: to as PlacedSite,
    databases,
    latch,
    journal,
    ...(reconciliation === undefined ? {} : { reconciliation }),
    ...(recoveryAddress === undefined ? {} : { recoveryAddress }),
    ...(kubernetes === undefined ? {} : { kubernetes }),
    ...(standbyPassword === undefined ? {} : { standbyPassword }),
    ...(keeperPrincipal === undefined ? {} : { keeperPrincipal }),
  };
}

const oneOf = (path: string, got: string, allowed: readonly string[]): Problem => ({
  path,
  got,
  allowed: `one of ${allowed.join(', ')}`,
  remedy: 'name the site that is to lead',
});
