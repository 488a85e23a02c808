import { definitionKeys, flagKeys } from '../../lib/platform/azure-flags';
import type { Audience } from '../../lib/platform/flag-audience';
import type { Kept } from '../../lib/recovery/azure/flag-turn';
import { withAudience } from '../../lib/recovery/azure/flag-value';

/** A flag that is on for a share, and for groups as a whole. */
export const on = (percent: number, groups: Audience['groups'] = {}): Audience => ({ enabled: true, percent, groups });

const blank = JSON.stringify({ id: 'cart', description: 'Shows the new cart', enabled: false, conditions: {} });

const minute = 60_000;

/** The flag `cart` as it was written at a minute, by people where no tags are told. */
export const entry = (at: number, audience: Audience, tags: Kept['tags'] = {}): Kept => ({
  key: `${flagKeys}cart`,
  value: withAudience(blank, audience),
  etag: `etag-${at}`,
  at: at * minute,
  contentType: 'application/vnd.microsoft.appconfig.ff+json;charset=utf-8',
  tags,
});

/** What the definition of `cart` says, since a minute. */
export const definition = (at: number, audience: Audience): Kept => ({
  ...entry(at, audience),
  key: `${definitionKeys}cart`,
  value: JSON.stringify(audience),
});
