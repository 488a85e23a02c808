import type * as ecr from 'aws-cdk-lib/aws-ecr';
import { aws_ecs as ecs } from 'aws-cdk-lib';
import { bootstrapCommand } from '../platform/process';
import type { Image } from '../platform/releases';
import type { CopiedImage } from './copied-image';

/** What a task runs. */
export interface ServiceImage {
  readonly image: ecs.ContainerImage;
  /** The image as its registry names it: by digest. */
  readonly reference: string;
  /** Where the image lies. */
  readonly repository: ecr.IRepository;
  /** Whether it is the service's own, and not what stands in for it. */
  readonly released: boolean;
  /** @default - the image's own */
  readonly command?: readonly string[];
}

/**
 * What a service runs. Until its first release it is an image that answers its health checks, so that the platform stands
 * before any service has been built.
 */
export function serviceImage(
  image: Image,
  spec: Parameters<typeof bootstrapCommand>[0],
  repository: ecr.IRepository,
  bootstrap: CopiedImage,
): ServiceImage {
  if (image.kind === 'bootstrap') return { ...bootstrap, released: false, command: bootstrapCommand(spec) };
  const reference = repository.repositoryUriForDigest(image.digest);
  return { image: ecs.ContainerImage.fromRegistry(reference), reference, repository, released: true };
}
