import type { z } from 'zod';
import type { StageAllocations } from './allocation';
import type { Contracts } from './nouns/contracts';
import type { Measured } from './nouns/measured';
import type { Uses } from './nouns/service';
import type { AwsSite, AzureSite } from './nouns/site';
import type { Noun, platform } from './schema';

/** A platform in one stage: patched, complete with defaults, checked. Parts are sorted by name. */
export type Platform = z.output<typeof platform> & {
  /** Name of the stage. */
  readonly stageName: string;
  /** Parts that this stage does without, and why. */
  readonly omitted: readonly { readonly part: string; readonly reason: string }[];
  /** What this stage has been given by the allocation lock. */
  readonly allocations: StageAllocations;
  /** What its load tests found. @default - nothing was measured */
  readonly measured?: Measured;
  /** What services with a contract answer. @default - nobody read any, and the gateway of one with a contract is refused */
  readonly contracts?: Contracts;
};

export type SiteName = 'primary' | 'recovery';
export type PlacedSite = (AwsSite | AzureSite) & { readonly siteName: SiteName };

/** The platform's sites, primary first. */
export function sitesOf(platform: Pick<Platform, 'stage'>): readonly PlacedSite[] {
  const { primary, recovery } = platform.stage.sites;
  return [
    { ...primary, siteName: 'primary' as const },
    ...(recovery === undefined ? [] : [{ ...recovery, siteName: 'recovery' as const }]),
  ];
}

/** The platform's sites on a cloud, primary first. */
export function sitesOn<Cloud extends PlacedSite['cloud']>(
  platform: Pick<Platform, 'stage'>,
  cloud: Cloud,
): readonly (PlacedSite & { readonly cloud: Cloud })[] {
  return sitesOf(platform).filter((site): site is PlacedSite & { readonly cloud: Cloud } => site.cloud === cloud);
}

/** The platform's site on a cloud, the primary if both are, if it has one. */
export function siteOn<Cloud extends PlacedSite['cloud']>(
  platform: Pick<Platform, 'stage'>,
  cloud: Cloud,
): (PlacedSite & { readonly cloud: Cloud }) | undefined {
  return sitesOn(platform, cloud)[0];
}

/** A site whose services are pods of a cluster. */
export type ClusterSite = Exclude<PlacedSite, { readonly runtime: 'ecs' }>;

/** The platform's sites whose services are pods of a cluster, primary first. */
export const clusterSitesOf = (platform: Pick<Platform, 'stage'>): readonly ClusterSite[] =>
  sitesOf(platform).filter((site): site is ClusterSite => site.runtime !== 'ecs');

/** Whether a site has a gateway. */
export const hasGateway = ({ gateway, stage }: Pick<Platform, 'gateway' | 'stage'>, site: SiteName): boolean =>
  gateway !== undefined && stage.sites[site]?.waives.gateway === undefined;

/** What a service promises of its requests: what the platform promises, or a time of its own. */
export const promisesOf = (
  { goals }: Pick<Platform, 'goals'>,
  { p95Milliseconds = goals.p95Milliseconds }: Pick<Platform['services'][string], 'p95Milliseconds'>,
): Pick<Platform['goals'], 'availabilityPercent' | 'errorPercent' | 'p95Milliseconds'> => ({
  ...goals,
  p95Milliseconds,
});

/** The parts of a record that stand on the site. */
export function placedOn<Part extends { readonly on: readonly SiteName[] }>(
  parts: Readonly<Record<string, Part>>,
  site: SiteName,
): readonly (readonly [name: string, part: Part])[] {
  return Object.entries(parts).filter(([, part]) => part.on.includes(site));
}

/** Whether a part stands on a site: it is placed there, and the site does not do without its kind. */
export function standsOn(
  platform: Pick<Platform, 'stage'> & Partial<Platform>,
  site: SiteName,
  noun: Noun,
  name: string,
): boolean {
  const waives: Readonly<Partial<Record<string, object | undefined>>> = platform.stage.sites[site]?.waives ?? {};
  if (waives[noun] !== undefined) return false;
  const part: object = platform[noun]?.[name] ?? {};
  return !('on' in part) || (part.on as readonly SiteName[]).includes(site);
}

/** Whoever uses parts of the platform on a site, by name: services, which stand on every site, and functions. */
export const usersOn = (
  { functions, services }: Pick<Platform, 'functions' | 'services'>,
  site: SiteName,
): Readonly<Record<string, { readonly uses: Partial<Uses> }>> => ({
  ...services,
  ...Object.fromEntries(placedOn(functions, site)),
});

/** Services that receive from a queue. */
export function consumersOf(platform: Pick<Platform, 'services'>, queue: string): readonly string[] {
  return namesWhere(platform, (uses) => uses.receives.includes(queue));
}

/** Services that follow a stream. */
export function followersOf(platform: Pick<Platform, 'services'>, stream: string): readonly string[] {
  return namesWhere(platform, (uses) => uses.follows.includes(stream));
}

/** Services that call a service. */
export function callersOf(platform: Pick<Platform, 'services'>, service: string): readonly string[] {
  return namesWhere(platform, (uses) => uses.calls.includes(service));
}

/** Workflows in which a service does a step. */
export function workflowsOf(platform: Pick<Platform, 'workflows'>, service: string): readonly string[] {
  return Object.entries(platform.workflows)
    .filter(([, workflow]) => workflow.steps.some((step) => step.service === service))
    .map(([name]) => name);
}

/** Event stores that a service owns. */
export function eventStoresOf(platform: Pick<Platform, 'eventStores'>, service: string): readonly string[] {
  return Object.entries(platform.eventStores)
    .filter(([, store]) => store.owner === service)
    .map(([name]) => name);
}

function namesWhere(platform: Pick<Platform, 'services'>, test: (uses: Uses) => boolean): readonly string[] {
  return Object.entries(platform.services)
    .filter(([, service]) => test(service.uses))
    .map(([name]) => name);
}

/** Services that ask for a set of flags, as far as they have requests whose errors are counted. */
export const watchedServices = ({ services }: Platform, set: string): readonly string[] =>
  Object.entries(services)
    .filter(([, { routes, uses }]) => routes.length > 0 && uses.flags.includes(set))
    .map(([name]) => name);
