import { Identities } from '../../lib/azure/identity';
import { ofType, place, resourcesOf, testStack } from '../support/azure';

describe('identities', () => {
  const stack = testStack();
  const identities = new Identities(stack, 'Identities', {
    place,
    services: ['order', 'user'],
    keeps: true,
    ledgers: true,
    loads: true,
    flags: true,
  });

  test('are one for each service, for the gateway, the job of migrations, the keeper, what takes digests and what verifies by them, what runs load tests, what changes flags, what watches and what counts pods', () => {
    expect(Object.keys(identities.services)).toEqual(['order', 'user']);
    expect(ofType(stack, 'azurerm_user_assigned_identity').map(({ name }) => name)).toEqual([
      'id-shop-production-flag-rollout',
      'id-shop-production-gateway',
      'id-shop-production-keeper',
      'id-shop-production-ledger-digests',
      'id-shop-production-ledger-verification',
      'id-shop-production-load-tests',
      'id-shop-production-migration',
      'id-shop-production-observability',
      'id-shop-production-order',
      'id-shop-production-scaler',
      'id-shop-production-user',
    ]);
  });

  test('are none for a keeper where nothing is kept, none for digests and their comparison where no ledger is, none for load tests where none run, and none for flags where there are none', () => {
    const alone = testStack();
    const { digests, flags, keeper, loads, verification } = new Identities(alone, 'Identities', {
      place,
      services: [],
      keeps: false,
      ledgers: false,
      loads: false,
      flags: false,
    });
    expect([digests, flags, keeper, loads, verification]).toEqual(Array(5).fill(undefined));
    expect(ofType(alone, 'azurerm_user_assigned_identity')).toHaveLength(4);
  });

  test('may nothing by themselves', () => {
    expect(Object.keys(resourcesOf(stack))).toEqual(['azurerm_user_assigned_identity']);
  });
});
