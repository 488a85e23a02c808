import { ObjectReplication, type ObjectReplicationProps } from '../../lib/azure/object-replication';
import { RawResource } from '../../lib/azure/raw-resource';
import { monitoring, ofType, only, place, resourceId, resourcesOf, testStack } from '../support/azure';

const accounts = {
  fromAccountId: resourceId('Microsoft.Storage/storageAccounts', 'sthere'),
  toAccountId: resourceId('Microsoft.Storage/storageAccounts', 'stthere'),
};

function synthesized(props: Partial<ObjectReplicationProps> = {}) {
  const stack = testStack();
  const container = new RawResource(stack, 'Container', 'azurerm_storage_container', { name: 'photos' });
  new ObjectReplication(stack, 'Copies', {
    ...accounts,
    place,
    monitoring,
    kind: 'hot',
    buckets: ['photos', 'reports'],
    containers: [container],
    ...props,
  });
  return stack;
}

describe('copies of objects in another region', () => {
  const stack = synthesized();

  test('are of every object, old and new, into a container of the same name, once that is there', () => {
    expect(only(stack, 'azurerm_storage_object_replication')).toMatchObject({
      source_storage_account_id: accounts.fromAccountId,
      destination_storage_account_id: accounts.toAccountId,
      rules: ['photos', 'reports'].map((name) => ({
        source_container_name: name,
        destination_container_name: name,
        copy_blobs_created_after: 'Everything',
      })),
      depends_on: ['azurerm_storage_container.Container'],
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

  test('fails when there are more buckets than Azure copies between two accounts', () => {
    const buckets = Array.from({ length: 11 }, (_, index) => `bucket${index}`);
    expect(() => synthesized({ buckets })).toThrow('must have at most 10 buckets, got 11: join some of them');
  });
});
