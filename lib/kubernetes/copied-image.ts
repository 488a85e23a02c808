import { copiedImageRepository } from '../platform/names';
import type { ClusterContext } from './context';
import { images, type ImageName } from '../platform/cluster-images';

/** The site's own copy of an image that somebody else publishes, apart as charts ask for it. */
export interface CopiedImage {
  /** `cr….azurecr.io/<stage>/copies/<image>` */
  readonly repository: string;
  /** `sha256:…`, that of the original. */
  readonly digest: string;
}

/** Where a copy lies, and which one it is. */
export const copiedImageParts = (
  { cloud, platform }: Pick<ClusterContext, 'cloud' | 'platform'>,
  name: ImageName,
): CopiedImage => ({
  repository: `${cloud.registry}/${copiedImageRepository(platform, name)}`,
  digest: images[name].digest,
});

/** An image that the platform runs, in the registry of its site: `cr….azurecr.io/<stage>/copies/<image>@sha256:…`. */
export function copiedImage(context: Pick<ClusterContext, 'cloud' | 'platform'>, name: ImageName): string {
  const { digest, repository } = copiedImageParts(context, name);
  return `${repository}@${digest}`;
}

/** A copy for charts that name an image by a tag: it is a version for people, and the digest that is pulled. */
export interface TaggedImage {
  readonly repository: string;
  readonly tag: string;
}

/** A copy with its tag. */
export const taggedImage = (context: Pick<ClusterContext, 'cloud' | 'platform'>, name: ImageName): TaggedImage => ({
  repository: copiedImageParts(context, name).repository,
  tag: `${images[name].version}@${images[name].digest}`,
});

/** A copy with its tag, for charts that want the host of the registry apart. */
export interface HostedImage extends TaggedImage {
  readonly registry: string;
}

/** A copy with its tag and its registry. */
export function hostedImage(context: Pick<ClusterContext, 'cloud' | 'platform'>, name: ImageName): HostedImage {
  const { repository, tag } = taggedImage(context, name);
  const [registry = '', ...path] = repository.split('/');
  return { registry, repository: path.join('/'), tag };
}
