import type { Platform, SiteName } from '../platform';
import { loadRequests } from './figures';

/** What AWS's firewall puts before the name of every header that it adds; the edge of Azure spells it the same, so that a gateway looks for one. */
const addedPrefix = 'x-amzn-waf-';
const name = 'load-test';

/**
 * By what the edge tells the gateway that a request is of a load test. It is no secret: the edge takes it from whoever else sends it, and
 * gives it by the address alone.
 */
export const loadMark = { name, header: `${addedPrefix}${name}`, value: 'admitted' } as const;

/** Users wait by chance, so that some minutes have more requests than others. Ours. */
const spare = 1.25;

/**
 * Requests a minute that an address with the mark may make at a site, a quarter more than all load tests of the stage make at their most;
 * nothing where none runs. They go to the primary alone.
 */
export const admittedPerMinute = (
  platform: Pick<Platform, 'goals' | 'loadTests' | 'stage'>,
  site: SiteName,
): number | undefined =>
  platform.stage.loadTests === undefined || site !== 'primary' ? undefined : Math.ceil(loadRequests(platform) * spare);
