import { RoleDefinition } from '@cdktf/provider-azurerm/lib/role-definition';
import { Construct } from 'constructs';
import { versions, type Version } from '../platform/gateway/release-header';
import { pascalCase } from '../platform/ids';
import { AzapiResource } from './azapi';
import {
  apiManagementTypes,
  backendBody,
  movedByReleases,
  poolBody,
  type BackendBody,
} from './api-management-settings';
import { groupIdOf, type Place } from './place';
import { assignRole, type Identity } from './role';

export interface BackendsProps {
  readonly place: Place;
  readonly apiManagement: AzapiResource;
  /** Address of the door of the cluster. */
  readonly url: string;
  /** Services with routes. */
  readonly services: readonly string[];
  /** Those among them whose releases move requests step by step. */
  readonly split: readonly string[];
  /** Identities of services, by name: a release acts as the service that it is of. */
  readonly identities: Readonly<Record<string, Identity>>;
}

/** What moving the weights of a pool needs, and nothing that makes or removes one. */
export const weightActions = [
  'Microsoft.ApiManagement/service/backends/read',
  'Microsoft.ApiManagement/service/backends/write',
] as const;

/**
 * Where requests go, behind API Management: always to the door of the cluster, by a circuit breaker for each service. A service whose
 * releases move requests is a pool of two backends, of which the weights are the release's to move, and its alone.
 */
export class ApiManagementBackends extends Construct {
  /** By service. */
  public readonly byService: Readonly<Record<string, AzapiResource>>;
  /** The door itself, for questions after its health. */
  public readonly door: AzapiResource;

  public constructor(scope: Construct, id: string, props: BackendsProps) {
    super(scope, id);
    const { services, split, url } = props;
    this.door = this.backend('Door', 'door', { service: 'the gateway', url }, props);
    this.byService = Object.fromEntries(
      services.map((service) => [
        service,
        split.includes(service)
          ? this.pool(service, props)
          : this.backend(pascalCase(service), service, { service, url }, props),
      ]),
    );
    if (split.length > 0) this.grant(props);
  }

  private backend(id: string, name: string, body: BackendBody, { apiManagement, place }: BackendsProps): AzapiResource {
    return new AzapiResource(this, id, {
      place,
      name,
      type: apiManagementTypes.backend,
      parentId: apiManagement.id,
      body: backendBody(body),
    });
  }

  private pool(service: string, props: BackendsProps): AzapiResource {
    const { apiManagement, place, url } = props;
    const of = (version: Version) =>
      this.backend(pascalCase(`${service}-${version}`), `${service}-${version}`, { service, version, url }, props).id;
    const ids = { stable: of(versions.stable), canary: of(versions.canary) };
    const pool = new AzapiResource(this, pascalCase(service), {
      place,
      name: service,
      type: apiManagementTypes.backend,
      parentId: apiManagement.id,
      body: poolBody(service, ids),
    });
    pool.lifecycle = { ignoreChanges: [...movedByReleases] };
    return pool;
  }

  /** Lets each release move the weights of its own service. Azure has no role of its own that may do this and no more. */
  private grant({ identities, place, split }: BackendsProps): void {
    const group = groupIdOf(place);
    const { name: role } = new RoleDefinition(this, 'Role', {
      name: `Weights of releases of ${place.naming.name} ${place.naming.site}`,
      description: 'Moves requests between two versions of a service.',
      scope: group,
      assignableScopes: [group],
      permissions: [{ actions: [...weightActions] }],
    });
    for (const service of split) {
      const identity = identities[service];
      const pool = this.byService[service];
      if (identity === undefined || pool === undefined)
        throw new Error(`services.${service} has no identity or no pool`);
      assignRole(this, `${pascalCase(service)}Moves`, { principalId: identity.principalId, role, scopeId: pool.id });
    }
  }
}
