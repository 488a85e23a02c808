import { PostgresqlFlexibleServerVirtualEndpoint } from '@cdktf/provider-azurerm/lib/postgresql-flexible-server-virtual-endpoint';
import { Construct } from 'constructs';
import { sizeClass } from '../platform/azure-sizes';
import { followingQuery, geoReplicaAlerts } from './database-alerts';
import { databaseMember, type DatabaseMemberProps } from './database-member';
import type { DatabaseServer } from './database-server';
import { databaseSettings, type DatabaseSettings } from './database-settings';
import { inTurn } from './in-turn';
import { raiseQueryAlert } from './query-alert';

export interface GeoReplicaProps extends DatabaseMemberProps {
  /** The server of the other region that takes writes. */
  readonly writer: { readonly id: string };
  /** How large that one is: this one must be as large to take over. */
  readonly writerSettings: Pick<DatabaseSettings, 'skuName' | 'storageMb'>;
  /** Name of the pair of names that lead to the writer and to this server. */
  readonly endpointName: string;
  /** Minutes of changes that may be lost. @default - nothing is promised */
  readonly pointMinutes?: number | undefined;
}

/**
 * A replica of a PostgreSQL database in another region, which takes over when somebody says so: encrypted with the key of its
 * own region, found in its own network, and refusing writes until then. The pair of names follows: `<name>.writer` leads to the
 * server that takes writes, wherever that is, so that nobody who is told it need be told anew.
 *
 * A replica has neither a standby nor backups of its own; both are asked for after a promotion (docs/runbooks/azure-region.md).
 * https://learn.microsoft.com/azure/postgresql/read-replica/concepts-read-replicas-geo
 */
export class GeoReplica extends Construct {
  public readonly settings: DatabaseSettings;
  public readonly replica: DatabaseServer;
  public readonly endpoint: PostgresqlFlexibleServerVirtualEndpoint;

  /** @throws Error if it has another tier, other processors or another disk than its writer */
  public constructor(scope: Construct, id: string, props: GeoReplicaProps) {
    super(scope, id);
    const { monitoring, name, place, pointMinutes, spec, writer, writerSettings } = props;
    this.settings = databaseSettings(name, spec, place);
    if (
      sizeClass(this.settings.skuName) !== sizeClass(writerSettings.skuName) ||
      this.settings.storageMb !== writerSettings.storageMb
    ) {
      throw new Error(
        `${this.node.path} must be as large as its writer to take over, got ${this.settings.skuName} for ${writerSettings.skuName}: ` +
          'choose a capacity that both regions sell',
      );
    }
    this.replica = databaseMember(this, 'Replica', props, this.settings, {
      words: [],
      zone: this.settings.zones.writer,
      alerts: geoReplicaAlerts(props, pointMinutes),
      particular: { createMode: 'Replica', sourceServerId: writer.id },
    });
    this.endpoint = new PostgresqlFlexibleServerVirtualEndpoint(this, 'Endpoint', {
      name: props.endpointName,
      sourceServerId: writer.id,
      replicaServerId: this.replica.server.id,
      type: 'ReadWrite',
      // A promotion swaps both.
      lifecycle: { ignoreChanges: ['source_server_id', 'replica_server_id'] },
    });
    // Each of them changes the server, which refuses a second change meanwhile.
    inTurn([this.replica.server, ...this.replica.configurations, this.endpoint]);
    raiseQueryAlert(this, 'NotFollowing', {
      place,
      monitoring,
      name: `database-${name}-not-following`,
      query: followingQuery(this.replica.server.id),
      measure: 'silent',
      threshold: 0,
      description: `The replica of database ${name} does not say how far it is behind: it follows no more, or was promoted.`,
      runbook: 'azure-database',
    });
  }
}
