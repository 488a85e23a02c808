import { AzapiResource, azapiProvider } from '../../lib/azure/azapi';
import { place, resourcesOf, testStack } from '../support/azure';

describe("a resource by Azure's own interface", () => {
  const made = (reads?: readonly string[]) => {
    const stack = testStack();
    const resource = new AzapiResource(stack, 'Key', {
      place,
      type: 'Microsoft.KeyVault/vaults/keys@2023-07-01',
      name: 'storage',
      parentId: '/subscriptions/s/vault',
      body: { properties: { kty: 'RSA' } },
      ...(reads === undefined ? {} : { reads }),
    });
    return { stack, resource };
  };

  test('says what it is, what it belongs to, and what is in it', () => {
    expect(resourcesOf(made().stack)).toEqual({
      azapi_resource: {
        Key: {
          type: 'Microsoft.KeyVault/vaults/keys@2023-07-01',
          name: 'storage',
          parent_id: '/subscriptions/s/vault',
          body: { properties: { kty: 'RSA' } },
        },
      },
    });
  });

  test('brings its provider along, which logs in where the stack stands', () => {
    expect(made().stack.toTerraform()).toMatchObject({
      terraform: { required_providers: { azapi: azapiProvider } },
      provider: { azapi: [{ subscription_id: place.subscriptionId, tenant_id: place.tenantId }] },
    });
  });

  test('reads back what it is asked to', () => {
    const { resource, stack } = made(['properties.keyUri']);
    resource.addOverride('name', resource.read('properties.keyUri'));
    expect(resourcesOf(stack)['azapi_resource']?.['Key']).toMatchObject({
      response_export_values: ['properties.keyUri'],
      name: '${azapi_resource.Key.output.properties.keyUri}',
    });
  });
});
