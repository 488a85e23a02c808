import { entriesOf, isList, isObject, listOf } from '../json';
import { literalText } from './literal-text';
import type { Json, JsonObject } from '../json';
import type { Resource } from './stack';

/**
 * What a policy document is attached to:
 * `identity` to a principal, `trust` to a role as to who may assume it, `key` to a KMS key, `resource` to any other.
 */
export type PolicyKind = 'identity' | 'trust' | 'key' | 'resource';

/** One statement of a policy document of a template. */
export interface PolicyStatement {
  readonly kind: PolicyKind;
  /** Way to the document from the resource's properties. */
  readonly at: string;
  readonly allows: boolean;
  readonly hasCondition: boolean;
  /** `Action`, each as text, deployment-time parts marked. */
  readonly actions: readonly string[];
  /** `NotAction`, likewise. */
  readonly notActions: readonly string[];
  /** Whether it concerns every resource there is, or every one but a few. */
  readonly everyResource: boolean;
  /** `Principal` or `NotPrincipal`. */
  readonly principal: Json | undefined;
}

const KEY_TYPES = ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'];

function kindOf(type: string, key: string): PolicyKind {
  if (key === 'AssumeRolePolicyDocument') return 'trust';
  if (KEY_TYPES.includes(type)) return 'key';
  return type.startsWith('AWS::IAM::') || type === 'AWS::SSO::PermissionSet' ? 'identity' : 'resource';
}

/** The statements of a policy document. Rules of other services have statements too, but none with an effect. */
function statementsOf(value: Json): readonly JsonObject[] {
  return isObject(value)
    ? listOf(value.Statement)
        .filter(isObject)
        .filter(({ Effect }) => Effect !== undefined)
    : [];
}

/** The document in a text, for the types that take it so. */
function documentIn(value: Json): Json {
  const text = isList(value) ? undefined : literalText(value);
  if (text === undefined || !text.includes('"Statement"')) return null;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null; // no policy document, or none that can be read before deployment
  }
}

/** What {@link policyStatements} has found: several rules ask for the same resource. */
const found = new WeakMap<Resource, readonly PolicyStatement[]>();

/** Every statement of every policy document of a resource, by whichever property it is attached. */
export function policyStatements(resource: Resource): readonly PolicyStatement[] {
  const statements = found.get(resource) ?? findStatements(resource);
  found.set(resource, statements);
  return statements;
}

function findStatements({ type, properties }: Resource): readonly PolicyStatement[] {
  return entriesOf(properties).flatMap(({ key, value, at }) =>
    [...statementsOf(value), ...statementsOf(documentIn(value))].map((statement) => ({
      kind: kindOf(type, key),
      at: at === '' ? 'Properties' : at,
      allows: statement.Effect === 'Allow',
      hasCondition: isObject(statement.Condition) && Object.keys(statement.Condition).length > 0,
      actions: listOf(statement.Action).map(textOrJson),
      notActions: listOf(statement.NotAction).map(textOrJson),
      everyResource: statement.NotResource !== undefined || listOf(statement.Resource).includes('*'),
      principal: statement.Principal ?? statement.NotPrincipal,
    })),
  );
}

function textOrJson(value: Json): string {
  return literalText(value) ?? JSON.stringify(value);
}
