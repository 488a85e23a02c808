import { LedgerStore } from '../../lib/azure/ledger-store';
import { encryption, monitoring, network, ofType, only, place, testStack } from '../support/azure';

const storeIn = (where: Partial<typeof place> = {}) => {
  const stack = testStack();
  new LedgerStore(stack, 'LedgerStore', {
    place: { ...place, ...where },
    network,
    encryption,
    monitoring,
    databases: ['order', 'card-sales'],
    dataClass: 'confidential',
    writer: { principalId: 'principal-of-digests' },
    reader: { principalId: 'principal-of-verification' },
  });
  return stack;
};

describe('the store of digests', () => {
  const stack = storeIn();

  test('is an account of its own, closed to the internet and to keys, and is kept', () => {
    expect(only(stack, 'azurerm_storage_account')).toMatchObject({
      public_network_access_enabled: false,
      shared_access_key_enabled: false,
      allow_nested_items_to_be_public: false,
      account_replication_type: 'RAGZRS',
      network_rules: { default_action: 'Deny' },
      tags: { 'data-class': 'confidential' },
      lifecycle: { prevent_destroy: true },
    });
    expect(only(stack, 'azurerm_private_endpoint')).toMatchObject({
      private_service_connection: { subresource_names: ['blob'] },
    });
  });

  test('takes further lines and lets none be changed, for seven years and for everybody', () => {
    const policy = only(stack, 'azurerm_storage_container_immutability_policy');
    expect(policy).toMatchObject({
      immutability_period_in_days: 2557,
      protected_append_writes_enabled: true,
      locked: true,
    });
    expect(policy).not.toHaveProperty('protected_append_writes_all_enabled');
  });

  test('is not locked for good where the stage is not protected', () => {
    const open = storeIn({ isProtected: false });
    expect(only(open, 'azurerm_storage_container_immutability_policy')).toMatchObject({ locked: false });
  });

  test('is written by one identity and read by another, in one container', () => {
    const scope = expect.stringContaining('azurerm_storage_container.');
    expect(
      ofType(stack, 'azurerm_role_assignment').map(({ principal_id, role_definition_name, scope: at }) => ({
        principal_id,
        role_definition_name,
        scope: at,
      })),
    ).toEqual([
      { principal_id: 'principal-of-verification', role_definition_name: 'Storage Blob Data Reader', scope },
      { principal_id: 'principal-of-digests', role_definition_name: 'Storage Blob Data Contributor', scope },
    ]);
  });

  test('calls somebody for each database when digests are missing for an hour', () => {
    const alerts = ofType(stack, 'azurerm_monitor_scheduled_query_rules_alert_v2');
    expect(alerts.map(({ name }) => name)).toEqual(['ledger-card-sales-missing', 'ledger-order-missing']);
    const [criteria] = (alerts[0]?.['criteria'] ?? []) as readonly { readonly query: string }[];
    expect(criteria?.query).toContain('OperationName == "AppendBlock" and StatusText == "Success"');
    expect(criteria?.query).toContain('ObjectKey contains "/ledger-digests/card_sales/"');
    expect(criteria?.query).toContain('iff(digests == 0, 1, 0)');
  });
});
