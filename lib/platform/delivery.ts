import type { Delivery } from './nouns/delivery';

/** Who issues the tokens of GitHub's workflows. */
export const tokenIssuer = 'https://token.actions.githubusercontent.com';

/** For whom a token is meant by which somebody else proves who is there: the token service of AWS, and Entra ID. */
export const tokenAudience = { aws: 'sts.amazonaws.com', azure: 'api://AzureADTokenExchange' } as const;

/**
 * The subject of the tokens that GitHub gives to jobs of the environment with the stage's name, and to no other job. The
 * same on every cloud.
 */
export function tokenSubject({ repository, ids }: Delivery, stageName: string): string {
  const [owner, name] = repository.split('/');
  const named = 'none' in ids ? repository : `${owner}@${ids.owner}/${name}@${ids.repository}`;
  return `repo:${named}:environment:${stageName}`;
}
