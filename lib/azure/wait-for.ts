import { dependable, type TerraformResource } from 'cdktf';

/** Has a resource applied after others that it names in no argument. */
export function waitFor(resource: TerraformResource, others: readonly TerraformResource[]): void {
  if (others.length === 0) return;
  resource.dependsOn = [...(resource.dependsOn ?? []), ...others.map(dependable)];
}
