import { copiedImageRepository } from '../platform/names';
import type { ClusterContext } from './context';
import { images, type ImageName } from './images';

/** The site's own copy of an image that somebody else publishes, apart as charts ask for it. */
export interface CopiedImage {
  /** `cr….azurecr.io/<stage>/copies/<image>` */
  readonly repository: string;
  /** `sha256:…`, that of the original. */
  readonly digest: string;
}

/** Where a copy lies, and which one it is. */
export const copiedImageParts = ({ cloud, platform }: ClusterContext, name: ImageName): CopiedImage => ({
  repository: `${cloud.registry}/${copiedImageRepository(platform, name)}`,
  digest: images[name].digest,
});

/** An image that the platform runs, in the registry of its site: `cr….azurecr.io/<stage>/copies/<image>@sha256:…`. */
export function copiedImage(context: ClusterContext, name: ImageName): string {
  const { digest, repository } = copiedImageParts(context, name);
  return `${repository}@${digest}`;
}
