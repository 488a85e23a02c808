import { z } from 'zod';
import { importCommand, registryName, releaseTag } from '../lib/azure/image-import';
import { whereIs, type PlacedAzureSite } from '../lib/platform/azure-sites';
import { imageRepository } from '../lib/platform/names';
import type { AwsSite } from '../lib/platform/nouns/site';
import { ask } from './ask';
import type { ImageSource, Session } from './image-source';

/** An image of a stage: its word, and what it is. */
export interface ReleasedImage {
  readonly image: string;
  readonly digest: string;
}

/** What is wrong with an image in a registry, and what to do. */
export type Difference = string | undefined;

/** Manifests that name others, one an architecture, as Docker and the OCI call them, and manifests of one image. */
const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
] as const;

const found = z.object({
  images: z.array(z.object({ imageManifest: z.string() })).default([]),
  failures: z.array(z.object({ failureCode: z.string(), failureReason: z.string().default('') })).default([]),
});

const index = z.object({
  manifests: z
    .array(z.object({ platform: z.object({ os: z.string(), architecture: z.string() }).optional() }))
    .default([]),
});

/** On what the tasks of a cloud run. */
const architectures = { aws: 'linux/arm64', azure: 'linux/amd64' } as const;

/** Platforms that an image is for. */
function platformsOf(manifest: string): readonly string[] {
  const { manifests } = index.parse(JSON.parse(manifest));
  return manifests.flatMap(({ platform }) =>
    platform === undefined ? [] : [`${platform.os}/${platform.architecture}`],
  );
}

/** The first line of what a command says to people. */
const saying = (stderr: string): string => stderr.split('\n').find((line) => line.trim() !== '') ?? 'it says nothing';

/** Whether the registry on AWS has an image, for every architecture that the stage runs. */
export function differenceOnAws(
  { env, platform }: Session,
  site: Pick<AwsSite, 'account' | 'region'>,
  { digest, image }: ReleasedImage,
  clouds: readonly (keyof typeof architectures)[],
): Difference {
  const repository = imageRepository(platform, image);
  const { status, stderr, stdout } = ask(
    [
      ...['aws', 'ecr', 'batch-get-image', '--registry-id', site.account, '--repository-name', repository],
      ...['--image-ids', `imageDigest=${digest}`, '--accepted-media-types', ...manifestTypes],
      ...['--output', 'json', '--region', site.region],
    ],
    { env },
  );
  if (status !== 0) return `aws does not say whether it has ${repository}@${digest}: ${saying(stderr)}`;
  const { failures, images } = found.parse(JSON.parse(stdout));
  const [there] = images;
  if (there === undefined) {
    const why = failures.map(({ failureCode, failureReason }) => `${failureCode} ${failureReason}`.trim()).join('; ');
    return `aws has no ${repository}@${digest} (${why}): push it, or set the release to one that is there`;
  }
  const built = platformsOf(there.imageManifest);
  const lacking = clouds.filter((cloud) => !built.includes(architectures[cloud]));
  return lacking.length === 0
    ? undefined
    : `${repository}@${digest} is for ${built.join(', ') || 'one architecture that it does not name'}, and ` +
        `${lacking.map((cloud) => `${cloud} runs ${architectures[cloud]}`).join(', ')}: build it for both`;
}

/**
 * Whether the registry on Azure has an image, asked from outside of its network, where nobody can look into it. It is told to fetch the digest under a
 * tag that only this digest has, unless the tag is there: a refusal says that the image is there, an import that it was
 * not, and is by then.
 */
export function differenceOnAzure(
  { env, platform }: Session,
  site: PlacedAzureSite,
  { digest, image }: ReleasedImage,
  source: ImageSource,
): Difference {
  const repository = imageRepository(platform, image);
  const command = importCommand(whereIs(platform, site), {
    source: source.at(image),
    digest,
    image: `${repository}:${releaseTag(digest)}`,
  });
  const { status, stderr } = ask([...command, '--username', source.user, '--password', '@-', '--output', 'none'], {
    env,
    input: source.password,
  });
  if (status === 0) return `azure had no ${repository}@${digest}: it was imported just now, find out who removed it`;
  if (/already exists in target registry/i.test(stderr)) return undefined;
  return `azure does not take ${repository}@${digest} from ${source.host}: ${saying(stderr)}`;
}

/** Whether the registry on Azure has an image, asked from inside of its network. Changes nothing. */
export function differenceInAzure(
  { env, platform }: Session,
  site: PlacedAzureSite,
  { digest, image }: ReleasedImage,
): Difference {
  const repository = imageRepository(platform, image);
  const { status, stderr, stdout } = ask(
    [
      ...['az', 'acr', 'manifest', 'show-metadata', '--registry', registryName(whereIs(platform, site))],
      ...['--name', `${repository}@${digest}`, '--query', 'digest', '--output', 'tsv'],
    ],
    { env },
  );
  if (status === 0 && stdout.trim() === digest) return undefined;
  if (status === 0) return `azure has ${stdout.trim() || 'nothing'} for ${repository}@${digest}: import it again`;
  return /(MANIFEST|NAME)_UNKNOWN|is not found/i.test(stderr)
    ? `azure has no ${repository}@${digest}: import it`
    : `azure does not say whether it has ${repository}@${digest}, is this inside of its network? ${saying(stderr)}`;
}
