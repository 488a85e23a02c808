import { OutsideIdentity } from '../../lib/azure/outside-identity';
import { ofType, place, testStack } from '../support/azure';

test('what stands outside is one subject of one issuer, and nobody else', () => {
  const stack = testStack();
  new OutsideIdentity(stack, 'ObjectCopier', {
    place,
    word: 'object-copier',
    from: 'primary',
    issuer: 'https://5e1f7a3c-9b2d-4c68-8f0e-7d4a6b1c2e95.tokens.sts.global.api.aws',
    subject: 'arn:aws:iam::111122223333:role/shop-production-object-copier',
  });
  expect(ofType(stack, 'azurerm_user_assigned_identity')).toEqual([
    expect.objectContaining({ name: 'id-shop-production-object-copier' }),
  ]);
  expect(ofType(stack, 'azurerm_federated_identity_credential')).toEqual([
    expect.objectContaining({
      name: 'primary',
      audience: ['api://AzureADTokenExchange'],
      issuer: 'https://5e1f7a3c-9b2d-4c68-8f0e-7d4a6b1c2e95.tokens.sts.global.api.aws',
      subject: 'arn:aws:iam::111122223333:role/shop-production-object-copier',
      parent_id: expect.stringMatching(/^\$\{azurerm_user_assigned_identity\.ObjectCopier_Identity_.*\.id\}$/),
    }),
  ]);
});
