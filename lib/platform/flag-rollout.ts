import { flagsOn } from './azure-flags';
import type { FlagSet } from './nouns/flags';
import { sitesOn, watchedServices, type Platform, type SiteName } from './platform';
import { failing } from './service-alerts';

/** Sets that a program in the cluster of a site changes step by step and takes back: those in App Configuration, which does neither. */
export const rolloutsOn = (
  platform: Pick<Platform, 'flags' | 'stage'>,
  site: SiteName,
): readonly (readonly [name: string, set: FlagSet])[] =>
  sitesOn(platform, 'azure').some(({ siteName }) => siteName === site) ? flagsOn(platform, site) : [];

/** Whether any cluster has such a program. */
export const hasFlagRollouts = (platform: Pick<Platform, 'flags' | 'stage'>): boolean =>
  sitesOn(platform, 'azure').some(({ siteName }) => rolloutsOn(platform, siteName).length > 0);

/** Over which time requests are looked at: as long as those of a release. */
const window = '2m';

/** The label by which Prometheus names a service that fails. */
export const failingLabel = 'service';

/** Asks which of the services that use a set fail, each by its name. Nothing, where no service has requests that are counted. */
export const failingQuery = (platform: Platform, set: string): string =>
  watchedServices(platform, set)
    .map((service) => `label_replace(${failing(platform, service, window)}, "${failingLabel}", "${service}", "", "")`)
    .join(' or ');
