import { copiedImageRepository } from '../platform/names';
import type { AzureNaming } from '../platform/azure-names';
import type { Platform } from '../platform/platform';
import type { PublicImage } from '../platform/public-images';
import { importCommand } from './image-import';

/** Under which tag a copy lies: a registry takes away what has none. Whoever pulls it names the digest. */
export const copyTag = ({ digest }: Pick<PublicImage, 'digest'>): string =>
  `copy-${digest.slice('sha256:'.length).slice(0, 12)}`;

/**
 * A shell script that copies what the platform runs of others into the registry of a stage on Azure, by digest and with every
 * architecture. The registry fetches them itself, so that whoever runs the script needs no way into the network: the Azure
 * command line, and the right to import. It may be run again, and fails at the first image that is not what its digest says.
 */
export function copyScript(
  platform: Pick<Platform, 'name' | 'stageName'>,
  site: AzureNaming,
  images: Readonly<Record<string, PublicImage>>,
): string {
  const copies = Object.entries(images).map(([name, image]) => {
    const copy = `${copiedImageRepository(platform, name)}:${copyTag(image)}`;
    // The same digest again is no change; without this, what is there already is a failure.
    return [...importCommand(site, { ...image, image: copy }), '--force', '--output', 'none'].join(' ');
  });
  return ['set -eu', ...copies, ''].join('\n');
}
