import type { Problem } from '../error';
import { ledgersOn } from '../ledgers';
import type { Scope } from '../nouns/scope';
import type { PlacedSite, Platform } from '../platform';
import { sitesOf } from '../platform';
import { when } from './check';

/** What a scope cannot have on Azure, where functions and databases of Azure SQL can be put apart, and pods cannot. */
export function azureScopeProblems(
  platform: Platform,
  scope: string,
  { databases, functions, services }: Scope,
  site: PlacedSite,
): readonly Problem[] {
  const path = `scopes.${scope}`;
  const omit = `omit the scope from the stage with a reason: omits: { scopes: { ${scope}: { reason } } }`;
  const sites = sitesOf(platform).map(({ cloud, siteName }) => `${siteName} on ${cloud}`);
  const engines = databases.filter((name) => (platform.databases[name]?.engine ?? 'sqlserver') !== 'sqlserver');
  const ledgers = ledgersOn(platform, site.siteName).filter((name) => databases.includes(name));
  return [
    ...when(sites.length > 1, () => ({
      path,
      got: sites,
      allowed: 'sites on aws alone, or one site on azure: nothing of a scope is copied to a second site there',
      remedy: `stand on one of them, or ${omit}`,
    })),
    ...when(services.length > 0, () => ({
      path: `${path}.services`,
      got: services,
      allowed: 'absent on azure, where pods share nodes and subnets: functions have a subnet of their own',
      remedy: `make them functions, stand on aws, or ${omit}`,
    })),
    ...when(services.length === 0 && functions.length === 0, () => ({
      path: `${path}.functions`,
      got: functions,
      allowed: 'at least one on azure: what does the work of the scope',
      remedy: 'name a function',
    })),
    ...when(engines.length > 0, () => ({
      path: `${path}.databases`,
      got: engines,
      allowed: "of engine 'sqlserver' on azure, which have a server of their own: servers of PostgreSQL share a subnet",
      remedy: "choose engine 'sqlserver', or stand on aws",
    })),
    ...when(ledgers.length > 0, () => ({
      path: `${path}.databases`,
      got: ledgers,
      allowed: 'without event stores on azure: a pod outside of the scope would take digests of them',
      remedy: 'keep the events in a database outside of the scope',
    })),
  ];
}
