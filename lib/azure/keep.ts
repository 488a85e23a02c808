import { ManagementLock } from '@cdktf/provider-azurerm/lib/management-lock';
import type { TerraformResource } from 'cdktf';

/** A resource of which Azure knows the id. */
type Kept = TerraformResource & { readonly id: string };

/** What the lifecycle of something that holds data leaves alone, besides never destroying it. */
export interface KeepProps {
  /** Arguments that something other than Terraform changes. @default - none */
  readonly ignoreChanges?: readonly string[];
}

/**
 * Keeps a resource that holds data: Terraform refuses to destroy or replace it, and so does Azure, whoever asks, until the
 * lock beside it is taken away.
 */
export function keep(resource: Kept, { ignoreChanges = [] }: KeepProps = {}): void {
  resource.lifecycle = {
    preventDestroy: true,
    ...(ignoreChanges.length === 0 ? {} : { ignoreChanges: [...ignoreChanges] }),
  };
  const { scope } = resource.node;
  if (scope === undefined) throw new Error(`${resource.node.path} must stand in a construct to be locked`);
  new ManagementLock(scope, `${resource.node.id}Lock`, {
    name: 'holds-data',
    scope: resource.id,
    lockLevel: 'CanNotDelete',
    notes: 'It holds data. docs/runbooks/azure-lock.md says how it is removed on purpose.',
  });
}
