import { aws_ecr as ecr, Duration, RemovalPolicy, Tags } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { copiedImageRepository, imageRepository } from '../platform/names';
import type { Platform } from '../platform/platform';
import { imageWords } from '../platform/releases';
import { pascalCase } from '../platform/ids';
import { releaseTagPrefix } from '../platform/aws-registry';

export interface RegistryProps {
  /** A repository for each of its services, and one for the programs of its recovery. */
  readonly platform: Platform;
  /** Encrypts the images. */
  readonly key: kms.IKey;
  /** What the platform runs of others, by name. */
  readonly copies: readonly string[];
}

/** At one release a week, a year of images to go back to. */
const releasesKept = 50;
const untaggedDays = 14;

/**
 * A repository of images per service, one of the programs of recovery, and one per image that the platform runs of others. A tag never moves to another image; every pushed image is scanned; the latest
 * released ones stay to go back to, and what lost its tag goes after two weeks. Repositories outlive their stack.
 */
export class Registry extends Construct {
  /** The repositories of what is built, by its word: services, and recovery. */
  public readonly repositories: Readonly<Record<string, ecr.Repository>>;
  /** Those of copies of what others publish, by image. */
  public readonly copies: Readonly<Record<string, ecr.Repository>>;

  public constructor(scope: Construct, id: string, props: RegistryProps) {
    super(scope, id);
    this.repositories = Object.fromEntries(
      imageWords(props.platform).map((word) => [
        word,
        repository(this, pascalCase(word), imageRepository(props.platform, word), props),
      ]),
    );
    const copies = new Construct(this, 'Copies');
    this.copies = Object.fromEntries(
      props.copies.map((image) => [
        image,
        repository(copies, pascalCase(image), copiedImageRepository(props.platform, image), props),
      ]),
    );
    Tags.of(this).add('data-class', 'internal');
  }
}

function repository(
  scope: Construct,
  id: string,
  repositoryName: string,
  { key }: Pick<RegistryProps, 'key'>,
): ecr.Repository {
  return new ecr.Repository(scope, id, {
    // Pipelines push by this name.
    repositoryName,
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
