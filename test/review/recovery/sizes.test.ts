import type { Platform } from '../../../lib/platform/platform';
import type { JsonObject } from '../../../lib/review/json';
import type { AwsOutputs, Outputs } from '../../../lib/review/recovery/outputs';
import { checks } from '../../../lib/review/recovery/review';
import { changed, recoveryOutputs, type Change } from '../../support/recovery';

let platform: Platform;
let outputs: Outputs<AwsOutputs>;
beforeAll(async () => ({ platform, outputs } = await recoveryOutputs('retailflow', 'production')));

const azure = (address: RegExp, given: JsonObject): Change => ({
  azure: (each) => (address.test(each.address) ? { ...each, arguments: { ...each.arguments, ...given } } : each),
});
const aws = (type: string, given: JsonObject): Change => ({
  aws: (each) => (each.type === type ? { ...each, properties: { ...each.properties, ...given } } : each),
});
const cluster = (file: RegExp, from: string, to: string): Change => ({
  cluster: (each) =>
    file.test(each.file)
      ? { ...each, value: JSON.parse(JSON.stringify(each.value).replace(from, to)) as JsonObject }
      : each,
});

describe.each<[check: 'versions' | 'capacity', rows: readonly [what: string, change: Change, message: string][]]>([
  [
    'versions',
    [
      [
        'another major of PostgreSQL',
        azure(/postgresql_flexible_server\.StoreDatabase_Writer/, { version: '16' }),
        'is 17 on the primary and 16 on the recovery site',
      ],
      [
        'an extension that is not allowed',
        azure(/Writer_AzureExtensions/, { value: 'pgaudit' }),
        'is pg_stat_statements, pgaudit, pgcrypto on the primary and pgaudit on the recovery site',
      ],
      [
        'a library that is not loaded',
        azure(/Writer_SharedPreloadLibraries/, { value: 'pgaudit' }),
        'is pg_stat_statements, pgaudit on the primary and pgaudit on the recovery site',
      ],
      [
        'an engine of caches that nobody knows',
        aws('AWS::ElastiCache::ReplicationGroup', { EngineVersion: '9.0' }),
        'is valkey 9.0 on the primary and Managed Redis on the recovery site',
      ],
      [
        'a flag that is on for more people',
        azure(/OnePageCheckoutFlag/, { targeting_filter: [{ default_rollout_percentage: 50, groups: [] }] }),
        'is on for 5% and for tier=gold, tier=platinum on the primary and on for 50% on the recovery site',
      ],
      [
        'a segment that is in by a share alone',
        azure(/OnePageCheckoutFlag/, {
          targeting_filter: [
            {
              default_rollout_percentage: 5,
              groups: [
                { name: 'tier=gold', rollout_percentage: 10 },
                { name: 'tier=platinum', rollout_percentage: 100 },
              ],
            },
          ],
        }),
        'on for 5% and for tier=gold by 10%, tier=platinum on the recovery site',
      ],
      [
        'a flag that is off',
        azure(/StockInSearchFlag/, { enabled: false }),
        'is on for 10% on the primary and off on the recovery site',
      ],
      [
        'a flag that nobody has there',
        { azure: (each) => (/StockInSearchFlag/.test(each.address) ? undefined : each) },
        'is on for 10% on the primary and  on the recovery site',
      ],
    ],
  ],
  [
    'capacity',
    [
      [
        'fewer replicas of a service',
        cluster(/scaledobject-order/, '"maxReplicaCount":30', '"maxReplicaCount":29'),
        'must reach 30 replicas on the recovery site, got 29',
      ],
      [
        'less processor in a pod',
        cluster(/rollout-order/, '"cpu":"1"', '"cpu":"900m"'),
        'must reach 1 vCPU each on the recovery site, got 0.9',
      ],
      [
        'less memory in a pod',
        cluster(/rollout-analytics/, '"requests":{"cpu":"1","memory":"4Gi"}', '"requests":{"cpu":"1","memory":"2Gi"}'),
        'must reach 4 GiB each on the recovery site, got 2',
      ],
      [
        'fewer replicas of the gateway',
        cluster(/scaledobject-gateway/, '"maxReplicaCount":24', '"maxReplicaCount":12'),
        'must reach 24 replicas on the recovery site, got 12',
      ],
      [
        'too few nodes',
        azure(/kubernetes_cluster_node_pool/, { max_count: 20 }),
        'nodes of Standard_D8ds_v5 on the recovery site, got 20',
      ],
      [
        'nodes of a size that nobody knows',
        azure(/kubernetes_cluster_node_pool/, { vm_size: 'Standard_B2s' }),
        'must reach 1 nodes of a size that is known, not Standard_B2s on the recovery site, got 0',
      ],
      [
        'a smaller database',
        azure(/postgresql_flexible_server\.StoreDatabase_Writer/, { sku_name: 'MO_Standard_E2ds_v5' }),
        'must reach 4 vCPU on the recovery site, got 2',
      ],
      [
        'a disk that does not grow',
        azure(/postgresql_flexible_server\.StoreDatabase_Writer/, { auto_grow_enabled: false, storage_mb: 32_768 }),
        'must reach 100 GiB on the recovery site, got 32',
      ],
      [
        'a smaller cache',
        azure(/managed_redis\.CatalogCache/, { sku_name: 'Balanced_B5' }),
        'must reach 6 GiB for data on the recovery site, got 4.8',
      ],
    ],
  ],
])('%s', (check, rows) => {
  test.each(rows)('fail with %s', (_, change, message) => {
    expect(checks[check](changed(outputs, change), platform).map(({ message: text }) => text)).toContainEqual(
      expect.stringContaining(message),
    );
  });

  test('are right as they are', () => expect(checks[check](outputs, platform)).toEqual([]));
});
