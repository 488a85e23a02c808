import { createHash } from 'node:crypto';
import { ApiManagementApi } from '@cdktf/provider-azurerm/lib/api-management-api';
import { ApiManagementApiOperation } from '@cdktf/provider-azurerm/lib/api-management-api-operation';
import { ApiManagementApiPolicy } from '@cdktf/provider-azurerm/lib/api-management-api-policy';
import { Construct } from 'constructs';
import { bare } from '../platform/bare-path';
import { routeName } from '../platform/gateway/paths';
import { pascalCase } from '../platform/ids';
import { everyMethod } from '../platform/methods';
import type { ApiManagement } from '../platform/nouns/gateway';
import type { Service } from '../platform/nouns/service';
import type { AzapiResource } from './azapi';
import type { Monitoring } from './diagnostics';
import { raiseQueryAlert } from './query-alert';
import { healthPolicy, routePolicy } from './api-management-policies';
import type { Place } from './place';
import { waitFor } from './wait-for';

/** What APIs are made from. */
export interface ApisProps {
  readonly place: Place;
  readonly monitoring: Monitoring;
  readonly apiManagement: AzapiResource;
  readonly gateway: ApiManagement;
  readonly services: Readonly<Record<string, Service>>;
  /** Requests a minute that an address may make whose requests have the mark of load tests. @default - no request is marked */
  readonly loadPerMinute?: number | undefined;
  /** Where requests of each service go, by its name. */
  readonly backends: Readonly<Record<string, AzapiResource>>;
  /** Where a question after health goes, and what is asked there. */
  readonly health: {
    readonly backend: AzapiResource;
    readonly path: string;
    /** Path at which it is asked from outside. */
    readonly askedAt: string;
  };
  /** What policies name and must be there. */
  readonly after: readonly Parameters<typeof waitFor>[1][number][];
}

/** An API: a path, what is done there, and for whom. */
interface Api {
  readonly name: string;
  readonly path: string;
  /** What comes behind the path: anything, or nothing but this. */
  readonly below: string;
  readonly methods: readonly string[];
  readonly description: string;
  readonly policy: string;
  /** In which time 95% of its answers are sent, in milliseconds. @default - nothing is promised of it alone */
  readonly p95Milliseconds?: number | undefined;
}

/** Name of the API that answers whether the site is well. */
const healthName = 'health';

/** A name that Azure takes: letters, digits and hyphens. */
const plainName = (name: string): string => name.replace(/[^A-Za-z0-9]+/g, '-').replace(/-$/, '');

/** What may be there once: Azure takes no heed of capitals in names, and ids here none of hyphens. */
const sameName = (name: string): string => pascalCase(name).toLowerCase();

/**
 * How the API of each of these routes is named, by the name of the route. Routes that differ only in what the name of an API cannot have,
 * such as `/a/b` and `/a-b`, have a digest behind it.
 */
export function apiNames(routes: readonly string[]): (route: string) => string {
  const taken = [healthName, ...routes.map(plainName)].map(sameName);
  return (route) => {
    const name = plainName(route);
    if (taken.filter((each) => each === sameName(name)).length === 1) return name;
    return `${name}-${createHash('sha256').update(route).digest('hex').slice(0, 8)}`;
  };
}

/** The routes of all services as APIs, and what answers whether the site is well. */
export function apisOf({ backends, gateway, health, loadPerMinute, services }: ApisProps): readonly Api[] {
  const routed = Object.entries(services).flatMap(([service, { routes, timeoutSeconds }]) =>
    routes.map((route) => ({ service, route, timeoutSeconds })),
  );
  const nameOf = apiNames(routed.map(({ route, service }) => routeName(service, route)));
  return [
    ...routed.map(({ route, service, timeoutSeconds }): Api => {
      const name = nameOf(routeName(service, route));
      const backend = backends[service];
      if (backend === undefined) throw new Error(`services.${service} must have a backend, got none`);
      return {
        name,
        path: bare(route.path).slice(1),
        below: '/*',
        methods: route.methods ?? everyMethod,
        description: `${bare(route.path) || '/'} of ${service}`,
        policy: routePolicy({ name, route, gateway, loadPerMinute, timeoutSeconds, backend: backend.name }),
        p95Milliseconds: route.p95Milliseconds,
      };
    }),
    {
      name: healthName,
      path: health.askedAt.slice(1, health.askedAt.lastIndexOf('/')),
      below: health.askedAt.slice(health.askedAt.lastIndexOf('/')),
      methods: ['GET', 'HEAD'],
      description: 'Whether the site takes requests',
      policy: healthPolicy(health.backend.name, health.path),
    },
  ];
}

/** Over what time an API is looked at, in minutes, and with how many answers at least: one of a quiet night says nothing. */
const looked = { minutes: 15, fewest: 20 } as const;

/** Calls somebody when one answer in twenty of an API takes longer than was promised, by the log of every request. */
function raiseSlow(
  scope: Construct,
  {
    description,
    monitoring,
    name,
    p95Milliseconds,
    place,
  }: Pick<ApisProps, 'monitoring' | 'place'> & Pick<Api, 'description' | 'name'> & { readonly p95Milliseconds: number },
): void {
  raiseQueryAlert(scope, 'Slow', {
    place,
    monitoring,
    name: `api-management-slow-${name}`,
    query:
      `ApiManagementGatewayLogs | where ApiId == "${name}" and TimeGenerated > ago(${looked.minutes}m) ` +
      `| summarize answers = count(), p95 = percentile(TotalTime, 95) ` +
      `| project slow = iff(answers >= ${looked.fewest}, toreal(p95), 0.0)`,
    measure: 'slow',
    threshold: p95Milliseconds,
    windowMinutes: looked.minutes,
    severity: 2,
    description: `One answer in twenty of ${description} takes longer than ${p95Milliseconds} ms.`,
    runbook: 'azure-api-management',
  });
}

/** The APIs of API Management, one a route, each with its methods and one policy. None asks for a key of a subscription: whoever has a right to call has a token. */
export class ApiManagementApis extends Construct {
  public constructor(scope: Construct, id: string, props: ApisProps) {
    super(scope, id);
    const { after, apiManagement, monitoring, place } = props;
    const where = { apiManagementName: apiManagement.name, resourceGroupName: place.resourceGroupName };
    for (const { below, description, methods, name, p95Milliseconds, path, policy } of apisOf(props)) {
      const part = new Construct(this, pascalCase(name));
      const api = new ApiManagementApi(part, 'Api', {
        ...where,
        name,
        displayName: name,
        description,
        revision: '1',
        path,
        protocols: ['https'],
        subscriptionRequired: false,
      });
      for (const method of [...methods].sort()) {
        new ApiManagementApiOperation(part, pascalCase(method.toLowerCase()), {
          ...where,
          apiName: api.name,
          operationId: method.toLowerCase(),
          displayName: `${method} ${below}`,
          method,
          urlTemplate: below,
        });
      }
      waitFor(new ApiManagementApiPolicy(part, 'Policy', { ...where, apiName: api.name, xmlContent: policy }), after);
      if (p95Milliseconds !== undefined) raiseSlow(part, { place, monitoring, name, description, p95Milliseconds });
    }
  }
}
