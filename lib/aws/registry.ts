import { Duration, RemovalPolicy, Tags } from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { imageRepository } from '../platform/names';
import type { Platform } from '../platform/platform';
import { pascalCase } from './ids';

export interface RegistryProps {
  /** A repository for each of its services. */
  readonly platform: Pick<Platform, 'name' | 'stageName' | 'services'>;
  /** Encrypts the images. */
  readonly key: kms.IKey;
}

/** What the tag of every image that was released begins with. Other images are not counted, and not kept for rollback. */
export const releaseTagPrefix = 'release-';

/** At one release a week, a year of images to go back to. */
const releasesKept = 50;
const untaggedDays = 14;

/**
 * A repository of images per service. A tag never moves to another image; every pushed image is scanned; the latest
 * released ones stay to go back to, and what lost its tag goes after two weeks. Repositories outlive their stack.
 */
export class Registry extends Construct {
  /** The repositories by service. */
  public readonly repositories: Readonly<Record<string, ecr.Repository>>;

  public constructor(scope: Construct, id: string, props: RegistryProps) {
    super(scope, id);
    this.repositories = Object.fromEntries(
      Object.keys(props.platform.services).map((service) => [service, this.repository(service, props)]),
    );
    Tags.of(this).add('data-class', 'internal');
  }

  private repository(service: string, { platform, key }: RegistryProps): ecr.Repository {
    return new ecr.Repository(this, pascalCase(service), {
      // Pipelines push by this name.
      repositoryName: imageRepository(platform, service),
      encryption: ecr.RepositoryEncryption.KMS,
      encryptionKey: key,
      imageScanOnPush: true,
      imageTagMutability: ecr.TagMutability.IMMUTABLE,
      lifecycleRules: [
        {
          rulePriority: 1,
          description: `Keep the latest ${releasesKept} released images`,
          tagStatus: ecr.TagStatus.TAGGED,
          tagPrefixList: [releaseTagPrefix],
          maxImageCount: releasesKept,
        },
        {
          rulePriority: 2,
          description: `Remove untagged images after ${untaggedDays} days`,
          tagStatus: ecr.TagStatus.UNTAGGED,
          maxImageAge: Duration.days(untaggedDays),
        },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}
