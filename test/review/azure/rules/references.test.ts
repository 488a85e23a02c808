import { references } from '../../../../lib/review/azure/rules/references';
import { findingsOf, judges, outputOf, remoteState } from '../fixtures';

const valid = {
  'azurerm_key_vault.Vault': { name: 'kv', tenant_id: '${data.azurerm_client_config.Current.tenant_id}' },
  'data.azurerm_client_config.Current': {},
  'azurerm_private_endpoint.Endpoint': {
    name: '${azurerm_key_vault.Vault.name}-${local.suffix}-${var.suffix}',
    private_service_connection: { private_connection_resource_id: '${azurerm_key_vault.Vault.id}' },
    depends_on: ['azurerm_key_vault.Vault'],
    custom_network_interface_name: '${azurerm_key_vault.Vault.tags["stage"]}',
  },
};
const endpoint = 'azurerm_private_endpoint.Endpoint';
const rest = { variables: { suffix: { type: 'string' } }, locals: { suffix: 'x' } };

describe('references', () => {
  judges(
    references,
    valid,
    [
      [
        'a resource is not there',
        `${endpoint}/name`,
        '${azurerm_key_vault.Valut.name}',
        /^azurerm_private_endpoint\.Endpoint: name names azurerm_key_vault\.Valut, which shop-production-data lacks: did you mean azurerm_key_vault\.Vault\?/,
      ],
      [
        'an attribute is not there',
        `${endpoint}/name`,
        '${azurerm_key_vault.Vault.vault_url}',
        /reads vault_url of azurerm_key_vault\.Vault, which has no such attribute: did you mean vault_uri\?/,
      ],
      ['a variable is not there', `${endpoint}/name`, '${var.sufix}', /names var\.sufix, .* did you mean suffix\?/],
      ['a local is not there', `${endpoint}/name`, '${local.other}', /names local\.other/],
      [
        'what it reads is not there',
        'azurerm_key_vault.Vault/tenant_id',
        '${data.azurerm_client_config.Other.tenant_id}',
        /names data\.azurerm_client_config\.Other/,
      ],
      [
        'what it waits for is not there',
        `${endpoint}/depends_on`,
        ['azurerm_subnet.Gone'],
        /depends_on names azurerm_subnet\.Gone/,
      ],
      [
        'a state is not declared',
        `${endpoint}/name`,
        outputOf('foundation', 'id'),
        /names data\.terraform_remote_state\.cross-stack-reference-input-shop-production-foundation, which shop-production-data lacks: read the state/,
      ],
    ],
    rest,
  );

  const reader = (output: string) => ({
    id: 'data',
    resources: { ...remoteState('foundation'), 'azurerm_resource_group.G': { name: outputOf('foundation', output) } },
  });

  test('an output of another stack is found by the place of its state', () => {
    expect(findingsOf(references, reader('id'), { id: 'foundation', outputs: { id: { value: 'x' } } })).toEqual([]);
  });

  test.each([
    [
      'the other stack has no such output',
      [reader('name'), { id: 'foundation', outputs: { id: { value: 'x' } } }],
      /reads name of shop-production-foundation, which has no such output: add it/,
    ],
    ['no stack has the state', [reader('id')], /which is the state of no stack here/],
  ])('fails when %s', (_, stacks, message) => {
    expect(findingsOf(references, ...stacks).map((each) => each.message)).toEqual([expect.stringMatching(message)]);
  });

  test('fails when stacks read each other', () => {
    const stacks = [
      { id: 'a', resources: remoteState('b') },
      { id: 'b', resources: remoteState('a') },
    ];
    expect(findingsOf(references, ...stacks).map(({ message, path }) => [path, message])).toEqual(
      ['a', 'b'].map((id) => [
        `shop-production-${id}`,
        expect.stringContaining('reads outputs of stacks that read its own, shop-production-a, shop-production-b'),
      ]),
    );
  });

  test('fails when an output, a provider or a refusal names what is not there', () => {
    const findings = findingsOf(references, {
      outputs: { id: { value: '${azurerm_subnet.S.id}' } },
      provider: { subscription_id: '${var.a}' },
      resources: { 'terraform_data.R': { lifecycle: { precondition: [{ condition: '${var.b == ""}' }] } } },
    });
    expect(findings.map(({ message }) => message.split(',')[0]).sort()).toEqual([
      'lifecycle.precondition[0].condition names var.b',
      'output.id.value names azurerm_subnet.S',
      'provider.azurerm[0].subscription_id names var.a',
    ]);
  });
});
