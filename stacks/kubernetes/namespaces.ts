import type { ComponentResourceOptions, Resource } from '@pulumi/pulumi';
import type { ClusterContext } from '../../lib/kubernetes/context';
import { failoverRoom } from '../../lib/kubernetes/failover-job';
import { flagsRoom } from '../../lib/kubernetes/flag-rollout';
import { keeperRoom } from '../../lib/kubernetes/keeper';
import { digesting, ledgerRoom, verifying } from '../../lib/kubernetes/ledger-jobs';
import { loadsRoom } from '../../lib/kubernetes/load-tests';
import { Namespace } from '../../lib/kubernetes/namespace';
import { databaseUses } from '../../lib/kubernetes/migration-settings';
import type { PodGroup } from '../../lib/kubernetes/namespace-limits';
import { releaseOn } from '../../lib/kubernetes/release';
import { weightsRoom } from '../../lib/kubernetes/release-weights';
import { rolloutsOn } from '../../lib/platform/flag-rollout';
import { keepsFailover } from '../../lib/platform/failover-store';
import { isPooled } from '../../lib/platform/gateway/pools';
import { keepingOf } from '../../lib/platform/keeping';
import { ledgersOn } from '../../lib/platform/ledgers';
import { loadPods } from '../../lib/platform/load-tests/in-cluster';
import {
  flagsWord,
  gatewayWord,
  keeperWord,
  kubernetesNamespace,
  loadsWord,
  migrationWord,
} from '../../lib/platform/names';
import type { Capacity } from '../../lib/platform/nouns/scalars';
import { sqlServersOn } from '../../lib/platform/placed-databases';
import { migrationWordOf, scopeOfWord } from '../../lib/platform/scopes';
import { sitesOf, type Platform, type SiteName } from '../../lib/platform/platform';

/** A namespace of the platform's own: whose it is, and what it may hold. */
interface Owned {
  readonly team?: string | undefined;
  readonly holds: readonly PodGroup[];
  readonly balancers?: number;
  /** @default true */
  readonly inMesh?: boolean;
}

/** Pods beyond a plain fleet's own while they are replaced, as a share. */
const surge = 0.25;

/**
 * Pods that a service's namespace may hold: its largest fleet and what a release adds to it, a second one where versions stand
 * side by side; the pod that brings its tables up to date; and one of each job.
 */
export function serviceRoom(platform: Platform, site: SiteName, service: string): readonly PodGroup[] {
  const spec = platform.services[service];
  if (spec === undefined) throw new Error(`no service ${service} in ${Object.keys(platform.services).join(', ')}`);
  const { capacity, jobs, migration, scale } = spec;
  const { kind } = releaseOn(platform, site, service);
  const count = kind === 'rolling' ? scale.max + Math.ceil(scale.max * surge) : scale.max * 2;
  return [
    { count: count + (migration === undefined ? 0 : 1) + Object.keys(jobs).length, capacity },
    ...(isPooled(platform, site, service) ? [weightsRoom] : []),
  ];
}

/** What counts the gateway's limits, where that stands beside it; ours. */
const limitsRoom: PodGroup = { count: 2, capacity: { vcpu: 0.25, memoryGiB: 0.5 } };

/** A job of migrations, one a database and whoever uses it, one a database of SQL Server; ours. It calls nobody in the mesh. */
const migrationRoom: Capacity = { vcpu: 0.25, memoryGiB: 0.25 };

/** Namespaces of the platform's own, by the word of whom they are for. */
export function ownedNamespaces(platform: Platform, site: SiteName): Readonly<Record<string, Owned>> {
  const { gateway, services, stage } = platform;
  const migrations = [
    ...databaseUses(platform, site).map(({ database }) => database),
    ...sqlServersOn(platform, site).map(([name]) => name),
  ].map((database) => migrationWordOf(platform, database));
  const ledgers = ledgersOn(platform, site);
  const loads = loadPods(platform, site);
  const sets = rolloutsOn(platform, site);
  const place = sitesOf(platform).find(({ siteName }) => siteName === site);
  const fails = place !== undefined && keepsFailover(platform, place);
  return {
    ...Object.fromEntries(
      Object.entries(services).map(([name, { team }]) => [name, { team, holds: serviceRoom(platform, site, name) }]),
    ),
    ...(gateway === undefined || stage.sites[site]?.waives.gateway !== undefined
      ? {}
      : {
          [gatewayWord]: {
            holds: [
              { count: gateway.scale.max + Math.ceil(gateway.scale.max * surge), capacity: gateway.capacity },
              ...(gateway.kind === 'kong' ? [limitsRoom] : []),
            ],
            balancers: 1,
          },
        }),
    ...Object.fromEntries(
      [...new Set(migrations)].map((word) => [
        word,
        {
          holds: [
            { count: migrations.filter((each) => each === word).length, capacity: migrationRoom },
            ...(fails && word === migrationWord ? [failoverRoom] : []),
          ],
          inMesh: false,
        },
      ]),
    ),
    // On AWS, a task beside the databases keeps the right to write.
    ...(keepingOf(platform) === undefined || place?.cloud !== 'azure'
      ? {}
      : { [keeperWord]: { holds: [keeperRoom], inMesh: false } }),
    ...Object.fromEntries(
      ledgers.length === 0
        ? []
        : [digesting, verifying].map(({ word }) => [word, { holds: [ledgerRoom(ledgers)], inMesh: false }]),
    ),
    ...(loads.length === 0 ? {} : { [loadsWord]: { holds: loadsRoom(loads), inMesh: false } }),
    ...(sets.length === 0 ? {} : { [flagsWord]: { holds: [flagsRoom(sets)], inMesh: false } }),
  };
}

/** The namespaces of services, of the gateway, of the job of migrations, of what keeps the right to write, of what takes digests, of what verifies by them, of load tests and of what changes flags. */
export const registerNamespaces = (
  context: ClusterContext,
  options: ComponentResourceOptions,
): Readonly<Record<string, Resource>> =>
  Object.fromEntries(
    Object.entries(ownedNamespaces(context.platform, context.siteName)).map(([word, owned]) => [
      word,
      new Namespace(
        `namespace-${word}`,
        {
          context,
          namespace: kubernetesNamespace(context.platform, word),
          owner: word,
          scope: scopeOfWord(context.platform, word),
          ...owned,
        },
        options,
      ),
    ]),
  );
