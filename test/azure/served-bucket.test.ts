import { Bucket } from '../../lib/azure/bucket';
import { exemptionsKey } from '../../lib/azure/exempt';
import { StorageAccount } from '../../lib/azure/storage-account';
import { bucket } from '../../lib/platform/nouns/storage';
import { encryption, monitoring, network, ofType, only, place, testStack } from '../support/azure';

describe('a bucket that the edge serves', () => {
  const stack = testStack();
  const spec = {
    assets: bucket.parse({ holds: 'assets', dataClass: 'public' }),
    uploads: bucket.parse({ holds: 'uploads' }),
  };
  const storage = new StorageAccount(stack, 'HotStorage', {
    place,
    network,
    encryption,
    monitoring,
    kind: 'hot',
    buckets: spec,
    serves: true,
  });
  const assets = new Bucket(stack, 'Assets', { place, storage, name: 'assets', spec: spec.assets, served: true });
  const uploads = new Bucket(stack, 'Uploads', { place, storage, name: 'uploads', spec: spec.uploads });

  test('is read by whoever comes by private link and knows a name, and no other bucket of its account is', () => {
    const access = ofType(stack, 'azurerm_storage_container').map(({ container_access_type, name }) => [
      name,
      container_access_type,
    ]);
    expect(Object.fromEntries(access)).toEqual({ assets: 'blob', uploads: 'private' });
  });

  test('is still not on the internet', () => {
    expect(only(stack, 'azurerm_storage_account')).toMatchObject({
      allow_nested_items_to_be_public: true,
      public_network_access_enabled: false,
      network_rules: { default_action: 'Deny' },
      shared_access_key_enabled: false,
    });
  });

  test('says why, where others must not', () => {
    const reasons = [storage.account, assets.container, uploads.container].map((resource) =>
      Object.values(resource.toTerraform().resource as Record<string, Record<string, { '//': object }>>)
        .flatMap((byId) => Object.values(byId))
        .map((each) => each['//']),
    );
    expect(reasons).toEqual([
      [expect.objectContaining({ [exemptionsKey]: { 'public-access': expect.stringContaining('private link') } })],
      [expect.objectContaining({ [exemptionsKey]: { 'public-access': expect.stringContaining('private link') } })],
      [expect.not.objectContaining({ [exemptionsKey]: expect.anything() })],
    ]);
  });
});
