import { copySettings, ObjectReplication, type ObjectReplicationProps } from '../../lib/azure/object-replication';
import { monitoring, ofType, only, place, resourceId, resourcesOf, testStack } from '../support/azure';

const accounts = {
  firstAccountId: resourceId('Microsoft.Storage/storageAccounts', 'sthere'),
  secondAccountId: resourceId('Microsoft.Storage/storageAccounts', 'stthere'),
};

function synthesized(props: Partial<ObjectReplicationProps> = {}) {
  const stack = testStack();
  new ObjectReplication(stack, 'Copies', {
    ...accounts,
    place,
    monitoring,
    kind: 'hot',
    buckets: ['photos', 'reports'],
    ...props,
  });
  return stack;
}

describe('copies of objects in another region', () => {
  const stack = synthesized();

  test('are of every object, old and new, into a container of the same name', () => {
    expect(only(stack, 'azurerm_storage_object_replication')).toMatchObject({
      source_storage_account_id: accounts.firstAccountId,
      destination_storage_account_id: accounts.secondAccountId,
      rules: ['photos', 'reports'].map((name) => ({
        source_container_name: name,
        destination_container_name: name,
        copy_blobs_created_after: 'Everything',
      })),
    });
  });

  test('are counted while they wait, at both ends, one after the other', () => {
    const updates = resourcesOf(stack)['azapi_update_resource'] ?? {};
    expect(Object.values(updates).map(({ body }) => body)).toEqual([
      { properties: { metrics: { enabled: true } } },
      { properties: { metrics: { enabled: true } } },
    ]);
    expect(Object.values(updates).map(({ resource_id }) => resource_id)).toEqual([
      expect.stringContaining('.destination_object_replication_id'),
      expect.stringContaining('.source_object_replication_id'),
    ]);
    expect(Object.values(updates).flatMap(({ depends_on }) => depends_on ?? [])).toEqual([
      expect.stringContaining('DestinationCounts'),
    ]);
  });

  test('that wait for a quarter of an hour call people, and younger ones do not', () => {
    const [alert, ...others] = ofType(stack, 'azurerm_monitor_metric_alert');
    expect(others).toEqual([]);
    expect(alert).toMatchObject({
      name: 'storage-hot-copies-late',
      scopes: [expect.stringContaining('.source_object_replication_id')],
      criteria: [
        {
          metric_name: 'PendingOperationsForReplication',
          threshold: 1,
          operator: 'GreaterThanOrEqual',
          dimension: [{ name: 'TimeBucket', operator: 'StartsWith', values: ['15', '30', '2', '8', '>'] }],
        },
      ],
    });
  });

  test('go back while objects are written there, watched as they were', () => {
    const back = synthesized({ backSince: '2026-03-01T04:00:00Z' });
    expect(only(back, 'azurerm_storage_object_replication')).toMatchObject({
      source_storage_account_id: accounts.secondAccountId,
      destination_storage_account_id: accounts.firstAccountId,
      rules: ['photos', 'reports'].map((name) => ({
        source_container_name: name,
        destination_container_name: name,
        copy_blobs_created_after: 'Everything',
      })),
    });
    expect(ofType(back, 'azurerm_monitor_metric_alert')).toEqual(ofType(stack, 'azurerm_monitor_metric_alert'));
    expect(resourcesOf(back)['azapi_update_resource']).toEqual(resourcesOf(stack)['azapi_update_resource']);
  });

  test.each([
    ['archive', undefined, 'Everything'],
    ['assets', undefined, 'Everything'],
    ['archive', '2026-03-01T04:00:00Z', '2026-03-01T04:00:00Z'],
    ['assets', '2026-03-01T04:00:00Z', 'Everything'],
    ['hot', '2026-03-01T04:00:00Z', 'Everything'],
  ] as const)('of %s, with %s as the begin of writes there, are of %s', (kind, backSince, copyBlobsCreatedAfter) => {
    expect(copySettings({ ...accounts, kind, backSince })).toMatchObject({ copyBlobsCreatedAfter });
  });

  test('fails when there are more buckets than Azure copies between two accounts', () => {
    const buckets = Array.from({ length: 11 }, (_, index) => `bucket${index}`);
    expect(() => synthesized({ buckets })).toThrow('must have at most 10 buckets, got 11: join some of them');
  });
});
