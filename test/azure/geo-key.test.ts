import { GeoKey } from '../../lib/azure/geo-key';
import { RawResource } from '../../lib/azure/raw-resource';
import { monitoring, network, only, place, testStack } from '../support/azure';

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
    expect(only(stack, 'azurerm_monitor_diagnostic_setting').log_analytics_workspace_id).toBe(monitoring.workspaceId);
  });

  test('may be used by that identity and for encryption alone', () => {
    expect(only(stack, 'azurerm_role_assignment')).toMatchObject({
      role_definition_name: 'Key Vault Crypto Service Encryption User',
      scope: expect.stringMatching(/^\$\{azapi_resource\.GeoKey_\w+\.id\}$/),
      principal_id: expect.stringContaining('azurerm_user_assigned_identity.'),
    });
  });
});
