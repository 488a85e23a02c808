import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { ObjectReplication, type ObjectReplicationProps } from '../../lib/azure/object-replication';
import { pascalCase } from '../../lib/platform/ids';
import type { StorageKind } from '../../lib/platform/azure-storage';
import type { DataStack } from './data';
import type { Foundation } from './foundation';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

export interface CopiesStackProps extends PlatformStackProps {
  readonly foundation: Foundation;
  readonly copied: readonly CopiedAccounts[];
}

/** Accounts of one kind on both sites, with the buckets that both have. */
export type CopiedAccounts = Pick<ObjectReplicationProps, 'buckets' | 'firstAccountId' | 'kind' | 'secondAccountId'>;

/**
 * What buckets hold is copied between two sites on Azure: from the first to the second, or back while objects are written on the
 * second. It changes with each move, and so stands by itself: it can be applied while nothing else of either site may be.
 */
export class CopiesStack extends TerraformStack {
  /** By what the accounts are for. */
  public readonly replications: Readonly<Partial<Record<StorageKind, ObjectReplication>>>;

  public constructor(scope: Construct, id: string, props: CopiesStackProps) {
    super(scope, id);
    const { copied, foundation, site } = props;
    const place = preparePlatformStack(this, 'copies', props);
    this.replications = Object.fromEntries(
      copied.map((accounts) => [
        accounts.kind,
        new ObjectReplication(this, `${pascalCase(accounts.kind)}Copies`, {
          place,
          monitoring: foundation.monitoring,
          ...accounts,
          backSince: site.objectsBackSince,
        }),
      ]),
    );
  }
}

/**
 * What is copied between two sites on Azure.
 *
 * @param home Data of the site that leads until a move.
 */
export const copiedAccounts = (data: DataStack, home: DataStack): readonly CopiedAccounts[] =>
  (Object.keys(data.storage) as StorageKind[]).flatMap((kind) => {
    const [first, second] = [home.storage[kind], data.storage[kind]];
    const buckets = Object.keys(data.buckets).filter(
      (name) => data.buckets[name]?.storage === second && home.buckets[name] !== undefined,
    );
    return first === undefined || second === undefined || buckets.length === 0
      ? []
      : [{ kind, buckets, firstAccountId: first.account.id, secondAccountId: second.account.id }];
  });
