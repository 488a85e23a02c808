import { StorageContainer } from '@cdktf/provider-azurerm/lib/storage-container';
import { StorageContainerImmutabilityPolicy } from '@cdktf/provider-azurerm/lib/storage-container-immutability-policy';
import { Construct } from 'constructs';
import type { Bucket as Model } from '../platform/nouns/storage';
import type { ArchiveWriter } from './archive-writer';
import type { Capability, Use } from './capability';
import { exempt } from './exempt';
import { pascalCase } from '../platform/ids';
import { keep } from './keep';
import type { Place } from './place';
import { assignRole, type Identity } from './role';
import type { StorageAccount } from './storage-account';
import { immutableFor } from './storage-settings';

export interface BucketProps {
  readonly place: Place;
  readonly storage: StorageAccount;
  /** Name of the part, which the container has as well. */
  readonly name: string;
  readonly spec: Model;
  /** What may write to an archive and remove nothing. Needed for an archive alone. */
  readonly archiveWriter?: Pick<ArchiveWriter, 'roleName'>;
  /** Whether the edge serves its objects. The account must say so too. @default false */
  readonly served?: boolean;
}

/**
 * A bucket of objects: a container of an account. In a protected stage an archive cannot be changed for its time. The policy
 * is not locked, so that the few who may take policies away can correct a mistake; nobody who writes can.
 */
export class Bucket extends Construct implements Capability {
  public readonly container: StorageContainer;
  /** Account in which it stands. */
  public readonly storage: StorageAccount;
  private readonly roles: Readonly<Record<'reads' | 'writes', string>>;

  public constructor(scope: Construct, id: string, props: BucketProps) {
    super(scope, id);
    const { archiveWriter, name, place, served = false, spec, storage } = props;
    if (spec.holds === 'archive' && archiveWriter === undefined) {
      throw new Error(`${this.node.path} is an archive and needs the role of those who write to it`);
    }
    this.storage = storage;
    this.roles = {
      reads: 'Storage Blob Data Reader',
      writes: archiveWriter?.roleName ?? 'Storage Blob Data Contributor',
    };
    this.container = new StorageContainer(this, 'Container', {
      storageAccountId: storage.account.id,
      name,
      // Front Door has no identity where it comes by private link. Who knows a name may read it; nobody may list them.
      containerAccessType: served ? 'blob' : 'private',
    });
    if (served) {
      exempt(this.container, {
        'public-access': 'It holds files that everybody may see, and the account is reached by private link alone.',
      });
    }
    keep(this.container);
    const days = immutableFor(spec, place);
    if (days !== undefined) {
      new StorageContainerImmutabilityPolicy(this, 'Immutable', {
        storageContainerResourceManagerId: this.container.id,
        immutabilityPeriodInDays: days,
        protectedAppendWritesAllEnabled: false,
        locked: false,
      });
    }
  }

  public grant(scope: Construct, identity: Identity, { kind, service }: Use): void {
    if (kind !== 'reads' && kind !== 'writes') {
      throw new Error(`${this.node.path} answers to reads and writes, got ${kind}`);
    }
    assignRole(scope, pascalCase(`${service}-${kind}`), {
      principalId: identity.principalId,
      role: this.roles[kind],
      scopeId: this.container.id,
    });
  }
}
