import { ManagedRedis } from '@cdktf/provider-azurerm/lib/managed-redis';
import { Construct } from 'constructs';
import type { Cache as Model } from '../platform/nouns/cache';
import { raiseAlerts } from './alert-table';
import { cacheAlerts } from './cache-alerts';
import { cacheSettings } from './cache-settings';
import type { Capability, Use } from './capability';
import { sendDiagnostics, type Monitoring } from './diagnostics';
import type { Encryption } from './encryption';
import { raiseHealthAlert } from './health-alert';
import { pascalCase } from '../platform/ids';
import { keep } from './keep';
import { nameIn, placed, type Place } from './place';
import { privateEndpoint } from './private-endpoint';
import type { PrivateNetwork } from './private-network';
import { RawResource } from './raw-resource';
import type { Identity } from './role';

export interface CacheProps {
  readonly place: Place;
  readonly network: PrivateNetwork;
  readonly encryption: Encryption;
  readonly monitoring: Monitoring;
  /** Name of the part. */
  readonly name: string;
  readonly spec: Model;
}

/** A Managed Redis in the network, which knows no keys: clients log in with the object id of their identity. */
export class Cache extends Construct implements Capability {
  public readonly cache: ManagedRedis;

  public constructor(scope: Construct, id: string, props: CacheProps) {
    super(scope, id);
    const { encryption, monitoring, name, network, place, spec } = props;
    const { database, ...settings } = cacheSettings(name, spec);
    const { tags, ...where } = placed(place);
    this.cache = new ManagedRedis(this, 'Cache', {
      ...where,
      ...settings,
      tags: { ...tags, 'data-class': spec.dataClass },
      name: nameIn(place, 'managed-redis', name),
      publicNetworkAccess: 'Disabled',
      identity: { type: 'UserAssigned', identityIds: [encryption.identity.id] },
      customerManagedKey: {
        keyVaultKeyId: encryption.keyVersionIds.cache,
        userAssignedIdentityId: encryption.identity.id,
      },
      defaultDatabase: database,
    });
    keep(this.cache);
    const watched = { place, monitoring, targetId: this.cache.id };
    privateEndpoint(this, 'Endpoint', { place, network, name, targetId: this.cache.id, service: 'redis' });
    sendDiagnostics(this, { id: this.cache.id, monitoring, logs: 'none' });
    this.sendConnections(monitoring);
    raiseAlerts(
      this,
      { ...watched, name: `cache-${name}`, metricNamespace: 'Microsoft.Cache/redisEnterprise' },
      cacheAlerts(name, spec),
    );
    raiseHealthAlert(this, 'Unhealthy', {
      ...watched,
      name: `cache-${name}-unhealthy`,
      description: `Azure finds cache ${name} unavailable or degraded.`,
      runbook: 'azure-cache',
    });
  }

  public grant(scope: Construct, identity: Identity, { service }: Pick<Use, 'service'>): void {
    new RawResource(scope, `${pascalCase(service)}Access`, 'azurerm_managed_redis_access_policy_assignment', {
      managed_redis_id: this.cache.id,
      object_id: identity.principalId,
    });
  }

  /** Who connected is told by the database inside, and by no other. */
  private sendConnections(monitoring: Monitoring): void {
    sendDiagnostics(
      this,
      { id: `${this.cache.id}/databases/default`, monitoring, logs: ['ConnectionEvents'], metrics: false },
      'Connections',
    );
  }
}
