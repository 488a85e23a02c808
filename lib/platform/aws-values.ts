import { contractOf, type Authentications, type ContractEntry, type Source } from './contract';
import { cacheUser } from './names';
import { awsPorts } from './aws-ports';
import type { Platform, SiteName } from './platform';

/** How AWS authenticates whoever uses a part: as the role that it acts as. */
export const awsAuthentications: Authentications = {
  databases: 'iam',
  caches: 'iam',
  searches: 'iam',
  messages: 'iam',
};

/** Administrator of every PostgreSQL server on AWS. */
export const masterUser = 'mainstay';

/** A value of the contract that AWS fills in. */
export type AwsEntry = Extract<ContractEntry, { readonly kind: 'value' }>;

/** What a definition says of a part on AWS by itself; nothing where AWS tells it once the part is there. */
export function knownOnAws(
  platform: Pick<Platform, 'name' | 'stageName'>,
  { field, noun }: Source,
  service: string,
): string | undefined {
  if (field === 'port') return noun === 'databases' || noun === 'caches' ? String(awsPorts[noun]) : undefined;
  return noun === 'caches' && field === 'user' ? cacheUser(platform, service) : undefined;
}

/** What a service receives on a site of AWS and no definition can know: AWS names it. Services find each other by other means. */
export const toldToService = (platform: Platform, site: SiteName, service: string): readonly AwsEntry[] =>
  contractOf({ platform, site, authentications: awsAuthentications }, service).filter(
    (entry): entry is AwsEntry =>
      entry.kind === 'value' &&
      entry.source.noun !== 'services' &&
      knownOnAws(platform, entry.source, service) === undefined,
  );
