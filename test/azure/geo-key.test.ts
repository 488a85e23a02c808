import { GeoKey } from '../../lib/azure/geo-key';
import { RawResource } from '../../lib/azure/raw-resource';
import { monitoring, network, ofType, only, place, testStack } from '../support/azure';

describe('the key of copies of backups', () => {
  const stack = testStack();
  const key = new GeoKey(stack, 'GeoKey', { place, network, monitoring, region: 'southeastasia' });
  // Shows what the others are told.
  new RawResource(stack, 'Told', 'terraform_data', { input: key.keyId });

  test('stands with its vault and its identity in the other region', () => {
    expect(only(stack, 'azurerm_key_vault')).toMatchObject({
      location: 'southeastasia',
      purge_protection_enabled: true,
      public_network_access_enabled: false,
      lifecycle: { prevent_destroy: true },
    });
    expect(only(stack, 'azurerm_user_assigned_identity').location).toBe('southeastasia');
    expect(only(stack, 'terraform_data').input).toMatch(
      /^\$\{azapi_resource\.GeoKey_\w+\.output\.properties\.keyUri\}$/,
    );
  });

  test('is reached from the network of the site, where the endpoint stands', () => {
    expect(only(stack, 'azurerm_private_endpoint')).toMatchObject({
      location: 'eastasia',
      subnet_id: network.subnetIds.endpoints,
      private_dns_zone_group: { private_dns_zone_ids: [network.zoneIds['key-vault']] },
    });
    expect(ofType(stack, 'azurerm_monitor_diagnostic_setting').map(({ log_analytics_workspace_id: id }) => id)).toEqual(
      [monitoring.workspaceId, monitoring.workspaceId],
    );
  });

  test('calls somebody when it ends, from its own region, and is made only when that stands', () => {
    expect(only(stack, 'azurerm_eventgrid_system_topic')).toMatchObject({
      location: 'southeastasia',
      source_resource_id: expect.stringContaining('azurerm_key_vault.GeoKey_'),
    });
    const made = ofType(stack, 'azapi_resource');
    const told = made.filter(({ type }) => String(type).startsWith('Microsoft.EventGrid/'));
    expect(told.map(({ name }) => name)).toEqual(expect.arrayContaining(['KeyEnds', 'KeyEnded']));
    expect(told).toHaveLength(2);
    const key = made.find(({ type }) => String(type).startsWith('Microsoft.KeyVault/'));
    expect(key?.depends_on).toHaveLength(told.length);
    expect(only(stack, 'azurerm_monitor_metric_alert').name).toBe('backup-vault-expiry-dropped');
  });

  test('may be used by that identity and for encryption alone', () => {
    expect(only(stack, 'azurerm_role_assignment')).toMatchObject({
      role_definition_name: 'Key Vault Crypto Service Encryption User',
      scope: expect.stringMatching(/^\$\{azapi_resource\.GeoKey_\w+\.id\}$/),
      principal_id: expect.stringContaining('azurerm_user_assigned_identity.'),
    });
  });
});
