import { registryHost } from '../lib/platform/aws-registry';
import { imageRepository, stagePrefix } from '../lib/platform/names';
import { siteOn, type Platform } from '../lib/platform/platform';
import { answerOf } from './ask';

/** Whom the commands of a stage are run as. */
export interface Session {
  readonly platform: Platform;
  /** Variables of this process. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** What commands are told besides: who they are. */
  readonly env: Readonly<Record<string, string>>;
}

/** Where pipelines push the images of a stage, and the registry on Azure fetches them from. */
export interface ImageSource {
  readonly host: string;
  readonly user: string;
  /** Good for half a day at most. */
  readonly password: string;
  /** Where an image lies, by its word: host and repository. */
  readonly at: (image: string) => string;
}

/**
 * Where the images of a stage are pushed: the registry on AWS, where the stage has a site there. Nobody outside the network can push
 * to the one on Azure, so that a stage without AWS has its pipelines push to the packages of its repository on GitHub.
 *
 * @throws Error if the registry gives no password
 */
export function imageSource({ env, platform, variables }: Session): ImageSource {
  const aws = siteOn(platform, 'aws');
  if (aws !== undefined) {
    const host = registryHost(aws);
    const password = answerOf(['aws', 'ecr', 'get-login-password', '--region', aws.region], { env }).trim();
    return { host, user: 'AWS', password, at: (image) => `${host}/${imageRepository(platform, image)}` };
  }
  const { GITHUB_ACTOR: user, GITHUB_TOKEN: password } = variables;
  if (user === undefined || password === undefined) {
    throw new Error(
      `stage ${platform.stageName} has no site on aws, so that its images are packages of ${platform.delivery.repository} on GitHub: ` +
        'GITHUB_ACTOR and GITHUB_TOKEN must be set, got none',
    );
  }
  const host = 'ghcr.io';
  const owner = platform.delivery.repository.toLowerCase();
  return { host, user, password, at: (image) => `${host}/${owner}/${stagePrefix(platform)}-${image}` };
}
