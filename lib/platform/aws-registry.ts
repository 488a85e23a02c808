import type { AwsSite } from './nouns/site';

/** Registry of a site's account, as Docker names it. */
export const registryHost = ({ account, region }: Pick<AwsSite, 'account' | 'region'>): string =>
  `${account}.dkr.ecr.${region}.amazonaws.com`;

/** What the tag of every image that was released begins with. Other images are not counted, and not kept for rollback. */
export const releaseTagPrefix = 'release-';
