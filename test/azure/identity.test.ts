import { Identities } from '../../lib/azure/identity';
import { ofType, place, resourcesOf, testStack } from '../support/azure';

describe('identities', () => {
  const stack = testStack();
  const identities = new Identities(stack, 'Identities', { place, services: ['order', 'user'] });

  test('are one for each service, for the gateway, the job of migrations, what watches and what counts pods', () => {
    expect(Object.keys(identities.services)).toEqual(['order', 'user']);
    expect(ofType(stack, 'azurerm_user_assigned_identity').map(({ name }) => name)).toEqual([
      'id-shop-production-gateway',
      'id-shop-production-migration',
      'id-shop-production-observability',
      'id-shop-production-order',
      'id-shop-production-scaler',
      'id-shop-production-user',
    ]);
  });

  test('may nothing by themselves', () => {
    expect(Object.keys(resourcesOf(stack))).toEqual(['azurerm_user_assigned_identity']);
  });
});
