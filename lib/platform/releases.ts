import { z } from 'zod';
import { refuse, type Problem } from './error';
import { hasFlagRollouts } from './flag-rollout';
import { movesPools } from './gateway/pools';
import { keepingOf } from './keeping';
import { loadsInCluster } from './load-tests/in-cluster';
import { failoverWord } from './names';
import { didYouMean } from './nearest';
import { sorted } from './order';
import { sqlServersOn } from './placed-databases';
import { sitesOf, type Platform } from './platform';
import { problemsOf } from './problems';

const digest = z
  .string()
  .regex(/^sha256:[0-9a-f]{64}$/, { error: 'sha256: and 64 hexadecimal digits, as a registry gives it' });

const schema = z.record(z.string(), z.strictObject({ digest }));

/** What each service of a stage runs, and what recovery does: the digest of an image in the stage's registry. Written by pipelines. */
export type Releases = Readonly<Record<string, { readonly digest: string }>>;

/** What a service runs: a released image, or what stands in until the first release. */
export type Image = { readonly kind: 'release'; readonly digest: string } | { readonly kind: 'bootstrap' };

/**
 * Whether programs of the platform itself run on a stage: what keeps the right to write, what moves weights of releases in the gateway,
 * what keeps results of load tests, what changes flags step by step, or what lays the contents of databases of SQL Server.
 */
const runsPrograms = (platform: Platform): boolean =>
  keepingOf(platform) !== undefined ||
  movesPools(platform) ||
  loadsInCluster(platform) ||
  hasFlagRollouts(platform) ||
  sitesOf(platform).some(({ siteName }) => sqlServersOn(platform, siteName).length > 0);

/** Whose images a stage has: its services, and the platform's own programs where they run. Each has a repository of its own. */
export const imageWords = (platform: Platform): readonly string[] =>
  [...Object.keys(platform.services), ...(runsPrograms(platform) ? [failoverWord] : [])].sort();

/** Where the releases of a stage are kept, from the root of the repository. */
export const releasesFile = (platform: Pick<Platform, 'name' | 'stageName'>): string =>
  `releases/${platform.name}/${platform.stageName}.json`;

/**
 * The releases of a stage, as its file holds them.
 *
 * @throws PlatformError that lists every image that the stage does not have, and every malformed digest.
 */
export function parseReleases(platform: Platform, input: unknown): Releases {
  const file = releasesFile(platform);
  const known = imageWords(platform);
  const parsed = schema.safeParse(input);
  const shape = problemsOf(schema, input, parsed.error?.issues ?? []);
  const names = typeof input === 'object' && input !== null ? Object.keys(input) : [];
  const unknown = names
    .filter((name) => !known.includes(name))
    .map((name): Problem => ({
      path: name,
      got: name,
      allowed: `one of ${known.join(', ')}`,
      remedy: didYouMean(name, known, 'remove the entry, the stage has no such image'),
    }));
  const problems = [...unknown, ...shape].map((problem) => ({ ...problem, path: `${file} ${problem.path}`.trimEnd() }));
  refuse(`platform ${platform.name}, stage ${platform.stageName}`, problems);
  return sorted(schema.parse(input));
}

/** What a service runs. */
export function imageOf(releases: Releases, service: string): Image {
  const release = Object.hasOwn(releases, service) ? releases[service] : undefined;
  return release === undefined ? { kind: 'bootstrap' } : { kind: 'release', digest: release.digest };
}

/** Stands where no image of recovery was told yet. Nothing is deployed with it: nothing could stand in for a keeper. */
const untold = `sha256:${'0'.repeat(64)}`;

/** Digest of the image of recovery; of zeros until it is told. */
export const failoverDigest = (releases: Releases): string => {
  const image = imageOf(releases, failoverWord);
  return image.kind === 'release' ? image.digest : untold;
};

/** Images without which nothing of a stage's recovery may be deployed, and of which no digest is told. */
export const missingReleases = (platform: Platform, releases: Releases): readonly string[] =>
  imageWords(platform).includes(failoverWord) && failoverDigest(releases) === untold ? [failoverWord] : [];

/**
 * The releases with one service's replaced.
 *
 * @throws PlatformError if the stage does not have the image, or the digest is malformed.
 */
export const withRelease = (platform: Platform, releases: Releases, service: string, digest: string): Releases =>
  parseReleases(platform, { ...releases, [service]: { digest } });

/** The text of a file of releases: sorted, so that a pipeline's change is one line. */
export const formatReleases = (releases: Releases): string => `${JSON.stringify(sorted(releases), undefined, 2)}\n`;
