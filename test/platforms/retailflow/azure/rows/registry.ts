import { about, type Row } from '../../../support/about';
import { reference } from '../../../support/graph';
import { absent, between, oneLike } from '../../../support/matchers';
import { encryptionIdentity, key } from './facts';

const stack = 'foundation';

export const registry: Row = {
  row: 'registry',
  expectations: about(
    { stack, type: 'azurerm_container_registry', count: 1 },
    {
      'images lie where private access is offered': { path: 'sku', is: 'Premium' },
      'images lie in all zones': { path: 'zone_redundancy_enabled', is: true },
      'images are copied nowhere, since the platform has one region on Azure': { path: 'georeplications', is: absent },
      'the registry has no administrator with a password': { path: 'admin_enabled', is: false },
      'nobody pulls without a name': { path: 'anonymous_pull_enabled', is: false },
      'the registry does not answer the internet': { path: 'public_network_access_enabled', is: false },
      'services of Azure that scan images reach them': { path: 'network_rule_bypass_option', is: 'AzureServices' },
      'images do not leave the registry for another': { path: 'export_policy_enabled', is: false },
      'layers come from a name of the registry itself': { path: 'data_endpoint_enabled', is: true },
      'images without a tag leave after a time': { path: 'retention_policy_in_days', is: between(7, 60) },
      'a pushed image can be pulled at once': { path: 'quarantine_policy_enabled', is: false },
      'images are encrypted with the key of the registry': {
        path: 'encryption[*].key_vault_key_id',
        is: key('Registry'),
      },
      'images are encrypted by the identity of encryption': {
        path: 'encryption[*].identity_client_id',
        is: reference('foundation/Keys/Identity', 'client_id'),
      },
      'the registry has the identity of encryption': { path: 'identity.identity_ids', is: [encryptionIdentity] },
      'the registry waits until it may use its key': { path: 'depends_on[*]', is: oneLike(/Keys_RegistryUse/) },
      'Terraform does not destroy the registry': { path: 'lifecycle.prevent_destroy', is: true },
      'the registry says of what class its images are': { path: 'tags.data-class', is: 'internal' },
    },
  ),
};
