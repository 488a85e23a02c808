import type { Platform } from '../../../lib/platform/platform';
import type { AzureOutputs, Outputs } from '../../../lib/review/recovery/outputs';
import { regionMoves } from '../../../lib/review/recovery/regions/moves';
import { recoveryTime } from '../../../lib/review/recovery/recovery-time';
import { checks } from '../../../lib/review/recovery/review';
import { changedRegions, regionOutputs } from '../../support/recovery';
import { azureChange, clusterChange, rewritten, withoutSecondOrigins, type RegionChange } from '../../support/regions';

let platform: Platform;
let outputs: Outputs<AzureOutputs>;
beforeAll(async () => ({ platform, outputs } = await regionOutputs('techflow', 'production')));

const found = (check: keyof typeof checks, change: RegionChange): readonly string[] =>
  checks[check](changedRegions(outputs, change), platform).map(({ about, message }) => `${about} ${message}`);

describe.each<[check: 'time' | 'point', rows: readonly [what: string, change: RegionChange, message: RegExp][]]>([
  [
    'time',
    [
      ['nobody looks at origins', azureChange(/Edge\/Origin azurerm_monitor/), /the loss is noticed Infinity s/],
      [
        'whoever looks calls nobody',
        azureChange(/Edge\/Origin azurerm_monitor/, { action: [] }),
        /the loss is noticed Infinity s/,
      ],
      [
        'origins are looked at all in one, of which one half is well',
        azureChange(/Edge\/Origin azurerm_monitor/, (given) => rewritten(given, '"Origin"', '"OriginGroup"')),
        /the loss is noticed Infinity s/,
      ],
      [
        'those who are called stand in the region',
        azureChange(/techflow-production-foundation\/.*OnCall azurerm_monitor_action_group/, {
          location: 'westeurope',
        }),
        /the loss is noticed Infinity s/,
      ],
      [
        'origins are looked at late',
        azureChange(/Edge\/Origin azurerm_monitor/, { window_size: 'PT30M' }),
        /the loss is noticed 1860 s/,
      ],
      [
        'one group of origins has the primary alone',
        azureChange(/Edge\/Assets\/Recovery azurerm_cdn_frontdoor_origin$/),
        /the edge sends requests to the recovery site Infinity s/,
      ],
      [
        'origins are asked seldom',
        azureChange(/ azurerm_cdn_frontdoor_origin_group$/, (given) =>
          rewritten(given, '"interval_in_seconds":30', '"interval_in_seconds":255'),
        ),
        /the edge finds the recovery site well 765 s/,
      ],
      [
        'the edge leads to one site alone',
        withoutSecondOrigins,
        /the edge sends requests to the recovery site Infinity s/,
      ],
      [
        'pods start slowly',
        clusterChange(/recovery\/.*rollout-user/, '"failureThreshold":12', '"failureThreshold":480'),
        /pods are ready \d{4} s/,
      ],
    ],
  ],
  [
    'point',
    [
      [
        'nothing watches the lag',
        azureChange(/recovery-data\/.*LagHigh /),
        /point of databases\.store must be watched by an alert of at most 300 s .* got none/,
      ],
      [
        'the alert on it calls nobody',
        azureChange(/recovery-data\/.*LagHigh /, { action: [] }),
        /point of databases\.store must be watched/,
      ],
      [
        'it comes later than the goal',
        azureChange(/recovery-data\/.*LagHigh /, ({ criteria }) =>
          rewritten({ criteria: criteria ?? null }, '"threshold":300', '"threshold":900'),
        ),
        /point of databases\.store is 900 s and the definition allows 300 s/,
      ],
      [
        'messages are not copied',
        azureChange(/ServiceBus\/Copies /),
        /point of messages must be copied to northeurope/,
      ],
      [
        'copies of messages may be further behind than rows',
        azureChange(/ServiceBus\/Copies /, (given) =>
          rewritten(given, '"maxReplicationLagDurationInSeconds":300', '"maxReplicationLagDurationInSeconds":3600'),
        ),
        /point of messages is 3600 s and the definition allows 300 s/,
      ],
      [
        'nothing watches them',
        azureChange(/ServiceBus\/CopiesBehind /),
        /point of messages must be watched by an alert on ReplicationLagDuration/,
      ],
      [
        'a bucket is not copied',
        azureChange(/ azurerm_storage_object_replication$/, (given) => rewritten(given, '"archive"', '"other"')),
        /point of objects must be copied to the recovery site, and nothing copies .*ArchiveBucket/,
      ],
      [
        'nothing watches copies of objects',
        azureChange(/CopiesLate /),
        /point of objects must be watched by an alert on PendingOperationsForReplication/,
      ],
    ],
  ],
])('%s', (check, rows) => {
  test('are right as they are', () => expect(found(check, {})).toEqual([]));

  test.each(rows)('fail where %s', (_, change, message) => {
    expect(found(check, change)).toContainEqual(expect.stringMatching(message));
  });
});

test('objects that go back are watched as closely', () => {
  const change = azureChange(/ azurerm_storage_object_replication$/, (given) => ({
    ...given,
    source_storage_account_id: given['destination_storage_account_id'] ?? null,
    destination_storage_account_id: given['source_storage_account_id'] ?? null,
  }));
  expect(changedRegions(outputs, change)).not.toEqual(outputs);
  expect(found('point', change)).toEqual([]);
  expect(regionMoves(changedRegions(outputs, change))).toEqual(regionMoves(outputs));
});

test('the recovery time is the sum of its parts, each with its source', () => {
  const time = recoveryTime(outputs, platform);
  expect(time?.parts.map(({ part, seconds }) => [part, seconds])).toEqual([
    ['the loss is noticed', 360],
    ['somebody on call agrees', 600],
    ['promotion of databases.store, and of messages beside it', 300],
    ['nodes, beyond what fence and promotion take anyway', 300],
    ['pods are ready', 80],
    ['requests leave the primary meanwhile', 0],
    ['the edge finds the recovery site well', 90],
    ['without readReplicas', 1800],
  ]);
  expect(time).toMatchObject({ seconds: 3530, goalSeconds: 3600 });
  for (const { source } of time?.parts ?? []) {
    expect(source).toMatch(
      /^(?:\d+ s after the loss, by themselves: )?(?:cdktf\.out|k8s\.out|goals\.|waives\.)|assumed:/,
    );
  }
});
