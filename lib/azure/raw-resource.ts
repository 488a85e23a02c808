import { TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';

/** Arguments of a resource as Terraform spells them. */
export type RawArguments = Readonly<Record<string, string | number | boolean>>;

/** A resource of a newer provider than the one for which there are classes. */
export class RawResource extends TerraformResource {
  /** @param type As Terraform spells it: `azurerm_managed_redis_access_policy_assignment`. */
  public constructor(scope: Construct, id: string, type: string, rawArguments: RawArguments) {
    super(scope, id, { terraformResourceType: type });
    for (const [argument, value] of Object.entries(rawArguments)) this.addOverride(argument, value);
  }
}
