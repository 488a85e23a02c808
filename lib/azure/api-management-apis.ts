import { ApiManagementApi } from '@cdktf/provider-azurerm/lib/api-management-api';
import { ApiManagementApiOperation } from '@cdktf/provider-azurerm/lib/api-management-api-operation';
import { ApiManagementApiPolicy } from '@cdktf/provider-azurerm/lib/api-management-api-policy';
import { Construct } from 'constructs';
import { bare } from '../platform/bare-path';
import { everyMethod, routeName } from '../platform/gateway/configuration';
import { pascalCase } from '../platform/ids';
import type { ApiManagement } from '../platform/nouns/gateway';
import type { Service } from '../platform/nouns/service';
import type { AzapiResource } from './azapi';
import { healthPolicy, routePolicy } from './api-management-policies';
import type { Place } from './place';
import { waitFor } from './wait-for';

/** What APIs are made from. */
export interface ApisProps {
  readonly place: Pick<Place, 'resourceGroupName'>;
  readonly apiManagement: AzapiResource;
  readonly gateway: ApiManagement;
  readonly services: Readonly<Record<string, Service>>;
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
}

/** A name that Azure takes: letters, digits and hyphens. */
const apiName = (name: string): string => name.replace(/[^A-Za-z0-9]+/g, '-').replace(/-$/, '');

/** The routes of all services as APIs, and what answers whether the site is well. */
export const apisOf = ({ backends, gateway, health, services }: ApisProps): readonly Api[] => [
  ...Object.entries(services).flatMap(([service, { routes, timeoutSeconds }]) =>
    routes.map((route): Api => {
      const name = apiName(routeName(service, route));
      return {
        name,
        path: bare(route.path).slice(1),
        below: '/*',
        methods: route.methods ?? everyMethod,
        description: `${bare(route.path) || '/'} of ${service}`,
        policy: routePolicy({ name, route, gateway, timeoutSeconds, backend: named(backends, service).name }),
      };
    }),
  ),
  {
    name: 'health',
    path: health.askedAt.slice(1, health.askedAt.lastIndexOf('/')),
    below: health.askedAt.slice(health.askedAt.lastIndexOf('/')),
    methods: ['GET', 'HEAD'],
    description: 'Whether the site takes requests',
    policy: healthPolicy(health.backend.name, health.path),
  },
];

function named(backends: ApisProps['backends'], service: string): AzapiResource {
  const backend = backends[service];
  if (backend === undefined) throw new Error(`services.${service} must have a backend, got none`);
  return backend;
}

/** The APIs of API Management, one a route, each with its methods and one policy. None asks for a key of a subscription: whoever has a right to call has a token. */
export class ApiManagementApis extends Construct {
  public constructor(scope: Construct, id: string, props: ApisProps) {
    super(scope, id);
    const { after, apiManagement, place } = props;
    const where = { apiManagementName: apiManagement.name, resourceGroupName: place.resourceGroupName };
    for (const { below, description, methods, name, path, policy } of apisOf(props)) {
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
    }
  }
}
