import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import type { Allocations } from '../lib/platform/allocation';
import type { Definition } from '../lib/platform/definition';
import { PlatformError } from '../lib/platform/error';
import { measuredFile, parseMeasured } from '../lib/platform/load-tests/measured';
import type { Site } from '../lib/platform/nouns/site';
import { outputsFile, parseOutputs } from '../lib/platform/outputs';
import type { Platform } from '../lib/platform/platform';
import { parseReleases } from '../lib/platform/releases';
import { resolve } from '../lib/platform/resolve';
import { parseLock, type StatefulLock } from '../lib/review/stateful-lock';
import type { LoadedPlatform } from '../stacks/aws/app';
import type { ClusterInput } from '../stacks/kubernetes/cluster';
import type * as Contracts from './contracts';

/** Loads a module at run time, so that one platform's synth loads nothing of the others. */
const load = createRequire(__filename);

/** Where the repository's inputs lie. */
export const root = join(__dirname, '..');

/** Names of the platforms that `platforms/` declares, sorted. */
export function platformNames(): readonly string[] {
  return readdirSync(join(root, 'platforms'))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
}

/**
 * The definition of a platform; loads that one file and no other.
 *
 * @throws PlatformError that lists the known platforms, if the name is none of them.
 */
export function loadDefinition(name: string): Definition {
  const known = platformNames();
  if (!known.includes(name)) {
    throw new PlatformError('context', [
      { path: 'platform', got: name, allowed: `one of ${known.join(', ')}`, remedy: 'choose a platform of platforms/' },
    ]);
  }
  const { default: definition } = load(join(root, 'platforms', name)) as { readonly default?: Definition };
  if (definition?.name !== name) {
    throw new PlatformError(`platforms/${name}.ts`, [
      {
        path: 'name',
        got: definition?.name,
        allowed: `'${name}', as the file is called`,
        remedy:
          'give the file and its default export one name; what is locked for another platform is not for this one',
      },
    ]);
  }
  return definition;
}

/** Names of a platform's stages that stand on a cloud. */
export const stagesOn = (name: string, cloud: Site['cloud']): readonly string[] =>
  Object.entries(loadDefinition(name).stages)
    .filter(([, { sites }]) => Object.values(sites).some((site) => site?.cloud === cloud))
    .map(([stage]) => stage);

/** Names of a platform's stages with a site whose services are pods of a cluster. */
export const stagesWithClusters = (name: string): readonly string[] =>
  Object.entries(loadDefinition(name).stages)
    .filter(([, { sites }]) => Object.values(sites).some((site) => site?.cloud === 'azure' || site?.runtime === 'eks'))
    .map(([stage]) => stage);

/** What a file of the repository holds; nothing of one that is not there. */
function readFile<T>(path: string, parse: (text: string) => T, absent: T): T {
  if (!existsSync(path)) return absent;
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${relative(root, path)} cannot be read, restore what was committed: ${reason}`, { cause });
  }
}

const readJson = (path: string): unknown => readFile<unknown>(path, (text) => JSON.parse(text) as unknown, {});

/** Where the allocation lock of a platform is kept. */
export const allocationsFile = (name: string): string => join(root, 'allocations', `${name}.json`);

/** The committed allocation lock of a platform. */
export const loadAllocations = (name: string): Allocations => readJson(allocationsFile(name)) as Allocations;

/** Where the lock of what holds data is kept. */
export const statefulLockFile = join(root, 'stateful.lock.json');

/** The committed lock of what holds data. */
export const loadStatefulLock = (): StatefulLock => readFile(statefulLockFile, parseLock, {});

/**
 * The contracts of a platform's services, if any are committed. What reads them is loaded at run time: programs of recovery have neither.
 */
export function loadContracts(platform: Platform): Pick<Platform, 'contracts'> {
  const directory = join(root, 'contracts', platform.name);
  if (!existsSync(directory)) return {};
  const { readContracts } = load('./contracts') as typeof Contracts;
  return { contracts: readContracts(platform, directory, (path, parse) => readFile(path, parse, undefined)) };
}

/** A platform in a stage, with what its services run and what its site on Azure told. */
export function loadPlatform(name: string, stage: string): LoadedPlatform & ClusterInput {
  const resolved = resolve(loadDefinition(name), { stage, allocations: loadAllocations(name) });
  const platform = {
    ...resolved,
    measured: parseMeasured(resolved, readJson(join(root, measuredFile(resolved)))),
    ...loadContracts(resolved),
  };
  return {
    platform,
    releases: parseReleases(platform, readJson(join(root, 'releases', name, `${stage}.json`))),
    outputs: parseOutputs(platform, readJson(join(root, outputsFile(platform)))),
  };
}

/** Feature flags and defaults of the AWS app, from cdk.json. */
export const cdkContext = (): Readonly<Record<string, unknown>> =>
  (readJson(join(root, 'cdk.json')) as { readonly context: Readonly<Record<string, unknown>> }).context;
