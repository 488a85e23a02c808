import type { Construct } from 'constructs';
import { LedgerStore, type LedgerStoreProps } from '../../lib/azure/ledger-store';
import { ledgersOn } from '../../lib/platform/ledgers';
import { named } from '../../lib/platform/named';
import { mostSensitive } from '../../lib/platform/nouns/scalars';
import type { Foundation } from './foundation';
import type { PlatformStackProps } from './platform-stack';

/** What keeps digests of the ledgers of a site, where there are some. */
export function makeLedgerStore(
  scope: Construct,
  shared: Pick<LedgerStoreProps, 'encryption' | 'monitoring' | 'network' | 'place'>,
  { foundation, platform, site }: PlatformStackProps & { readonly foundation: Pick<Foundation, 'workloads'> },
): LedgerStore | undefined {
  const databases = ledgersOn(platform, site.siteName);
  const { digests: writer, verification: reader } = foundation.workloads;
  if (databases.length === 0 || writer === undefined || reader === undefined) return undefined;
  const classes = databases.map((name) => named('databases', platform.databases, name).dataClass);
  const dataClass = mostSensitive(classes);
  return new LedgerStore(scope, 'LedgerStore', { ...shared, databases, dataClass, reader, writer });
}
