import { literalSecrets } from '../../../../lib/review/azure/rules/literal-secrets';
import { providerPin } from '../../../../lib/review/azure/rules/provider-pin';
import { state } from '../../../../lib/review/azure/rules/state';
import { backendOf, findingsOf, judges, type StackFixture } from '../fixtures';

const messages = (...args: Parameters<typeof findingsOf>): readonly string[] =>
  findingsOf(...args).map(({ message, path }) => `${path}: ${message}`);

describe('state', () => {
  test('finds nothing where every stack has a place of its own', () => {
    expect(messages(state, { id: 'a' }, { id: 'b' })).toEqual([]);
  });
  test.each<[string, StackFixture['backend'], RegExp]>([
    ['there is no place', null, /backend must be azurerm alone, got none/],
    [
      'Entra ID does not decide',
      { ...backendOf('a'), use_azuread_auth: false },
      /backend\.use_azuread_auth must be true, got false/,
    ],
    ['a key is given', { ...backendOf('a'), access_key: 'x' }, /backend\.access_key must not be given/],
    [
      'a name is computed',
      { ...backendOf('a'), key: '${var.key}' },
      /backend\.key must be a name that is known before/,
    ],
    ['the tenant is left out', { ...backendOf('a'), tenant_id: undefined }, /backend\.tenant_id must be a name/],
  ])('fails when %s', (_, backend, message) => {
    expect(messages(state, { id: 'a', ...(backend === undefined ? {} : { backend }) })).toEqual([
      expect.stringMatching(message),
    ]);
  });
  test('fails when two stacks share one', () => {
    expect(messages(state, { id: 'a' }, { id: 'b', backend: backendOf('a') })).toEqual([
      'shop-production-a: backend.key is also that of shop-production-b: give each stack a state of its own',
      'shop-production-b: backend.key is also that of shop-production-a: give each stack a state of its own',
    ]);
  });
});

describe('provider-pin', () => {
  const azurerm = { source: 'hashicorp/azurerm', version: '4.73.0' };
  const resources = {
    'azurerm_key_vault.Vault': {},
    'azurerm_managed_redis_access_policy_assignment.A': {},
    'terraform_data.T': {},
  };
  const azapi = { 'azapi_resource.Key': {} };
  test('finds nothing where versions are pinned and late enough', () => {
    expect(messages(providerPin, { resources })).toEqual([]);
    const requiredProviders = { azurerm, azapi: { source: 'Azure/azapi', version: '2.9.0' } };
    expect(messages(providerPin, { resources: azapi, requiredProviders })).toEqual([]);
  });
  test.each<[string, object, RegExp[]]>([
    [
      'the source is short',
      { azurerm: { ...azurerm, source: 'azurerm' } },
      [/source of azurerm must be hashicorp\/azurerm, got "azurerm"/],
    ],
    [
      'the version is a range',
      { azurerm: { ...azurerm, version: '~> 4.73' } },
      [/version of azurerm must be one version, got "~> 4\.73"/],
    ],
    [
      'the version is a later major one',
      { azurerm: { ...azurerm, version: '5.0.0' } },
      [/must be before 5\.0\.0, got 5\.0\.0/],
    ],
    [
      'a type came later',
      { azurerm: { ...azurerm, version: '4.59.9' } },
      [/azurerm_managed_redis_access_policy_assignment needs azurerm 4\.60\.0, the pin is 4\.59\.9/],
    ],
    [
      'another provider is there',
      { azurerm, random: { source: 'hashicorp/random', version: '3.7.2' } },
      [/random must not be required/],
    ],
  ])('fails when %s', (_, requiredProviders, expected) => {
    expect(messages(providerPin, { resources, requiredProviders: requiredProviders as never })).toEqual(
      expected.map((each) => expect.stringMatching(each)),
    );
  });
  test('fails when a provider is not configured', () => {
    expect(messages(providerPin, { resources, provider: null })).toEqual([
      'shop-production-data: azurerm must be configured, got nothing: say where it logs in',
    ]);
  });
  test('fails when the provider of a type is not required', () => {
    expect(messages(providerPin, { resources: azapi })).toEqual([
      expect.stringMatching(/azapi_resource needs the provider azapi, which is not required/),
    ]);
  });
});

