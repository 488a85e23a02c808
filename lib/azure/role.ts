import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import type { Construct } from 'constructs';

/** An identity that Azure made for the platform. */
export interface Identity {
  /** Resource id. */
  readonly id: string;
  /** Object id in Entra ID, to which roles are given. */
  readonly principalId: string;
  /** Application id, by which a workload asks for tokens. */
  readonly clientId: string;
}

/** Who may do what, where. */
export interface RoleProps {
  readonly principalId: string;
  /** Name of a role of Azure, as its documentation spells it. */
  readonly role: string;
  /** Id of the resource, as narrow as the work allows. */
  readonly scopeId: string;
  /** @default 'ServicePrincipal' */
  readonly principalType?: 'Group' | 'ServicePrincipal';
}

/** Gives a role on one resource. */
export function assignRole(
  scope: Construct,
  id: string,
  { principalId, principalType = 'ServicePrincipal', role, scopeId }: RoleProps,
): RoleAssignment {
  return new RoleAssignment(scope, id, {
    principalId,
    principalType,
    roleDefinitionName: role,
    scope: scopeId,
    // An identity that was made a moment ago is not found by everybody yet.
    ...(principalType === 'ServicePrincipal' ? { skipServicePrincipalAadCheck: true } : {}),
  });
}
