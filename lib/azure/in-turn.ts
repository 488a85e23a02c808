import { dependable, type TerraformResource } from 'cdktf';

/** Has resources applied one after the other, where a service refuses a change while another is under way. */
export function inTurn(resources: readonly TerraformResource[]): void {
  for (const [index, resource] of resources.entries()) {
    const before = resources[index - 1];
    if (before !== undefined) resource.dependsOn = [...(resource.dependsOn ?? []), dependable(before)];
  }
}
