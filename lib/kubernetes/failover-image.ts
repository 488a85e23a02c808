import { failoverWord, imageRepository } from '../platform/names';
import type { ClusterContext } from './context';

/** The image of the programs of recovery in the registry of the site. */
export const failoverImage = (
  { cloud, platform }: Pick<ClusterContext, 'cloud' | 'platform'>,
  digest: string,
): string => `${cloud.registry}/${imageRepository(platform, failoverWord)}@${digest}`;
