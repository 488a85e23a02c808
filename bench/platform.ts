import type { Definition } from '../lib/platform/definition';
import retailflow from '../platforms/retailflow';

/** The gateway's document has room for some sixty routes in a task definition; services beyond these have none. */
const routedServices = 24;

/**
 * RetailFlow with its services repeated until there are the given number of them. Copies keep what their original uses,
 * and call their original's callees, so that the share of each kind of resource stays the same. Flags alone they leave to the
 * originals: a set watches the errors of five services at most.
 */
export function platformOf(count: number): Definition {
  const originals = Object.entries(retailflow.services);
  const copies = Array.from({ length: count }, (_, index) => {
    const [name, original] = originals[index % originals.length] as (typeof originals)[number];
    const round = Math.floor(index / originals.length);
    if (round === 0) return [name, original] as const;
    const spec = { ...original, uses: { ...original.uses, flags: [] } };
    if (index >= routedServices) return [`${name}-${round}`, unrouted(spec)] as const;
    const routes = (spec.routes ?? []).map((route) => ({ ...route, path: `${route.path}/copies/${round}` }));
    return [`${name}-${round}`, { ...spec, routes }] as const;
  });
  // One task a service: the database has room for the connections of that many.
  const services = copies.map(([name, spec]) => [name, { ...spec, scale: { ...spec.scale, min: 1, max: 1 } }] as const);
  const { store } = retailflow.databases ?? {};
  const larger = { ...store, capacity: { vcpu: 8, memoryGiB: 64 } } as NonNullable<Definition['databases']>[never];
  const { production } = retailflow.stages;
  if (production === undefined) throw new Error('RetailFlow has no production stage');
  const { primary } = production.sites;
  // More services than the usual quota has rules for.
  const network = { ...primary.network, securityGroupRules: 200 };
  const { telemetry } = retailflow;
  if (telemetry === undefined) throw new Error('RetailFlow has no telemetry');
  return {
    ...retailflow,
    // More pages than are written at once.
    telemetry: { ...telemetry, dashboards: { ...telemetry.dashboards, pages: 'overview' } },
    databases: { ...retailflow.databases, store: larger },
    services: Object.fromEntries(services),
    stages: {
      ...retailflow.stages,
      production: { ...production, sites: { ...production.sites, primary: { ...primary, network } } },
    },
  } as Definition;
}

type Service = Definition['services'][string];

const unrouted = ({ release: _release, routes: _routes, scale, ...spec }: Service): Service => {
  const { requestsPerTask: _requests, ...bounds } = scale;
  return { ...spec, scale: bounds };
};
