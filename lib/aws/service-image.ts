import type * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import type { Image } from '../platform/releases';
import { images } from './images';

/** What a task runs. */
export interface ServiceImage {
  readonly image: ecs.ContainerImage;
  /** The image as its registry names it: by digest. */
  readonly reference: string;
  /** Where the image lies, if it is the platform's own. */
  readonly repository?: ecr.IRepository;
  /** @default - the image's own */
  readonly command?: readonly string[];
}

/**
 * What a service runs. Until its first release it is a public image that answers every request with 200, so that the
 * platform stands, and its health checks pass, before any pipeline has run.
 */
export function serviceImage(image: Image, port: number, repository: ecr.IRepository): ServiceImage {
  if (image.kind === 'bootstrap') {
    return {
      image: ecs.ContainerImage.fromRegistry(images.bootstrap),
      reference: images.bootstrap,
      command: ['caddy', 'respond', '--listen', `:${port}`, '--status', '200'],
    };
  }
  const reference = repository.repositoryUriForDigest(image.digest);
  return { image: ecs.ContainerImage.fromRegistry(reference), reference, repository };
}
