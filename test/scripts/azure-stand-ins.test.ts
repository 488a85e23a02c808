import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '../../lib/review/json';
import { withStandIns } from '../../scripts/azure-stand-ins';
import { describeTerraform } from '../support/live-terraform';

const file: JsonObject = {
  '//': { metadata: { stackName: 'shop-production-data' } },
  terraform: {
    required_version: '>= 1.11.0',
    required_providers: { azurerm: { source: 'hashicorp/azurerm', version: '4.73.0' } },
    backend: { azurerm: { key: 'data.tfstate' } },
  },
  provider: { azurerm: [{ features: [{}] }] },
  data: { terraform_remote_state: { 'foundation-state': { backend: 'azurerm', config: { key: 'x' } } } },
  variable: {
    documentation_values: { type: 'string', default: '' },
    key: { type: 'string', ephemeral: true, sensitive: true },
  },
  resource: {
    azapi_resource: { Tunnel: { sensitive_body: { key: '${var.key}' } } },
    azurerm_resource_group: { Group: { '//': { metadata: { path: 'data/Group' } }, name: 'rg', location: 'eastasia' } },
    azurerm_key_vault: {
      Vault: {
        name: 'kv',
        resource_group_name: '${azurerm_resource_group.Group.name}',
        tenant_id: '${data.terraform_remote_state.foundation-state.outputs.tenant}',
        depends_on: ['azurerm_resource_group.Group'],
        lifecycle: { prevent_destroy: true, ignore_changes: ['tags'] },
      },
    },
    terraform_data: {
      Refusal: {
        lifecycle: { precondition: [{ condition: '${var.documentation_values == ""}', error_message: 'no' }] },
      },
    },
  },
  output: { id: { value: '${azurerm_key_vault.Vault.id}', description: 'as azurerm_key_vault.Other.id is not' } },
};

describe('a stack with stand-ins', () => {
  test('has what Terraform reads, and nothing of a provider', () => {
    expect(withStandIns(file)).toEqual({
      terraform: { required_version: '>= 1.11.0' },
      variable: {
        documentation_values: { type: 'string', default: '' },
        key: { type: 'string', sensitive: true },
      },
      resource: {
        terraform_data: {
          azapi_resource__Tunnel: { input: { sensitive_body: { key: '${var.key}' } } },
          Refusal: {
            lifecycle: { precondition: [{ condition: '${var.documentation_values == ""}', error_message: 'no' }] },
          },
          azurerm_resource_group__Group: { input: { name: 'rg', location: 'eastasia' } },
          azurerm_key_vault__Vault: {
            depends_on: ['terraform_data.azurerm_resource_group__Group'],
            lifecycle: { prevent_destroy: true },
            input: {
              name: 'kv',
              resource_group_name: '${terraform_data.azurerm_resource_group__Group.output.name}',
              tenant_id: '${terraform_data.data__terraform_remote_state__foundation-state.output.outputs.tenant}',
            },
          },
          'data__terraform_remote_state__foundation-state': { input: { backend: 'azurerm', config: { key: 'x' } } },
        },
      },
      output: {
        id: {
          value: '${terraform_data.azurerm_key_vault__Vault.output.id}',
          description: 'as azurerm_key_vault.Other.id is not',
        },
      },
    });
  });

  test('leaves a name alone that nothing bears, so that Terraform finds it', () => {
    const broken = { ...file, output: { id: { value: '${azurerm_key_vault.Gone.id}' } } };
    expect(withStandIns(broken)['output']).toEqual({ id: { value: '${azurerm_key_vault.Gone.id}' } });
  });
});

describeTerraform('Terraform reads a stack with stand-ins', () => {
  function read(stack: JsonObject): string {
    const cwd = mkdtempSync(join(tmpdir(), 'mainstay-stand-ins-'));
    writeFileSync(join(cwd, 'cdk.tf.json'), JSON.stringify(withStandIns(stack)));
    for (const args of [
      ['init', '-backend=false', '-input=false', '-no-color'],
      ['validate', '-no-color'],
    ]) {
      const { status, stderr } = spawnSync('terraform', args, { cwd, encoding: 'utf8' });
      if (status !== 0) return stderr;
    }
    return 'valid';
  }

  const changed = (vault: JsonObject): JsonObject => ({
    ...file,
    resource: {
      azurerm_key_vault: { Vault: vault },
      azurerm_resource_group: { Group: { name: '${azurerm_key_vault.Vault.name}' } },
    },
  });

  test('and finds nothing wrong with a sound one', () => {
    expect(read(file)).toBe('valid');
  });

  test.each([
    ['something is named that is not there', { name: '${azurerm_key_vault.Gone.name}' }, 'undeclared resource'],
    ['a function is unknown', { name: '${jsonencod("x")}' }, 'jsonencod'],
    ['an expression does not end', { name: '${upper("x"' }, 'Unterminated function call'],
    ['two resources wait for each other', { name: '${azurerm_resource_group.Group.name}' }, 'Cycle'],
    ['a lifecycle is unknown', { name: 'kv', lifecycle: { prevent_destruction: true } }, 'prevent_destruction'],
  ])('and fails when %s', (_title, vault, message) => {
    expect(read(changed(vault))).toContain(message);
  });
});
