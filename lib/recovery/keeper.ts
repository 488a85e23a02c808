import type { SiteName } from '../platform/platform';
import { one, type Sql } from './sql';

/** What says which site may lead: an object that is served from elsewhere, and read by both sites. */
export interface Witness {
  /**
   * Whether the site may lead.
   *
   * @throws Error if that cannot be learned; then nothing is renewed.
   */
  leads(site: SiteName): Promise<boolean>;
}

/** What a keeper did in one turn. */
export type Kept =
  | { readonly did: 'renewed'; readonly until: string }
  /** The other site leads: this one writes no more, from now on. */
  | { readonly did: 'released' }
  /** Nobody could be asked. The site writes until its right ends by itself. */
  | { readonly did: 'let go'; readonly because: string }
  /** The site follows, or was fenced. `behindSeconds`: how old the last beat of the other site is here, if one ever arrived. */
  | { readonly did: 'nothing'; readonly behindSeconds?: number };

/**
 * One turn of a site's keeper: renews the right to write if the witness says that the site leads, and gives it up if the other
 * one does; writes a beat, and tends tables that services made since. A keeper that cannot ask renews nothing, so a site that
 * is cut off stops writing when its right has ended, and not before. On a site that does not lead it says how far that is behind.
 *
 * @throws Unreachable if the site's own database cannot be reached.
 */
export async function keep(sql: Sql, site: SiteName, witness: Witness, leaseSeconds: number): Promise<Kept> {
  const { open } = await one(sql, 'SELECT mainstay.is_open() AS open');
  if (open !== true) return { did: 'nothing', ...(await behind(sql, site)) };
  const kept = await renewed(sql, site, witness, leaseSeconds);
  await sql.query('SELECT mainstay.beat($1)', [site]);
  await sql.query('SELECT * FROM mainstay.tend_tables()');
  return kept;
}

async function behind(sql: Sql, site: SiteName): Promise<{ readonly behindSeconds?: number }> {
  const other: SiteName = site === 'primary' ? 'recovery' : 'primary';
  const [beat] = await sql.query('SELECT seconds FROM mainstay.behind($1)', [other]);
  return beat === undefined ? {} : { behindSeconds: Number(beat['seconds']) };
}

async function renewed(sql: Sql, site: SiteName, witness: Witness, leaseSeconds: number): Promise<Kept> {
  const leads = await witness
    .leads(site)
    .catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
  if (typeof leads === 'string') return { did: 'let go', because: leads };
  if (!leads) {
    await sql.query('SELECT mainstay.release_write_lease()');
    return { did: 'released' };
  }
  const { until } = await one(sql, 'SELECT mainstay.renew_write_lease($1)::text AS until', [leaseSeconds]);
  return { did: 'renewed', until: String(until) };
}
