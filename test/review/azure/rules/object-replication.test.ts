import { objectReplication } from '../../../../lib/review/azure/rules/object-replication';
import { judges, type Declarations } from '../fixtures';

const account = (location: string) => ({
  location,
  blob_properties: { versioning_enabled: true, change_feed_enabled: true },
});
const container = (of: string) => ({ storage_account_id: `\${azurerm_storage_account.${of}.id}`, name: 'photos' });
const copies = 'azurerm_storage_object_replication.Copies';

const valid: Declarations = {
  'azurerm_storage_account.Here': account('westeurope'),
  'azurerm_storage_account.There': account('northeurope'),
  'azurerm_storage_container.Here': container('Here'),
  'azurerm_storage_container.There': container('There'),
  [copies]: {
    source_storage_account_id: '${azurerm_storage_account.Here.id}',
    destination_storage_account_id: '${azurerm_storage_account.There.id}',
    rules: [{ source_container_name: 'photos', destination_container_name: 'photos' }],
  },
};

describe('object-replication', () => {
  judges(objectReplication, valid, [
    [
      'copies lie in the region of what is copied',
      'azurerm_storage_account.There/location',
      'westeurope',
      /copies from "westeurope" to "westeurope": copy into another region/,
    ],
    [
      'the source has no versions',
      'azurerm_storage_account.Here/blob_properties/versioning_enabled',
      false,
      /needs blob_properties\.versioning_enabled of azurerm_storage_account\.Here, which is its source/,
    ],
    [
      'nobody writes down what changes at the source',
      'azurerm_storage_account.Here/blob_properties/change_feed_enabled',
      undefined,
      /needs blob_properties\.change_feed_enabled/,
    ],
    [
      'the destination has no versions',
      'azurerm_storage_account.There/blob_properties',
      undefined,
      /which is its destination: turn it on/,
    ],
    [
      'a container is not there',
      'azurerm_storage_container.There',
      undefined,
      /names "photos", which azurerm_storage_account\.There lacks: make the container/,
    ],
    [
      'it copies to an account of somebody else',
      `${copies}/destination_storage_account_id`,
      '/subscriptions/x/storageAccounts/other',
      /destination_storage_account_id must be the id of an account of the site/,
    ],
  ]);
});
