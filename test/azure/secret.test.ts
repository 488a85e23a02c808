import { ExternalSecret } from '../../lib/azure/secret';
import { secret } from '../../lib/platform/nouns/storage';
import { encryption, identity, ofType, resourcesOf, testStack } from '../support/azure';

describe('a secret from outside, on Azure', () => {
  const stack = testStack();
  const keys = new ExternalSecret(stack, 'TokenKeys', {
    name: 'token-keys',
    spec: secret.parse({ description: 'Signs the tokens of customers', fields: ['privateKey', 'publicKey'] }),
    vaultId: encryption.vaultId,
  });
  keys.grant(stack, identity('user'), { service: 'user', kind: 'secrets' });

  test('is read by its field where one is enough, and fails when there is no such field', () => {
    const alone = testStack();
    const pair = new ExternalSecret(alone, 'TokenKeys', {
      name: 'token-keys',
      spec: secret.parse({ description: 'Signs the tokens of customers', fields: ['privateKey', 'publicKey'] }),
      vaultId: encryption.vaultId,
    });
    pair.grantField(alone, identity('gateway'), { reader: 'gateway', field: 'publicKey' });
    expect(ofType(alone, 'azurerm_role_assignment').map(({ scope }) => scope)).toEqual([
      `${encryption.vaultId}/secrets/token-keys-publicKey`,
    ]);
    expect(() => pair.grantField(alone, identity('gateway'), { reader: 'gateway', field: 'key' })).toThrow(
      'test/TokenKeys must have one of privateKey, publicKey, got key',
    );
  });

  test('has a name in the vault for each field', () => {
    expect(keys.entries).toEqual({ privateKey: 'token-keys-privateKey', publicKey: 'token-keys-publicKey' });
    for (const name of Object.values(keys.entries)) expect(name).toMatch(/^[0-9A-Za-z-]{1,127}$/);
  });

  test('has no value that Terraform could write', () => {
    expect(Object.keys(resourcesOf(stack))).toEqual(['azurerm_role_assignment']);
  });

  test('is read by the service that uses it: these entries of the vault, no other, and no more than read', () => {
    expect(ofType(stack, 'azurerm_role_assignment')).toEqual(
      ['token-keys-privateKey', 'token-keys-publicKey'].map((entry) =>
        expect.objectContaining({
          principal_id: 'principal-of-user',
          role_definition_name: 'Key Vault Secrets User',
          scope: `${encryption.vaultId}/secrets/${entry}`,
        }),
      ),
    );
  });
});
