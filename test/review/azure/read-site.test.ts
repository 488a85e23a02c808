import { join } from 'node:path';
import { readSite } from '../../../lib/review/azure/read-site';
import { newDirectory, writeJson } from '../aws/fixtures';
import { siteOf, writeSite } from './fixtures';

test('a site has its stacks by name, with what Azure is told apart from what Terraform is told', () => {
  const { stacks } = siteOf(
    {
      id: 'messaging',
      dependencies: ['data'],
      resources: {
        'data.azurerm_client_config.Current': {},
        'azurerm_key_vault.Vault': {
          '//': {
            metadata: { path: 'shop-production-messaging/Secrets/Vault' },
            exemptions: { diagnostics: 'because' },
          },
          name: 'kv',
          tags: { stage: 'production' },
          depends_on: ['azurerm_resource_group.Group'],
          lifecycle: { prevent_destroy: true },
        },
        'azurerm_resource_group.Group': { '//': undefined, name: 'rg' },
      },
      outputs: { id: { value: 'x' } },
    },
    { id: 'data' },
  );
  expect(stacks.map(({ name, dependencies }) => [name, dependencies])).toEqual([
    ['shop-production-data', []],
    ['shop-production-messaging', ['shop-production-data']],
  ]);
  const stack = stacks[1];
  if (stack === undefined) throw new Error('there must be two stacks');
  const { backends, data, outputs, resources } = stack;
  expect(resources[0]).toEqual({
    stack: 'shop-production-messaging',
    type: 'azurerm_key_vault',
    address: 'azurerm_key_vault.Vault',
    path: 'shop-production-messaging/Secrets/Vault',
    arguments: { name: 'kv', tags: { stage: 'production' } },
    lifecycle: { prevent_destroy: true },
    meta: { depends_on: ['azurerm_resource_group.Group'] },
    exemptions: { diagnostics: 'because' },
  });
  expect(resources[1]).toMatchObject({ path: 'shop-production-messaging/azurerm_resource_group.Group' });
  expect(data.map(({ address }) => address)).toEqual(['data.azurerm_client_config.Current']);
  expect(backends).toMatchObject([{ type: 'azurerm', config: { key: 'shop-production/messaging.tfstate' } }]);
  expect(outputs).toEqual({ id: { value: 'x' } });
});

test.each([
  ['there is nothing', newDirectory, /manifest\.json must be a JSON file/],
  [
    'there is no stack',
    () => {
      const directory = newDirectory();
      writeJson(join(directory, 'manifest.json'), { stacks: {} });
      return directory;
    },
    /must hold at least one stack, got none/,
  ],
  [
    'a stack is missing',
    () => {
      const directory = writeSite({});
      writeJson(join(directory, 'manifest.json'), {
        stacks: { gone: { synthesizedStackPath: 'stacks/gone/cdk.tf.json' } },
      });
      return directory;
    },
    /stacks\/gone\/cdk\.tf\.json must be a JSON file/,
  ],
])('fails when %s', (_, write, message) => {
  expect(() => readSite(write())).toThrow(message);
});
