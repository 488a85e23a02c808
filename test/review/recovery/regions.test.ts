import type { Platform } from '../../../lib/platform/platform';
import type { AzureOutputs, Outputs } from '../../../lib/review/recovery/outputs';
import { checks, hasRecovery, reviewRecovery } from '../../../lib/review/recovery/review';
import { changedRegions, regionOutputs } from '../../support/recovery';
import { azureChange, clusterChange, RECOVERY, type RegionChange } from '../../support/regions';

let platform: Platform;
let outputs: Outputs<AzureOutputs>;
beforeAll(async () => ({ platform, outputs } = await regionOutputs('techflow', 'production')));

const found = (check: keyof typeof checks, change: RegionChange): readonly string[] =>
  checks[check](changedRegions(outputs, change), platform).map(({ about, message }) => `${about} ${message}`);

test('a stage with two sites on Azure is proved, and nothing is wrong with it', () => {
  expect(hasRecovery(platform)).toBe(true);
  expect(reviewRecovery(outputs, platform).findings).toEqual([]);
});

test('states and clusters are told apart by their site, and none is left over', () => {
  const { primary, recovery } = outputs;
  expect(recovery.site.stacks.map(({ name }) => name).every((name) => RECOVERY.test(name))).toBe(true);
  expect(primary.site.stacks.length + recovery.site.stacks.length).toBe(primary.all.stacks.length);
  expect([primary, recovery].map(({ clusters }) => clusters.map(({ name }) => name))).toEqual([
    ['aks-techflow-production'],
    ['aks-techflow-production-recovery'],
  ]);
});

describe.each<
  [
    check: 'versions' | 'capacity' | 'network' | 'keeper',
    rows: readonly [what: string, change: RegionChange, message: RegExp][],
  ]
