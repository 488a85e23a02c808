import { ManagementLock } from '@cdktf/provider-azurerm/lib/management-lock';
import type { TerraformResource } from 'cdktf';

/** A resource of which Azure knows the id. */
type Kept = TerraformResource & { readonly id: string };

/** How something is kept. */
export interface KeepProps {
  /** Arguments that something other than Terraform changes. @default - none */
  readonly ignoreChanges?: readonly string[];
  /** Name of the lock. @default 'holds-data' */
  readonly lock?: string;
  /** Why it is kept, as a sentence. @default - it holds data */
  readonly why?: string;
}

/**
 * Keeps a resource that holds data: Terraform refuses to destroy or replace it, and so does Azure, whoever asks, until the
 * lock beside it is taken away.
 */
export function keep(
  resource: Kept,
  { ignoreChanges = [], lock = 'holds-data', why = 'It holds data.' }: KeepProps = {},
): void {
  resource.lifecycle = {
    preventDestroy: true,
    ...(ignoreChanges.length === 0 ? {} : { ignoreChanges: [...ignoreChanges] }),
  };
  const { scope } = resource.node;
  if (scope === undefined) throw new Error(`${resource.node.path} must stand in a construct to be locked`);
  new ManagementLock(scope, `${resource.node.id}Lock`, {
    name: lock,
    scope: resource.id,
    lockLevel: 'CanNotDelete',
    notes: `${why} docs/runbooks/azure-lock.md says how it is removed on purpose.`,
  });
}
