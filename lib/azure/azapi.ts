import { TerraformResource, TerraformStack, Token } from 'cdktf';
import type { Construct } from 'constructs';
import type { Place } from './place';

/** The provider that speaks Azure's own interface, for what the other one would do in a way that is closed here. */
export const azapiProvider = { source: 'Azure/azapi', version: '2.9.0' } as const;

export interface AzapiProps {
  /** Where the provider logs in. */
  readonly place: Pick<Place, 'subscriptionId' | 'tenantId'>;
  /** Type and version of the interface: `Microsoft.KeyVault/vaults/keys@2023-07-01`. */
  readonly type: string;
  readonly name: string;
  /** Id of what it belongs to. */
  readonly parentId: string;
  /** Region, for what has one of its own. @default - that of what it belongs to */
  readonly location?: string;
  /** @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Who it is, in Azure's directory: an identity that Azure makes and removes with it. @default - nobody */
  readonly identity?: 'SystemAssigned';
  /** Whether the provider knows the version of the interface, and looks at the body before Azure does. @default true */
  readonly known?: boolean;
  /** As Azure's own interface spells it. */
  readonly body: Readonly<Record<string, unknown>>;
  /** What is merged into the body and kept in no state: Terraform is told it anew each time. @default - nothing */
  readonly sensitiveBody?: Readonly<Record<string, unknown>>;
  /** Ids of what must not be changed by two resources at once. @default - none */
  readonly locks?: readonly string[];
  /** Which values are read back, as paths: `properties.keyUri`. @default - none but the id */
  readonly reads?: readonly string[];
}

export interface AzapiUpdateProps extends Pick<AzapiProps, 'body' | 'place' | 'type'> {
  /** Id of what another resource makes. */
  readonly resourceId: string;
}

/** Has the stack ask Azure by its own interface. */
function useAzapi(scope: Construct, { subscriptionId, tenantId }: AzapiProps['place']): void {
  const stack = TerraformStack.of(scope);
  stack.addOverride('terraform.required_providers.azapi', azapiProvider);
  stack.addOverride('provider.azapi', [{ subscription_id: subscriptionId, tenant_id: tenantId }]);
}

/** Something of a resource that the provider which makes it cannot say. */
export class AzapiUpdate extends TerraformResource {
  public constructor(scope: Construct, id: string, { body, place, resourceId, type }: AzapiUpdateProps) {
    super(scope, id, { terraformResourceType: 'azapi_update_resource' });
    useAzapi(this, place);
    for (const [argument, value] of Object.entries({ type, resource_id: resourceId, body })) {
      this.addOverride(argument, value);
    }
  }
}

/** A resource of Azure, by the interface that every resource has. */
export class AzapiResource extends TerraformResource {
  public constructor(scope: Construct, id: string, props: AzapiProps) {
    super(scope, id, { terraformResourceType: 'azapi_resource' });
    const {
      body,
      identity,
      known = true,
      location,
      locks = [],
      name,
      parentId,
      place,
      reads = [],
      sensitiveBody,
      tags,
      type,
    } = props;
    useAzapi(this, place);
    const values = {
      type,
      name,
      parent_id: parentId,
      ...(location === undefined ? {} : { location }),
      ...(tags === undefined ? {} : { tags: { ...tags } }),
      ...(identity === undefined ? {} : { identity: [{ type: identity }] }),
      ...(known ? {} : { schema_validation_enabled: false }),
      body,
      ...(sensitiveBody === undefined ? {} : { sensitive_body: sensitiveBody }),
      ...(locks.length === 0 ? {} : { locks: [...locks] }),
      ...(reads.length === 0 ? {} : { response_export_values: [...reads] }),
    };
    for (const [argument, value] of Object.entries(values)) this.addOverride(argument, value);
  }

  public get id(): string {
    return this.getStringAttribute('id');
  }

  /** The name, for what can be made once this is there. */
  public get name(): string {
    return this.getStringAttribute('name');
  }

  /** A value that was read back. */
  public read(path: string): string {
    return Token.asString(this.interpolationForAttribute(`output.${path}`));
  }
}