>([
  [
    'versions',
    [
      [
        'the replica has another major',
        azureChange(/Replica\/Server /, { version: '16' }),
        /databases\.store PostgreSQL is 17 on the primary and 16/,
      ],
      [
        'it is smaller',
        azureChange(/recovery-data\/.*Server /, { sku_name: 'MO_Standard_E4ds_v5' }),
        /databases\.store size is MO_Standard_E8ds_v5 .* or nobody promotes it/,
      ],
      [
        'its disk is smaller',
        azureChange(/recovery-data\/.*Server /, { storage_mb: 65_536 }),
        /databases\.store disk is/,
      ],
      [
        'one of its parameters differs',
        azureChange(/recovery-data\/.*PgbouncerEnabled /, { value: 'false' }),
        /databases\.store parameters is pgbouncer\.enabled true .* pgbouncer\.enabled false/,
      ],
      [
        'one of its parameters is not set',
        azureChange(/recovery-data\/.*MaxWorkerProcesses /),
        /databases\.store parameters is max_worker_processes \d+ .* max_worker_processes unset/,
      ],
      [
        'its cluster has another version',
        azureChange(/recovery-cluster\/.* azurerm_kubernetes_cluster$/, { kubernetes_version: '1.33' }),
        /Kubernetes is 1\.\d+ on the primary and 1\.33/,
      ],
      [
        'a chart has another version there',
        clusterChange(/recovery\/.*\/release-kong/, '"version":"[^"]*"', '"version":"0.0.1"'),
        /chart kong is .* and 0\.0\.1 on the recovery site/,
      ],
      [
        'a chart is missing there',
        clusterChange(/recovery\/.*\/release-keda/),
        /chart keda is .* and {2}on the recovery site/,
      ],
    ],
  ],
  [
    'capacity',
    [
      [
        'a service may not grow as large',
        clusterChange(/recovery\/.*scaledobject-workflow/, '"maxReplicaCount":60', '"maxReplicaCount":59'),
        /services\.workflow replicas must reach 60/,
      ],
      [
        'there are too few nodes',
        azureChange(/recovery-cluster\/.*node_pool$/, { max_count: 10 }),
        /nodes services must reach \d+ nodes .* got 10/,
      ],
      [
        'a cache is smaller',
        azureChange(/recovery-data\/SessionsCache/, { sku_name: 'Balanced_B1' }),
        /caches\.sessions memory must reach/,
      ],
      [
        'the replica is smaller than was asked for',
        azureChange(/recovery-data\/.*Server /, { sku_name: 'MO_Standard_E4ds_v5' }),
        /databases\.store processors must reach 8 vCPU/,
      ],
      [
        'a namespace may spend less',
        clusterChange(/recovery\/techflow-workflow\/resourcequota/, '"requests.cpu":"[^"]*"', '"requests.cpu":"1"'),
        /quota of techflow-workflow requests\.cpu must reach/,
      ],
    ],
  ],
  [
    'network',
    [
      [
        'one half of the peering is missing',
        azureChange(/Peering\/There /),
        /the network of the recovery site leads to that of the primary/,
      ],
      [
        'the other half is missing',
        azureChange(/Peering\/Back /),
        /the network of the primary leads to that of the recovery site/,
      ],
      [
        'peers do not let each other through',
        azureChange(/ azurerm_virtual_network_peering$/, { allow_virtual_network_access: false }),
        /leads to that of the primary/,
      ],
      [
        'the zone of servers is not linked there',
        azureChange(/Peering\/NamesThere /),
        /the network of the recovery site finds databases\.store of the primary/,
      ],
      [
        'a network asks two zones of one name',
        azureChange(/ azurerm_private_dns_zone$/, { name: 'privatelink.azurecr.io' }),
        /asks one zone of each name: link it to one zone of a name, got two of privatelink\.azurecr\.io/,
      ],
      [
        'services of the other region are refused',
        azureChange(/techflow-production-foundation\/.*Postgres\/InboundOther/),
        /services of the recovery site reach databases\.store of the primary at 6432/,
      ],
      [
        'servers of the primary are refused there',
        azureChange(/recovery-foundation\/.*Postgres\/InboundOther/),
        /servers of the primary reach databases\.store of the recovery site at 5432/,
      ],
      [
        'the namespace has no endpoint there',
        azureChange(/recovery-messaging\/.* azurerm_private_endpoint/),
        /the network of the recovery site reaches sbns-techflow-production/,
      ],
    ],
  ],
  [
    'keeper',
    [
      [
        'a service there takes messages while the first site leads',
        clusterChange(/recovery\/techflow-workflow\/scaledobject/, 'paused-replicas', 'paused'),
        /services of the recovery site that receive messages rest until it leads; have .* got none on .*scaledobject-workflow/,
      ],
      [
        'a service there rests in name alone',
        clusterChange(
          /recovery\/techflow-workflow\/scaledobject/,
          '"autoscaling.keda.sh/paused-replicas":"0"',
          '"autoscaling.keda.sh/paused-replicas":"1"',
        ),
        /services of the recovery site that receive messages rest until it leads/,
      ],
      [
        'the server there is none that follows',
        azureChange(/recovery-data\/.*Server /, { create_mode: 'Default' }),
        /databases\.store of the recovery site refuses writes until it is promoted/,
      ],
      [
        'it follows another',
        azureChange(/recovery-data\/.*Server /, { source_server_id: '/subscriptions/0/other' }),
        /databases\.store of the recovery site refuses writes/,
      ],
      [
        'no pair of names leads to both',
        azureChange(/recovery-data\/.*Endpoint azurerm_postgresql/),
        /one name leads to whichever server takes writes/,
      ],
      [
        'the pair is of readers alone',
        azureChange(/Endpoint azurerm_postgresql/, { type: 'ReadOnly' }),
        /one name leads to whichever server takes writes/,
      ],
      [
        'pods there are told the server by its own name',
        clusterChange(
          /recovery\/.*rollout/,
          'psqlve-techflow-production-store-\\w+.writer',
          'psql-techflow-production-recovery-store-ooz98q',
        ),
        /services of both sites write to databases\.store by that name/,
      ],
      [
        'pods there send messages by another service',
        clusterChange(/recovery\/techflow-notification\/rollout/, 'https://untold\\.invalid', 'https://other.invalid'),
        /services of both sites send messages to people by the same service; .* got https:\/\/other\.invalid/,
      ],
      [
        'pods there are told nothing by which to send',
        clusterChange(/recovery\/techflow-notification\/rollout/, '_ENDPOINT', '_END'),
        /services of both sites send messages to people by the same service; .* got none on the recovery site/,
      ],
    ],
  ],
])('%s', (check, rows) => {
  test('are right as they are', () => expect(found(check, {})).toEqual([]));

  test.each(rows)('fail where %s', (_, change, message) => {
    expect(found(check, change)).toContainEqual(expect.stringMatching(message));
  });
});
