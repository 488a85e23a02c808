import type { TerraformResource } from 'cdktf';

/** Keeps a resource that holds data: Terraform refuses to destroy or replace it. */
export function keep(resource: TerraformResource): void {
  resource.lifecycle = { preventDestroy: true };
}
