import { StorageAccount } from '@cdktf/provider-azurerm/lib/storage-account';
import { StorageContainer } from '@cdktf/provider-azurerm/lib/storage-container';
import type { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { Construct } from 'constructs';
import { closedAccount } from './closed-account';
import { sendDiagnostics, type Monitoring } from './diagnostics';
import type { Encryption } from './encryption';
import { pascalCase } from '../platform/ids';
import { keep } from './keep';
import { nameIn, placed, type Place } from './place';
import { privateEndpoint } from './private-endpoint';
import type { PrivateNetwork } from './private-network';
import { assignRole, type Identity } from './role';

export interface FunctionStorageProps {
  readonly place: Place;
  readonly network: PrivateNetwork;
  readonly encryption: Encryption<'storage'>;
  readonly monitoring: Monitoring;
  /** Name of the function. */
  readonly name: string;
  /** Identity of the function, which alone uses the account. */
  readonly identity: Identity;
}

/** What the host of functions uses, and the role that it asks for on each. */
const services = {
  blob: 'Storage Blob Data Owner',
  queue: 'Storage Queue Data Contributor',
  table: 'Storage Table Data Contributor',
} as const;

/** A release that was deployed by mistake can be had back for so long, in days. */
const keptDays = 14;

/**
 * Where a function's code lies, and where its host keeps locks, schedules and what is under way. One a function, so that no
 * function reads another's code.
 */
export class FunctionStorage extends Construct {
  public readonly account: StorageAccount;
  /** Holds releases of the code. */
  public readonly releases: StorageContainer;
  /** What must be there before the function can start. */
  public readonly roles: readonly RoleAssignment[];

  public constructor(scope: Construct, id: string, props: FunctionStorageProps) {
    super(scope, id);
    const { identity, monitoring, name, network, place } = props;
    this.account = this.makeAccount(props);
    keep(this.account);
    this.releases = new StorageContainer(this, 'Releases', {
      storageAccountId: this.account.id,
      name: 'releases',
      containerAccessType: 'private',
    });
    keep(this.releases);
    this.roles = Object.entries(services).map(([service, role]) =>
      assignRole(this, `Uses${pascalCase(service)}`, {
        principalId: identity.principalId,
        role,
        scopeId: this.account.id,
      }),
    );
    for (const service of Object.keys(services) as (keyof typeof services)[]) {
      privateEndpoint(this, `${pascalCase(service)}Endpoint`, {
        place,
        network,
        name: `function-${name}`,
        targetId: this.account.id,
        service,
      });
      sendDiagnostics(
        this,
        { id: `${this.account.id}/${service}Services/default`, monitoring, metrics: false },
        `${pascalCase(service)}Diagnostics`,
      );
    }
  }

  private makeAccount({ encryption, name, place }: FunctionStorageProps): StorageAccount {
    const { tags, ...where } = placed(place);
    return new StorageAccount(this, 'Account', {
      ...closedAccount(encryption),
      ...where,
      tags: { ...tags, 'data-class': 'internal' },
      name: nameIn(place, 'storage-account', 'function', name),
      accountReplicationType: 'ZRS',
      accessTier: 'Hot',
      // The key covers queues and tables only if that is said when the account is made.
      queueEncryptionKeyType: 'Account',
      tableEncryptionKeyType: 'Account',
      blobProperties: {
        versioningEnabled: true,
        deleteRetentionPolicy: { days: keptDays },
        containerDeleteRetentionPolicy: { days: keptDays },
      },
    });
  }
}
