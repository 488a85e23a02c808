import type { Loads } from '../nouns/load-tests';
import type { Pods } from '../azure-nodes';
import type { Platform, SiteName } from '../platform';
import { generator, minutesOf, programsOf } from './figures';

/** Container that keeps what load tests found; nothing else is in its account. */
export const loadContainer = 'load-tests';

/** A start that comes later than this does not come, in seconds: an hour without the API server is no reason to miss a week. */
export const lateSeconds = 3600;

/** What a run may take beside its users, in minutes: nodes are asked for, images pulled, results kept. Ours. */
const spareMinutes = 30;

/** When the cluster of a site runs load tests: that of a primary on Azure. On AWS they have one of their own, whatever runs the services. */
export const loadsOn = ({ stage }: Pick<Platform, 'stage'>, site: SiteName): Loads | undefined =>
  site === 'primary' && stage.sites.primary.cloud === 'azure' ? stage.loadTests : undefined;

/** Whether any cluster does. */
export const loadsInCluster = (platform: Pick<Platform, 'stage'>): boolean =>
  loadsOn(platform, 'primary') !== undefined;

/** How long a run of a test may take at most, in minutes. */
export const mostMinutesOf = (test: Parameters<typeof minutesOf>[0]): number => minutesOf(test) + spareMinutes;

/** The programs of every test of a site's cluster, which begin at the same time: none where it runs no tests. */
export const loadPods = (platform: Pick<Platform, 'goals' | 'loadTests' | 'stage'>, site: SiteName): readonly Pods[] =>
  loadsOn(platform, site) === undefined
    ? []
    : Object.values(platform.loadTests).map((test) => ({
        ...generator.capacity,
        count: programsOf(platform, test),
      }));
