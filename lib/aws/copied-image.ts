import { aws_ecr as ecr, aws_ecs as ecs } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { copiedImageRepository } from '../platform/names';
import type { Platform } from '../platform/platform';
import { images, type ImageName } from './images';

/** The stage's own copy of an image that somebody else publishes. */
export interface CopiedImage {
  readonly image: ecs.ContainerImage;
  /** The copy as its registry names it: by digest, which is that of the original. */
  readonly reference: string;
  readonly repository: ecr.IRepository;
}

/** An image that the platform runs, in the registry of its stage; by name, as it was copied there. */
export function copiedImage(
  scope: Construct,
  id: string,
  platform: Pick<Platform, 'name' | 'stageName'>,
  name: ImageName,
): CopiedImage {
  const repository = ecr.Repository.fromRepositoryName(scope, id, copiedImageRepository(platform, name));
  const reference = repository.repositoryUriForDigest(images[name].digest);
  return { image: ecs.ContainerImage.fromRegistry(reference), reference, repository };
}
