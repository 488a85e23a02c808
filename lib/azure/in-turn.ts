import type { TerraformResource } from 'cdktf';
import { waitFor } from './wait-for';

/** Has resources applied one after the other, where a service refuses a change while another is under way. */
export function inTurn(resources: readonly TerraformResource[]): void {
  for (const [index, resource] of resources.entries())
    waitFor(resource, resources.slice(Math.max(0, index - 1), index));
}
