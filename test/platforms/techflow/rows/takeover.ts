import { one, type Row } from '../../support/about';
import { reference } from '../../support/graph';
import { absent, atMost, containing, like } from '../../support/matchers';
import { copies } from './facts';

/** Who is told of alerts of the second region: a group that stands there. */
const onCallThere = reference('recovery-foundation/Observability/OnCall', 'id');

/** What the second region takes over by: who is called, what it has of its own, and what it finds. */
export const takeover: Row = {
  row: 'a second region that takes over',
  expectations: [
    one(
      'somebody there is called when the replica is further behind than may be lost',
      'azurerm_monitor_metric_alert',
      'recovery-data/StoreDatabase/Replica/LagHigh',
      {
        'criteria[*].metric_name': 'physical_replication_delay_in_seconds',
        'criteria[*].threshold': atMost(300),
        action: containing({ action_group_id: onCallThere }),
      },
    ),
    one(
      'somebody there is called when the replica follows no more',
      'azurerm_monitor_scheduled_query_rules_alert_v2',
      'recovery-data/StoreDatabase/NotFollowing',
      { 'action.action_groups': containing(onCallThere) },
    ),
    ...(['Archive', 'Assets'] as const).map((kind) =>
      one(
        `somebody there is called when copies of objects are late: ${kind}`,
        'azurerm_monitor_metric_alert',
        `recovery-copies/${kind}Copies/CopiesLate`,
        {
          'criteria[*].metric_name': 'PendingOperationsForReplication',
          action: containing({ action_group_id: onCallThere }),
        },
      ),
    ),
    one(
      'the vault there is its own, and opens without the first region',
      'azurerm_key_vault',
      'recovery-foundation/Keys/Vault',
      {
        location: copies,
        public_network_access_enabled: false,
        purge_protection_enabled: true,
      },
    ),
    ...(['Definitions', 'Sessions'] as const).map((cache) =>
      one(`caches there are its own: ${cache}`, 'azurerm_managed_redis', `recovery-data/${cache}Cache/Cache`, {
        location: copies,
        public_network_access: 'Disabled',
        high_availability_enabled: true,
      }),
    ),
    one(
      'the first network finds the replica by its name',
      'azurerm_private_dns_zone_virtual_network_link',
      'recovery-foundation/Peering/NamesBack',
      {
        private_dns_zone_name: 'techflow-production-recovery.postgres.database.azure.com',
        virtual_network_id: reference('foundation/Network/VirtualNetwork', 'id'),
      },
    ),
    one(
      'the second network finds the writer by its name',
      'azurerm_private_dns_zone_virtual_network_link',
      'recovery-foundation/Peering/NamesThere',
      {
        private_dns_zone_name: 'privatelink.postgres.database.azure.com',
        virtual_network_id: reference('recovery-foundation/Network/VirtualNetwork', 'id'),
      },
    ),
    ...(['Gateway', 'Pages'] as const).map((target) =>
      one(
        `the second site is asked from outside, by a name of its own: ${target}`,
        'azurerm_application_insights_standard_web_test',
        `recovery-operations/Availability/${target}Test`,
        { 'request.url': like(/^https:\/\/recovery\.app\.example\.com\//), enabled: true },
      ),
    ),
    one(
      'the edge asks every origin, and says of each by itself that it is unwell',
      'azurerm_monitor_metric_alert',
      'edge/Edge/Origin',
      {
        'criteria[*].metric_name': 'OriginHealthPercentage',
        'criteria[*].dimension': containing({ name: 'Origin', operator: 'Include', values: ['*'] }),
        window_size: 'PT5M',
      },
    ),
    one(
      'tokens of the second cluster are taken by the warehouse, too',
      'google_iam_workload_identity_pool_provider',
      'warehouse/Federation/Recovery',
      { 'oidc.issuer_uri': reference('recovery-cluster/Cluster/Cluster', 'oidc_issuer_url') },
    ),
  ],
};

/** Services that receive messages: they rest on the second site, and on no other. */
const receivers = ['analytics', 'integration', 'notification', 'workflow'] as const;

const resting = 'metadata.annotations[autoscaling.keda.sh/paused-replicas]';

/** What the cluster of the second region is told. */
export const restingThere: Row = {
  row: 'a second cluster that waits',
  expectations: [
    ...receivers.map((name) =>
      one(`${name} has no pods there until it is woken`, 'ScaledObject', `techflow-${name}/scaledobject-${name}`, {
        [resting]: '0',
      }),
    ),
    ...(['user', 'web'] as const).map((name) =>
      one(
        `${name} runs there, and answers as soon as it is asked`,
        'ScaledObject',
        `techflow-${name}/scaledobject-${name}`,
        {
          'spec.minReplicaCount': 3,
          [resting]: absent,
        },
      ),
    ),
  ],
};
