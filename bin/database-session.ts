import type { TokenCredential } from '@azure/identity';
import { rdsRoot } from '../lib/platform/rds-roots';
import type { PlacedSite } from '../lib/platform/platform';
import type { Session } from '../lib/recovery/database/prepare';
import { Postgres } from '../lib/recovery/postgres';
import { Unreachable } from '../lib/recovery/sql';
import type { DatabaseAddress } from './database-address';

/** For what a token of Entra ID is asked that PostgreSQL on Azure takes in place of a password. */
const postgresScope = 'https://ossrdbms-aad.database.windows.net/.default';

export interface SessionInput {
  /** What people call it: `store on the recovery site`. */
  readonly called: string;
  readonly site: PlacedSite;
  readonly address: DatabaseAddress;
  readonly credential: TokenCredential;
  /** Settings of the session. */
  readonly options?: string;
}

/** A session of a database of a site: by password, or by a token of the site's cloud. Its server proves its name. */
export function openSession({ address, called, credential, options, site }: SessionInput): Session {
  if (address === 'unreachable') return unreachable(called, site);
  const { password, ...where } = address;
  return new Postgres({
    ...where,
    name: called,
    password: async () => password ?? (site.cloud === 'aws' ? rdsToken(site.region, where) : entraToken(credential)),
    root: site.cloud === 'aws' ? rdsRoot(site.region) : 'system',
    ...(options === undefined ? {} : { options }),
  });
}

async function entraToken(credential: TokenCredential): Promise<string> {
  const token = await credential.getToken(postgresScope);
  if (token === null) throw new Error(`nobody gives a token for ${postgresScope}: log in with az login`);
  return token.token;
}

/** Signed with whatever credentials this process has on AWS. Loaded for it alone: a failover needs nothing of AWS. */
async function rdsToken(
  region: string,
  { host, port, user }: { readonly host: string; readonly port: number; readonly user: string },
): Promise<string> {
  const { Signer } = await import('@aws-sdk/rds-signer');
  return new Signer({ region, hostname: host, port, username: user }).getAuthToken();
}

/** A site of which it is said that nobody reaches it: so it is taken to be. */
const unreachable = (called: string, { siteName }: PlacedSite): Session => ({
  query: () => Promise.reject(new Unreachable(called, `it was said that nobody reaches the ${siteName} site`)),
  close: () => Promise.resolve(),
});
