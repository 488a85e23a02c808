import { copiedImageRepository } from '../platform/names';
import type { AwsSite } from '../platform/nouns/site';
import type { Platform } from '../platform/platform';
import type { PublicImage } from '../platform/public-images';
import { registryHost, releaseTagPrefix } from '../platform/aws-registry';

/**
 * A shell script that copies what the platform runs of others into the registry of a stage: every architecture, so that
 * the digest stays what it was. What is there already is left alone; the script fails unless everything is there at the
 * end. It needs the AWS command line, Docker with Buildx, and the stage's role for pushing.
 */
export function copyScript(
  platform: Pick<Platform, 'name' | 'stageName'>,
  site: Pick<AwsSite, 'account' | 'region'>,
  images: Readonly<Record<string, PublicImage>>,
): string {
  const host = registryHost(site);
  const copies = Object.entries(images).flatMap(([name, { digest, source }]) => {
    const copy = `${host}/${copiedImageRepository(platform, name)}`;
    // Repositories count and keep what is tagged as a release.
    const tag = `${releaseTagPrefix}${digest.slice('sha256:'.length).slice(0, 12)}`;
    const isThere = `docker buildx imagetools inspect ${copy}@${digest} > /dev/null`;
    return [`${isThere} 2>&1 || docker buildx imagetools create --tag ${copy}:${tag} ${source}@${digest}`, isThere];
  });
  return [
    'set -eu',
    `aws ecr get-login-password --region ${site.region} | docker login --username AWS --password-stdin ${host}`,
    ...copies,
    '',
  ].join('\n');
}
