import { App, Testing, TerraformStack } from 'cdktf';
import type { Place } from '../../lib/azure/place';
import type { Monitoring } from '../../lib/azure/diagnostics';
import { keyPurposes, type Encryption } from '../../lib/azure/encryption';
import { privateZones, type PrivateNetwork, type PrivateZone } from '../../lib/azure/private-network';
import type { Identity } from '../../lib/azure/role';
import { azureSubnetNames } from '../../lib/platform/subnets';

const subscriptionId = '7f2b8c0e-3a51-4a0c-9d8e-5b1f6c2d4e3a';

/** The id of a resource that stands elsewhere. */
export const resourceId = (type: string, name: string): string =>
  `/subscriptions/${subscriptionId}/resourceGroups/rg-test/providers/${type}/${name}`;

const named = <Key extends string>(keys: readonly Key[], value: (key: Key) => string): Record<Key, string> =>
  Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<Key, string>;

/** Where everything in a test stands: Hong Kong, three zones, protected. */
export const place: Place = {
  location: 'eastasia',
  zones: ['1', '2', '3'],
  resourceGroupName: 'rg-shop-production-test',
  tenantId: '1c9e6a4d-8b27-4f53-a0e1-6d3c5b7f9a28',
  subscriptionId,
  tags: { platform: 'shop', stage: 'production' },
  isProtected: true,
  logDays: 365,
  naming: { name: 'shop', site: 'production' },
};

export const network: PrivateNetwork = {
  virtualNetworkId: resourceId('Microsoft.Network/virtualNetworks', 'vnet'),
  subnetIds: named(azureSubnetNames, (name) => resourceId('Microsoft.Network/virtualNetworks', `vnet/subnets/${name}`)),
  zoneIds: named(Object.keys(privateZones) as PrivateZone[], (name) =>
    resourceId('Microsoft.Network/privateDnsZones', name),
  ),
};

/** An identity that stands elsewhere. */
export const identity = (name: string): Identity => ({
  id: resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', name),
  principalId: `principal-of-${name}`,
  clientId: `client-of-${name}`,
});

export const encryption: Encryption = {
  vaultId: resourceId('Microsoft.KeyVault/vaults', 'kv'),
  keyIds: named(keyPurposes, (name) => `https://kv.vault.azure.net/keys/${name}`),
  keyVersionIds: named(
    keyPurposes,
    (name) => `https://kv.vault.azure.net/keys/${name}/0123456789abcdef0123456789abcdef`,
  ),
  identity: identity('encryption'),
};

export const monitoring: Monitoring = {
  workspaceId: resourceId('Microsoft.OperationalInsights/workspaces', 'log'),
  actionGroupId: resourceId('Microsoft.Insights/actionGroups', 'on-call'),
};

/** A stack without a provider: what stands in it can be read, and is checked by types alone. */
export const testStack = (id = 'test'): TerraformStack =>
  new TerraformStack(new App({ stackTraces: false, context: { excludeStackIdFromLogicalIds: 'true' } }), id);

/** Arguments of a synthesized resource. */
export type Arguments = Readonly<Record<string, unknown>> & {
  readonly lifecycle?: Readonly<Record<string, unknown>>;
};

/** Arguments by type and address. */
type Resources = Readonly<Record<string, Readonly<Record<string, Arguments>>>>;

/** Stacks that were synthesized, and how many constructs each of them had. */
const synthesized = new WeakMap<TerraformStack, { readonly constructs: number; readonly resources: Resources }>();

/** The synthesized resources of a stack, which nothing in it may change after the first look: what is added to it is seen. */
export function resourcesOf(stack: TerraformStack): Resources {
  const constructs = stack.node.findAll().length;
  const before = synthesized.get(stack);
  if (before?.constructs === constructs) return before.resources;
  const { resource: resources = {} } = JSON.parse(Testing.synth(stack)) as { readonly resource?: Resources };
  synthesized.set(stack, { constructs, resources });
  return resources;
}

/** All resources of one type. */
export const ofType = (stack: TerraformStack, type: string): readonly Arguments[] =>
  Object.values(resourcesOf(stack)[type] ?? {});

/** The only resource of a type. */
export function only(stack: TerraformStack, type: string): Arguments {
  const all = ofType(stack, type);
  const [first] = all;
  if (first === undefined || all.length !== 1) throw new Error(`there must be one ${type}, got ${all.length}`);
  return first;
}
