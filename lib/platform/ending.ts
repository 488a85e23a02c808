import type { Service } from './nouns/service';
import { callersOf, type Platform } from './platform';

/** Whether anybody sends requests to a service. */
export const hasTraffic = (platform: Pick<Platform, 'services'>, service: string): boolean =>
  (platform.services[service]?.routes.length ?? 0) > 0 || callersOf(platform, service).length > 0;

/** How long it takes until everybody knows that a pod is going, in seconds; ours. */
const farewellSeconds = 5;

/** The proxy leaves last, within this time, in seconds. */
const proxySeconds = 10;

/** The end of a pod, in seconds: how long it still serves, and after how long at the most it is gone. */
export interface Ending {
  readonly waitSeconds: number;
  readonly graceSeconds: number;
}

/**
 * The end of a pod: first it only stops being found, and answers what is under way for as long as a request may take; then its
 * process is told, and has its time to drain; the proxy goes last.
 */
export function ending(
  { drainSeconds, timeoutSeconds }: Pick<Service, 'drainSeconds' | 'timeoutSeconds'>,
  traffic: boolean,
): Ending {
  const waitSeconds = farewellSeconds + (traffic ? timeoutSeconds : 0);
  return { waitSeconds, graceSeconds: waitSeconds + drainSeconds + proxySeconds };
}

/** After how long at the most any pod of a platform's services is gone, in seconds; 0 where there are none. */
export const longestEndingSeconds = (platform: Pick<Platform, 'services'>): number =>
  Math.max(
    0,
    ...Object.entries(platform.services).map(
      ([service, spec]) => ending(spec, hasTraffic(platform, service)).graceSeconds,
    ),
  );
