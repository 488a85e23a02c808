import { LoadStore } from '../../lib/azure/load-store';
import { encryption, monitoring, network, ofType, only, place, testStack } from '../support/azure';

describe('the store of results', () => {
  const stack = testStack();
  new LoadStore(stack, 'LoadStore', {
    place,
    network,
    encryption,
    monitoring,
    keepDays: 90,
    writer: { principalId: 'principal-of-load-tests' },
  });

  test('is an account of its own, closed to the internet and to keys, and is kept', () => {
    expect(only(stack, 'azurerm_storage_account')).toMatchObject({
      public_network_access_enabled: false,
      shared_access_key_enabled: false,
      allow_nested_items_to_be_public: false,
      network_rules: { default_action: 'Deny' },
      tags: { 'data-class': 'internal' },
      lifecycle: { prevent_destroy: true },
    });
    expect(only(stack, 'azurerm_private_endpoint')).toMatchObject({
      private_service_connection: { subresource_names: ['blob'] },
    });
  });

  test('lets results go, with what they took the place of, when their days are over', () => {
    expect(only(stack, 'azurerm_storage_management_policy')).toMatchObject({
      rule: [
        {
          enabled: true,
          filters: { prefix_match: ['load-tests/'] },
          actions: {
            base_blob: { delete_after_days_since_modification_greater_than: 90 },
            version: { delete_after_days_since_creation: 90 },
          },
        },
      ],
    });
  });

  test('is written by one identity, in one container', () => {
    const [assignment, ...others] = ofType(stack, 'azurerm_role_assignment');
    expect(others).toEqual([]);
    expect(assignment).toMatchObject({
      principal_id: 'principal-of-load-tests',
      role_definition_name: 'Storage Blob Data Contributor',
      scope: expect.stringContaining('azurerm_storage_container.'),
    });
  });
});
