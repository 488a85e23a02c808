import { isObject, listOf, objectOf, stringsOf, textOf } from '../../json';
import type { JsonObject } from '../../json';
import { referent } from '../references';
import { reporter } from '../rule';
import type { Rule } from '../rule';
import { scopeOf } from '../scopes';
import type { Assembly, Resource, Stack } from '../stack';

const report = reporter('scope-keys');

const POLICIES = ['AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy'];

/**
 * What a key of a scope encrypts is opened by roles of the scope alone; a role with which tasks of a scope run is bound, by a
 * policy of the scope; and its policies allow nothing that the bound cuts off.
 */
export const scopeKeys: Rule = (stack, assembly) =>
  stack.resources.flatMap((resource) =>
    [...keyProblems(resource, stack, assembly), ...boundProblems(resource, stack, assembly)].map((message) =>
      report(stack, resource, message),
    ),
  );

/** Statements of a policy that allow something. */
const allowed = ({ properties }: Resource): readonly JsonObject[] =>
  listOf(objectOf(properties.PolicyDocument).Statement)
    .filter(isObject)
    .filter(({ Effect }) => Effect === 'Allow');

const rolesOf = ({ properties }: Resource, stack: Stack, assembly: Assembly): readonly Resource[] =>
  listOf(properties.Roles).flatMap((role) => referent(role, stack, assembly)?.resource ?? []);

function keyProblems(resource: Resource, stack: Stack, assembly: Assembly): readonly string[] {
  if (!POLICIES.includes(resource.type)) return [];
  const opened = (statement: JsonObject): readonly string[] =>
    listOf(statement.Resource)
      .flatMap((on) => referent(on, stack, assembly)?.resource ?? [])
      .filter(({ type }) => type === 'AWS::KMS::Key')
      .flatMap((key) => scopeOf(key) ?? []);
  return rolesOf(resource, stack, assembly).flatMap((role) => {
    const scopes = allowed(resource).flatMap((statement) => (encryptsDisks(role, statement) ? [] : opened(statement)));
    return [...new Set(scopes)]
      .filter((scope) => scopeOf(role) !== scope)
      .map(
        (scope) => `lets ${role.path}, which is not in the scope ${scope}, use a key of it: take the permission away`,
      );
  });
}

/** Who takes a role, as its statements say. */
const takenBy = ({ properties, type }: Resource): readonly JsonObject[] =>
  type === 'AWS::IAM::Role'
    ? listOf(objectOf(properties.AssumeRolePolicyDocument).Statement)
        .filter(isObject)
        .map(({ Principal }) => objectOf(Principal))
    : [];

const isTakenBy = (role: Resource, service: string): boolean =>
  takenBy(role).some(({ Service }) => stringsOf(Service).includes(service));

/** Tasks and pods take it, or, for pods, another role does. */
const isTaskRole = (role: Resource): boolean =>
  ['ecs-tasks.amazonaws.com', 'pods.eks.amazonaws.com'].some((service) => isTakenBy(role, service)) ||
  takenBy(role).some(({ AWS }) => AWS !== undefined);

/** What starts nodes of a cluster encrypts their disks with the key of whoever stands on them, by EC2 and no other way. */
const encryptsDisks = (role: Resource, { Condition }: JsonObject): boolean =>
  isTakenBy(role, 'eks.amazonaws.com') &&
  /^ec2\./.test(textOf(objectOf(objectOf(Condition).StringEquals)['kms:ViaService']) ?? '');

function boundProblems(resource: Resource, stack: Stack, assembly: Assembly): readonly string[] {
  if (POLICIES.includes(resource.type)) return cutOff(resource, stack, assembly);
  const scope = scopeOf(resource);
  if (scope === undefined || !isTaskRole(resource)) return [];
  return boundOf(resource, stack, assembly)?.type === 'AWS::IAM::ManagedPolicy'
    ? []
    : [`is a role with which tasks of the scope ${scope} run, and has no bound: give it that of the scope`];
}

const boundOf = ({ properties }: Resource, stack: Stack, assembly: Assembly): Resource | undefined =>
  referent(properties.PermissionsBoundary, stack, assembly)?.resource;

/** Actions of a policy that the bound of one of its roles does not have. */
function cutOff(resource: Resource, stack: Stack, assembly: Assembly): readonly string[] {
  const actions = allowed(resource).flatMap(({ Action }) => listOf(Action).flatMap((each) => textOf(each) ?? []));
  return rolesOf(resource, stack, assembly).flatMap((role) => {
    const scope = scopeOf(role);
    const bound = boundOf(role, stack, assembly);
    if (scope === undefined || bound === undefined) return [];
    const within = new Set(
      allowed(bound).flatMap(({ Action }) => listOf(Action).flatMap((each) => textOf(each) ?? [])),
    );
    return [...new Set(actions)]
      .filter((action) => !within.has(action))
      .map(
        (action) =>
          `allows ${role.path} ${action}, which the bound of the scope ${scope} cuts off: add it to the bound, or remove it`,
      );
  });
}
