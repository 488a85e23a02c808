import { publicImages } from '../platform/public-images';
import { copiedImageRepository, imageRepository } from '../platform/names';
import { bootstrapCommand } from '../platform/process';
import { imageOf } from '../platform/releases';
import type { ClusterContext } from './context';

/** What the pods of a service run. */
export interface ServiceImage {
  /** By digest, in the registry of the site. */
  readonly reference: string;
  /** Whether it is the service's own, and not what stands in for it. */
  readonly released: boolean;
  /** @default - the image's own */
  readonly command?: readonly string[];
}

/** What a service runs: what was released last or, until its first release, an image that answers its health checks. */
export function serviceImage(
  { cloud, platform, releases }: Pick<ClusterContext, 'cloud' | 'platform' | 'releases'>,
  service: string,
  spec: Parameters<typeof bootstrapCommand>[0],
): ServiceImage {
  const image = imageOf(releases, service);
  if (image.kind === 'release') {
    return { reference: `${cloud.registry}/${imageRepository(platform, service)}@${image.digest}`, released: true };
  }
  return {
    reference: `${cloud.registry}/${copiedImageRepository(platform, 'busybox')}@${publicImages.busybox.digest}`,
    released: false,
    command: bootstrapCommand(spec),
  };
}
