import { removedIn5 } from '../../../lib/review/azure/data/removed-in-5';
import { values } from '../../../lib/review/azure/data/values';
import { knownTypes, schemaOf, type Arguments } from '../../../lib/review/azure/schema';
import { statefulTypes } from '../../../lib/review/azure/stateful-types';
import { extractSchemas, providers, readManifest, type Provider } from '../../../scripts/provider-jsii';

const manifests = Object.fromEntries(providers.map((name) => [name, readManifest(name)])) as Readonly<
  Record<Provider, ReturnType<typeof readManifest>>
>;
const manifest = manifests.azurerm;
const used = [...new Set([...Object.keys(values), ...Object.keys(removedIn5)])];
const schemas = extractSchemas(manifest, used);

/** What a way through the arguments of a type leads to. */
function typeAt(type: string, way: string): string | Arguments | undefined {
  return way
    .split('.')
    .reduce<string | Arguments | undefined>(
      (block, name) => (typeof block === 'object' ? block[name] : undefined),
      schemas[type]?.arguments,
    );
}

test.each(providers)('the schema is what the classes of %s say', (name) => {
  const { extracted, providers: versions } = knownTypes();
  const types = Object.keys(extracted).filter((type) => type.replace(/^(data|provider)\./, '').startsWith(name));
  expect(types.length).toBeGreaterThan(20);
  expect(versions[name]).toBe(manifests[name].provider);
  const again = extractSchemas(manifests[name], types);
  const changed = Object.keys(again).filter((type) => JSON.stringify(again[type]) !== JSON.stringify(extracted[type]));
  expect(changed).toEqual([]);
});

test('a schema has required arguments, blocks at any depth, and what is told besides', () => {
  const cluster = extractSchemas(manifest, ['azurerm_kubernetes_cluster']).azurerm_kubernetes_cluster;
  expect(cluster?.arguments).toMatchObject({
    name: 'string!',
    oidc_issuer_enabled: 'bool',
    default_node_pool: { '*': 'one!', vm_size: 'string', upgrade_settings: { '*': 'one', max_surge: 'string!' } },
    tags: '{string}',
  });
  expect(cluster?.arguments).not.toHaveProperty('id');
  expect(cluster?.attributes).toEqual(
    expect.arrayContaining(['id', 'oidc_issuer_url', 'key_vault_secrets_provider.secret_identity.client_id']),
  );
  expect(cluster?.attributes).not.toContain('name');
});

test('fails when a type is none of the provider', () => {
  expect(() => extractSchemas(manifest, ['azurerm_nothing'])).toThrow(/azurerm_nothing must be a type of azurerm/);
});

test('what is written by hand adds to a type, and names the version that has it', () => {
  expect(schemaOf('azurerm_managed_redis_access_policy_assignment')?.arguments).toMatchObject({ object_id: 'string!' });
  for (const [type, { provider }] of Object.entries(knownTypes().raw)) {
    expect([type, provider]).toEqual([type, expect.stringMatching(/^\d+\.\d+\.\d+$/)]);
  }
  for (const [type, { arguments: taken }] of Object.entries(knownTypes().raw)) {
    expect([type, malformedIn(taken)]).toEqual([type, []]);
  }
});

test.each(Object.entries(values))('every argument in the table of values is one of %s', (type, known) => {
  const missing = Object.keys(known).filter(
    (way) => !['string', 'number'].some((kind) => kindOf(typeAt(type, way)) === kind),
  );
  expect(missing).toEqual([]);
});

const kindOf = (type: string | Arguments | undefined): string =>
  typeof type === 'string' ? type.replace(/[![\]]/g, '') : 'none';

test.each(Object.entries(removedIn5))(
  'what 5.0 takes from %s is an argument of 4.55, and so is what it is called then',
  (type, removed) => {
    for (const [old, instead] of Object.entries(removed)) {
      expect([old, typeAt(type, old)]).not.toEqual([old, undefined]);
      if (/^[a-z0-9_.]+$/.test(instead) && !instead.startsWith('azurerm_')) {
        expect([instead, typeAt(type, instead)]).not.toEqual([instead, undefined]);
      }
    }
  },
);

test('every type that holds data is one of the provider, or of Azure', () => {
  const unknown = Object.keys(statefulTypes).filter(
    (type) => !type.startsWith('Microsoft.') && !providers.some((name) => manifests[name].classes.has(type)),
  );
  expect(unknown).toEqual([]);
});

/** Arguments of a block whose type cannot be read. */
function malformedIn(block: Arguments): readonly string[] {
  return Object.entries(block).flatMap(([name, type]) => {
    if (typeof type === 'object') return malformedIn(type);
    const form = name === '*' ? /^(one|many)!?$/ : /^(\w+|\[\w+\]|\{\w+\})!?$/;
    const isKnown = name === '*' || /^\W?(any|bool|number|string)\W*$/.test(type);
    return form.test(type) && isKnown ? [] : [name];
  });
}
