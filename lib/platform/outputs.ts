import { z } from 'zod';
import { refuse, type Problem } from './error';
import { didYouMean } from './nearest';
import { gatewayWord, migrationWord } from './names';
import { siteOn, usersOn, type Platform } from './platform';
import { problemsOf } from './problems';

const identity = z.strictObject({
  /** By which a workload asks for a token. */
  clientId: z.guid(),
  /** By which databases and caches know it. */
  principalId: z.guid(),
});

const schema = z.strictObject({
  /** Identities of workloads by their words: services, functions, and what the platform runs itself. */
  identities: z.record(z.string(), identity).default({}),
});

/**
 * What a site on Azure told once its stacks were applied, and no definition can know. Written by a script from Terraform's
 * outputs; holds ids and addresses, nothing secret.
 */
export type SiteOutputs = z.output<typeof schema>;

/** Identity of a workload on Azure. */
export type WorkloadIdentity = z.output<typeof identity>;

/** Where the outputs of a stage are kept, from the root of the repository. */
export const outputsFile = (platform: Pick<Platform, 'name' | 'stageName'>): string =>
  `outputs/${platform.name}/${platform.stageName}.json`;

/** Words of everything that has an identity on the platform's site on Azure, sorted. */
export function identityWords(platform: Platform): readonly string[] {
  const site = siteOn(platform, 'azure');
  return site === undefined
    ? []
    : [...Object.keys(usersOn(platform, site.siteName)), gatewayWord, migrationWord].sort();
}

/**
 * The outputs of a stage, as its file holds them.
 *
 * @throws PlatformError that lists every identity that the stage does not have, and everything malformed.
 */
export function parseOutputs(platform: Platform, input: unknown): SiteOutputs {
  const file = outputsFile(platform);
  const parsed = schema.safeParse(input);
  const known = identityWords(platform);
  const unknown = Object.keys(parsed.data?.identities ?? {})
    .filter((word) => !known.includes(word))
    .map((word): Problem => ({
      path: `identities.${word}`,
      got: word,
      allowed: `one of ${known.join(', ')}`,
      remedy: didYouMean(word, known, 'write the file anew from the outputs of the stage'),
    }));
  const problems = [...unknown, ...problemsOf(schema, input, parsed.error?.issues ?? [])];
  refuse(
    `platform ${platform.name}, stage ${platform.stageName}`,
    problems.map((problem) => ({ ...problem, path: `${file} ${problem.path}`.trimEnd() })),
  );
  return schema.parse(input);
}

/** Stands where a stage has told nothing yet. Nothing is deployed with it. */
const untold = '00000000-0000-0000-0000-000000000000';

/** The identity of a workload; of zeros until the stage has told it. */
export const identityOf = ({ identities }: SiteOutputs, word: string): WorkloadIdentity =>
  (Object.hasOwn(identities, word) ? identities[word] : undefined) ?? { clientId: untold, principalId: untold };

/** What a deployment needs and the stage has not told: paths in its file, sorted. */
export const missingOutputs = (platform: Platform, { identities }: SiteOutputs): readonly string[] =>
  identityWords(platform)
    .filter((word) => !Object.hasOwn(identities, word) || Object.values(identities[word] ?? {}).includes(untold))
    .map((word) => `identities.${word}`);
