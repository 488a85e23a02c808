import type { Construct } from 'constructs';
import { LoadStore, type LoadStoreProps } from '../../lib/azure/load-store';
import { loadsOn } from '../../lib/platform/load-tests/in-cluster';
import type { Foundation } from './foundation';
import type { PlatformStackProps } from './platform-stack';

/** What keeps results of a site's load tests, where there are some. */
export function makeLoadStore(
  scope: Construct,
  shared: Pick<LoadStoreProps, 'encryption' | 'monitoring' | 'network' | 'place'>,
  { foundation, platform, site }: PlatformStackProps & { readonly foundation: Pick<Foundation, 'workloads'> },
): LoadStore | undefined {
  const loads = loadsOn(platform, site.siteName);
  const writer = foundation.workloads.loads;
  if (loads === undefined || writer === undefined) return undefined;
  return new LoadStore(scope, 'LoadStore', { ...shared, keepDays: loads.keepDays, writer });
}
