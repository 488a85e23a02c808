import type { LogAnalyticsWorkspace } from '@cdktf/provider-azurerm/lib/log-analytics-workspace';
import { NetworkWatcherFlowLog } from '@cdktf/provider-azurerm/lib/network-watcher-flow-log';
import { StorageAccount } from '@cdktf/provider-azurerm/lib/storage-account';
import { StorageManagementPolicy } from '@cdktf/provider-azurerm/lib/storage-management-policy';
import { Construct } from 'constructs';
import { closedAccount } from './closed-account';
import { sendDiagnostics, type Monitoring } from './diagnostics';
import type { Encryption } from './encryption';
import { exempt } from './exempt';
import { keep } from './keep';
import { nameIn, placed, type Place } from './place';
import { privateEndpoint } from './private-endpoint';
import type { PrivateNetwork } from './private-network';
import { waitFor } from './wait-for';

export interface FlowLogsProps {
  readonly place: Place;
  readonly network: PrivateNetwork;
  readonly encryption: Encryption;
  readonly monitoring: Monitoring;
  /** Where traffic is analysed. */
  readonly workspace: LogAnalyticsWorkspace;
}

/** Azure keeps flow logs this long at most, in days. */
const longestDays = 365;

/** How often traffic is analysed, in minutes. */
const analysisMinutes = 10;

/** What Azure makes by itself, once a subscription and region, when the first virtual network is made. */
const watcher = (location: string) => ({
  networkWatcherName: `NetworkWatcher_${location}`,
  resourceGroupName: 'NetworkWatcherRG',
});

/**
 * Who talked to whom in a network: kept in an account of their own, and analysed in the workspace. The service that writes
 * them comes with a key of the account and has no other way, so this account alone takes keys; it is closed to everybody
 * but services of Azure that it trusts.
 */
export class FlowLogs extends Construct {
  public readonly account: StorageAccount;

  public constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    const { monitoring, network, place, workspace } = props;
    const days = Math.min(place.logDays, longestDays);
    this.account = this.makeAccount(props);
    new StorageManagementPolicy(this, 'Expiry', {
      storageAccountId: this.account.id,
      rule: [
        {
          name: 'expire',
          enabled: true,
          filters: { blobTypes: ['blockBlob', 'appendBlob'] },
          actions: { baseBlob: { deleteAfterDaysSinceModificationGreaterThan: days } },
        },
      ],
    });
    const log = new NetworkWatcherFlowLog(this, 'FlowLog', {
      ...watcher(place.location),
      name: nameIn(place, 'virtual-network'),
      location: place.location,
      tags: { ...place.tags },
      enabled: true,
      version: 2,
      targetResourceId: network.virtualNetworkId,
      storageAccountId: this.account.id,
      retentionPolicy: { enabled: true, days },
      trafficAnalytics: {
        enabled: true,
        intervalInMinutes: analysisMinutes,
        workspaceId: workspace.workspaceId,
        workspaceRegion: place.location,
        workspaceResourceId: workspace.id,
      },
    });
    const endpoint = privateEndpoint(this, 'Endpoint', {
      place,
      network,
      name: 'flow-logs',
      targetId: this.account.id,
      service: 'blob',
    });
    waitFor(log, [endpoint]);
    sendDiagnostics(this, { id: `${this.account.id}/blobServices/default`, monitoring });
  }

  private makeAccount({ encryption, place }: FlowLogsProps): StorageAccount {
    const account = new StorageAccount(this, 'Account', {
      ...closedAccount(encryption),
      ...placed(place),
      tags: { ...place.tags, 'data-class': 'confidential' },
      name: nameIn(place, 'storage-account', 'flow-logs'),
      accountReplicationType: 'ZRS',
      sharedAccessKeyEnabled: true,
      blobProperties: {
        deleteRetentionPolicy: { days: 7 },
        containerDeleteRetentionPolicy: { days: 7 },
      },
    });
    keep(account);
    exempt(account, {
      'local-auth': 'Network Watcher writes with a key of the account and has no other way; nobody else reaches it.',
    });
    return account;
  }
}