describe('literal-secrets', () => {
  const valid = {
    'azurerm_postgresql_flexible_server.S': {
      administrator_password_wo: '${var.password}',
      administrator_password_wo_version: 1,
      customer_managed_key: { key_vault_key_id: '${var.key}' },
    },
    'azurerm_function_app_flex_consumption.F': {
      app_settings: {
        HOST: 'https://shop.example.com/a@b',
        // Where telemetry goes; it lets nobody in.
        TELEMETRY: '${data.azurerm_application_insights.I.connection_string}',
        // Where a value lies; the host reads it by the identity of the function.
        SECRET_PROVIDER_API_KEY:
          '@Microsoft.KeyVault(SecretUri=https://kv-shop.vault.azure.net/secrets/provider-apiKey)',
      },
    },
    'azurerm_kubernetes_cluster.C': {},
  };
  const settings = 'azurerm_function_app_flex_consumption.F/app_settings';
  judges(
    literalSecrets,
    valid,
    [
      [
        'a password is written',
        'azurerm_postgresql_flexible_server.S/administrator_password',
        'hunter2',
        /^azurerm_postgresql_flexible_server\.S: administrator_password must not hold a literal, got one/,
      ],
      [
        'a write-only password is written',
        'azurerm_postgresql_flexible_server.S/administrator_password_wo',
        'hunter2',
        /administrator_password_wo must not hold a literal/,
      ],
      [
        'a part of it is written',
        'azurerm_postgresql_flexible_server.S/administrator_password_wo',
        'x${var.password}',
        /must not hold a literal/,
      ],
      [
        'it is the default of a variable',
        'azurerm_postgresql_flexible_server.S/administrator_password_wo',
        '${var.weak}',
        /must not hold a literal/,
      ],
      [
        'it only begins as a place in the vault does',
        `${settings}/SECRET_PROVIDER_API_KEY`,
        '@Microsoft.KeyVault(SecretUri=https://kv-shop.vault.azure.net/secrets/provider-apiKey)hunter2',
        /app_settings\.SECRET_PROVIDER_API_KEY must not hold a literal/,
      ],
      [
        'a connection string is written',
        `${settings}/STORE`,
        'Endpoint=sb://x/;SharedAccessKey=abc',
        /app_settings\.STORE must not hold a shared access key/,
      ],
      ['a signature is written', `${settings}/STORE`, 'https://x/y?sv=1&sig=abc', /a shared access signature/],
      [
        'credentials are in an address',
        `${settings}/STORE`,
        'postgres://user:secret@host/db',
        /credentials in an address/,
      ],
      ['it is in an expression', `${settings}/STORE`, '${format("AccountKey=abc%s", var.a)}', /an account key/],
      [
        'a connection string of another service is read',
        `${settings}/STORE`,
        '${azurerm_storage_account.A.primary_connection_string}',
        /must not read azurerm_storage_account\.A\.primary_connection_string/,
      ],
      [
        'a key of a service is read',
        `${settings}/STORE`,
        '${azurerm_storage_account.A.primary_access_key}',
        /must not read azurerm_storage_account\.A\.primary_access_key/,
      ],
      [
        'a way into a cluster is read',
        `${settings}/STORE`,
        '${azurerm_kubernetes_cluster.C.kube_config[0].host}',
        /must not read azurerm_kubernetes_cluster\.C\.kube_config\.host/,
      ],
    ],
    { variables: { password: { type: 'string', sensitive: true }, weak: { type: 'string', default: 'hunter2' } } },
  );

  test('fails when an output or a variable holds one', () => {
    const stack = {
      outputs: { connection: { value: '${azurerm_managed_redis.R.default_database[0].primary_access_key}' } },
      variables: { admin_password: { default: 'hunter2' } },
    };
    expect(messages(literalSecrets, stack)).toEqual([
      expect.stringMatching(
        /^shop-production-data: output\.connection\.value must not read azurerm_managed_redis\.R\.default_database\.primary_access_key/,
      ),
      'shop-production-data: variable.admin_password.default must be left out, got one: give it when it is applied',
    ]);
  });
});
