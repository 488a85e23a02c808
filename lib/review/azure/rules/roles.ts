import { listOf, objectOf, stringsOf, textOf } from '../../json';
import type { Json } from '../../json';
import { referent } from '../references';
import { reporter, type Rule } from '../rule';
import type { Resource, Site, Stack } from '../stack';

const NAME = 'roles';
const report = reporter(NAME);

/** Roles that let somebody do nearly everything, or give themselves any other, by name and by id. */
const wideRoles: Readonly<Record<string, string>> = {
  '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9': 'User Access Administrator',
  '8e3af657-a8ff-443c-a75c-2fe8c4bcb635': 'Owner',
  'b24988ac-6180-42a0-ab88-20f7382dd24c': 'Contributor',
  'f58310d9-a9f6-439a-9e8d-f62e7b41a168': 'Role Based Access Control Administrator',
};

/** Types whose id holds everything that stands in them. */
const wideScopes = [
  'azurerm_management_group',
  'azurerm_resource_group',
  'data.azurerm_management_group',
  'data.azurerm_resource_group',
  'data.azurerm_subscription',
];

/** The id of a tenant's root, a management group, a subscription or a resource group, and of nothing inside it. */
const WIDE_ID =
  /^(\/|\/providers\/Microsoft\.Management\/managementGroups\/[^/]+|\/subscriptions\/[^/]+(\/resourceGroups\/[^/]+)?)$/i;

/** No role lets an identity do everything in a resource group or more, and no role of the platform's own is a pattern. */
export const roles: Rule = {
  name: NAME,
  judge: (stack, site) =>
    stack.resources
      .flatMap((resource) => {
        if (resource.type === 'azurerm_role_assignment') return assignmentProblems(resource, stack, site);
        return resource.type === 'azurerm_role_definition' ? definitionProblems(resource) : [];
      })
      .map(({ message, resource }) => report(resource, message)),
};

interface Problem {
  readonly resource: Resource;
  readonly message: string;
}

function assignmentProblems(resource: Resource, stack: Stack, site: Site): readonly Problem[] {
  const { role_definition_id: id, role_definition_name: name, scope } = resource.arguments;
  const role = Object.entries(wideRoles).find(
    ([guid, each]) => each === name || textOf(id)?.endsWith(guid) === true,
  )?.[1];
  if (role === undefined || !isWide(scope, stack, site)) return [];
  const message = `${role} must not be given on a resource group or more, got it: give a narrower role on one resource`;
  return [{ resource, message }];
}

function isWide(scope: Json | undefined, stack: Stack, site: Site): boolean {
  const text = textOf(scope) ?? '';
  const found = referent(scope, stack, site);
  // What follows the id of a group or a subscription narrows it.
  return found === undefined ? WIDE_ID.test(text) : wideScopes.includes(found.resource.type) && /\}$/.test(text);
}

function definitionProblems(resource: Resource): readonly Problem[] {
  return listOf(resource.arguments.permissions)
    .map(objectOf)
    .flatMap(({ actions, data_actions: dataActions }) => [...stringsOf(actions), ...stringsOf(dataActions)])
    .filter((action) => action.includes('*'))
    .map((action) => ({ resource, message: `permissions must name every action, got ${action}: name what it needs` }));
}
