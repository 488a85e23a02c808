import { azureName, type AzureNaming } from '../platform/azure-names';

/** What is fetched into the registry of a site. */
export interface ImageImport {
  /** Where it lies elsewhere, without tag: `account.dkr.ecr.region.amazonaws.com/shop-production/order`. */
  readonly source: string;
  readonly digest: string;
  /** Where it is to lie: repository and tag. */
  readonly image: string;
}

/** Name of the registry of a site. */
export const registryName = (site: AzureNaming): string => azureName('container-registry', site);

/**
 * Has the registry of a site fetch an image itself, with every architecture, so that whoever asks needs no way into the network: the
 * Azure command line, and the right to import. The digest is what is asked for, so that nothing else can come. Fails where the tag is there
 * already, unless `--force` follows.
 */
export const importCommand = (site: AzureNaming, { digest, image, source }: ImageImport): readonly string[] => [
  ...['az', 'acr', 'import', '--subscription', site.subscription, '--name', registryName(site)],
  ...['--image', image, '--source', `${source}@${digest}`],
];

/** Under which tag a release lies: one that no other image can have, since a registry takes away what has none. Whoever pulls it names the digest. */
export const releaseTag = (digest: string): string => `release-${digest.slice('sha256:'.length)}`;
