import { ClusterFederation } from '../../lib/azure/cluster-federation';
import { identity, ofType, place, testStack } from '../support/azure';

test('identities of services are tied to one account each, one after the other', () => {
  const own = testStack();
  new ClusterFederation(own, 'Federation', {
    place,
    issuer: 'https://issuer.example.com/',
    identityGroup: 'rg-shop-production-foundation',
    credential: 'cluster',
    identities: {
      order: identity('order'),
      payment: identity('payment'),
      gateway: identity('gateway'),
      observability: identity('observability'),
      scaler: identity('scaler'),
    },
  });
  const credentials = ofType(own, 'azurerm_federated_identity_credential');
  expect(credentials.map(({ subject }) => subject).sort()).toEqual([
    'system:serviceaccount:keda:keda-operator',
    'system:serviceaccount:observability:observability',
    'system:serviceaccount:shop-gateway:gateway',
    'system:serviceaccount:shop-order:order',
    'system:serviceaccount:shop-payment:payment',
  ]);
  for (const credential of credentials) {
    expect(credential).toMatchObject({
      audience: ['api://AzureADTokenExchange'],
      issuer: 'https://issuer.example.com/',
      resource_group_name: 'rg-shop-production-foundation',
    });
  }
  expect(credentials.filter(({ depends_on }) => depends_on !== undefined)).toHaveLength(4);
});
