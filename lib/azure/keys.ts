import { KeyVault } from '@cdktf/provider-azurerm/lib/key-vault';
import type { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { Construct } from 'constructs';
import type { AzureSite } from '../platform/nouns/site';
import { raiseAlerts } from './alert-table';
import { AzapiResource } from './azapi';
import { sendDiagnostics, type Monitoring } from './diagnostics';
import type { Encryption, KeyPurpose } from './encryption';
import { pascalCase } from '../platform/ids';
import { keep } from './keep';
import { nameIn, placed, type Place } from './place';
import { privateEndpoint } from './private-endpoint';
import type { PrivateNetwork } from './private-network';
import { assignRole } from './role';

export interface KeysProps<Purpose extends KeyPurpose = KeyPurpose> {
  readonly place: Place;
  readonly network: PrivateNetwork;
  readonly monitoring: Monitoring;
  /** Who administers keys and secrets: a group of Entra ID. */
  readonly administrators: AzureSite['administrators'];
  /** What is encrypted with a key of the vault each. */
  readonly purposes: readonly Purpose[];
}

/** Days for which Azure keeps what was deleted, and nobody can purge it. The longest that it offers. */
const softDeleteDays = 90;

const wrapping = ['wrapKey', 'unwrapKey'] as const;

/** What keys may be used for: wrapping others. The cluster encrypts its secrets with its own key as it is, too. */
const operations = (name: string): readonly string[] =>
  name === 'cluster' ? [...wrapping, 'encrypt', 'decrypt'] : wrapping;

/**
 * How a key is made: in a hardware module, where it stays. It is rotated every year, and each version ends after two. What is
 * encrypted names the key without a version and follows within a day.
 */
const keySettings = (name: string) => ({
  properties: {
    kty: 'RSA-HSM',
    keySize: 3072,
    keyOps: [...operations(name)],
    rotationPolicy: {
      attributes: { expiryTime: 'P2Y' },
      lifetimeActions: [
        { trigger: { timeAfterCreate: 'P1Y' }, action: { type: 'rotate' } },
        { trigger: { timeBeforeExpiry: 'P30D' }, action: { type: 'notify' } },
      ],
    },
  },
});

/** Makes a key in a vault. */
export function makeKey(
  scope: Construct,
  id: string,
  { name, place, vault }: { readonly place: Place; readonly vault: KeyVault; readonly name: string },
): AzapiResource {
  const key = new AzapiResource(scope, id, {
    place,
    type: 'Microsoft.KeyVault/vaults/keys@2023-07-01',
    name,
    parentId: vault.id,
    body: keySettings(name),
    reads: ['properties.keyUri', 'properties.keyUriWithVersion'],
  });
  // Azure never changes a key that is there, and what it says of a rotated one is not what was asked for.
  key.lifecycle = { preventDestroy: true, ignoreChanges: ['body'] };
  return key;
}

const byPurpose = <Purpose extends KeyPurpose, Value>(
  purposes: readonly Purpose[],
  make: (purpose: Purpose) => Value,
): Record<Purpose, Value> =>
  Object.fromEntries(purposes.map((purpose) => [purpose, make(purpose)])) as Record<Purpose, Value>;

/** How a vault is made: closed but to the network and to services of Azure that hold a role on a key. */
export const vaultSettings = (place: Place) => ({
  ...placed(place),
  tags: { ...place.tags, 'data-class': 'restricted' },
  tenantId: place.tenantId,
  skuName: 'premium',
  rbacAuthorizationEnabled: true,
  purgeProtectionEnabled: true,
  softDeleteRetentionDays: softDeleteDays,
  publicNetworkAccessEnabled: false,
  enabledForDeployment: false,
  enabledForDiskEncryption: false,
  enabledForTemplateDeployment: false,
  networkAcls: { bypass: 'AzureServices', defaultAction: 'Deny' },
});

/**
 * The vault of a site or of a scope, and in it the customer keys. It is reached from the network alone; services of Azure that hold a role
 * on a key use it from where they are. Keys are made by Azure's own interface, which needs no way into the network: what
 * the vault itself answers, only the network sees, and whoever applies this stack for the first time makes that network.
 */
export class Keys<Purpose extends KeyPurpose = KeyPurpose> extends Construct implements Encryption<Purpose> {
  public readonly vault: KeyVault;
  /** The keys themselves. */
  public readonly keys: readonly AzapiResource[];
  public readonly keyIds: Readonly<Record<Purpose, string>>;
  public readonly keyVersionIds: Readonly<Record<Purpose, string>>;
  public readonly identity: UserAssignedIdentity;
  /** What must stand before anything in the same stack can be encrypted. */
  public readonly grants: readonly RoleAssignment[];

  public constructor(scope: Construct, id: string, props: KeysProps<Purpose>) {
    super(scope, id);
    const { administrators, place, purposes } = props;
    this.identity = new UserAssignedIdentity(this, 'Identity', {
      ...placed(place),
      name: nameIn(place, 'identity', 'encryption'),
    });
    this.vault = this.makeVault(props);
    const keys = byPurpose(purposes, (purpose) =>
      makeKey(this, pascalCase(purpose), { place, vault: this.vault, name: purpose }),
    );
    this.keys = Object.values(keys);
    this.keyIds = byPurpose(purposes, (purpose) => keys[purpose].read('properties.keyUri'));
    this.keyVersionIds = byPurpose(purposes, (purpose) => keys[purpose].read('properties.keyUriWithVersion'));
    this.grants = purposes.map((purpose) =>
      assignRole(this, `${pascalCase(purpose)}Use`, {
        principalId: this.identity.principalId,
        role: 'Key Vault Crypto Service Encryption User',
        scopeId: keys[purpose].id,
      }),
    );
    assignRole(this, 'Administrators', {
      principalId: administrators.objectId,
      principalType: 'Group',
      role: 'Key Vault Administrator',
      scopeId: this.vault.id,
    });
  }

  public get vaultId(): string {
    return this.vault.id;
  }

  private makeVault({ monitoring, network, place }: Omit<KeysProps, 'purposes'>): KeyVault {
    const vault = new KeyVault(this, 'Vault', { ...vaultSettings(place), name: nameIn(place, 'key-vault') });
    keep(vault);
    privateEndpoint(this, 'Endpoint', { place, network, name: 'vault', targetId: vault.id, service: 'key-vault' });
    sendDiagnostics(this, { id: vault.id, monitoring });
    raiseAlerts(
      this,
      { place, monitoring, name: 'vault', targetId: vault.id, metricNamespace: 'Microsoft.KeyVault/vaults' },
      {
        Unavailable: {
          metricName: 'Availability',
          aggregation: 'Average',
          operator: 'LessThan',
          threshold: 99,
          description: 'The vault fails requests: what is encrypted with its keys may stop, and no secret can be read.',
          runbook: 'azure-keys',
          severity: 0,
        },
        Saturated: {
          metricName: 'SaturationShoebox',
          aggregation: 'Average',
          threshold: 75,
          description: 'The vault is close to the most requests that it takes.',
          runbook: 'azure-keys',
        },
        Refused: {
          metricName: 'ServiceApiResult',
          aggregation: 'Count',
          threshold: 10,
          dimensions: { StatusCode: ['403'] },
          description: 'Somebody asks the vault for what they may not have.',
          runbook: 'azure-keys',
          windowMinutes: 15,
          severity: 2,
        },
      },
    );
    return vault;
  }
}
