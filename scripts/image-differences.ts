import { siteOn } from '../lib/platform/platform';
import type { Releases } from '../lib/platform/releases';
import { imageSource, type Session } from './image-source';
import { differenceInAzure, differenceOnAws, differenceOnAzure, type Difference } from './registry-answers';

/** Where the registry on Azure is asked from: `inside` of its network, it can be looked into. */
export type Standpoint = 'inside' | 'outside';

/**
 * Everything in which the registries of a stage differ from its releases, and so from each other. All that can be asked is asked before anything is told.
 *
 * @throws Error if a command is missing, or nobody is logged in who may ask for images
 */
export function imageDifferences(session: Session, releases: Releases, from: Standpoint): readonly string[] {
  const images = Object.entries(releases).map(([image, { digest }]) => ({ image, digest }));
  if (images.length === 0) return [];
  const [aws, azure] = [siteOn(session.platform, 'aws'), siteOn(session.platform, 'azure')];
  const clouds = [...(aws === undefined ? [] : ['aws' as const]), ...(azure === undefined ? [] : ['azure' as const])];
  const source = azure === undefined || from === 'inside' ? undefined : imageSource(session);
  return images.flatMap((each) => {
    const differences: readonly Difference[] = [
      aws && differenceOnAws(session, aws, each, clouds),
      azure &&
        (source === undefined
          ? differenceInAzure(session, azure, each)
          : differenceOnAzure(session, azure, each, source)),
    ];
    return differences.filter((difference) => difference !== undefined);
  });
}
