import type { Finding } from '../../finding';
import { readAcknowledgements } from '../acknowledgement';
import { takesNoResource } from '../actions';
import { policyStatements } from '../policy-documents';
import type { PolicyStatement } from '../policy-documents';
import { reporter } from '../rule';
import type { Rule } from '../rule';
import type { Resource, Stack } from '../stack';

const report = reporter('iam-wildcards');

/** Key of a resource's metadata under which its wildcards are acknowledged: `[{ action, reason }]`. */
export const WILDCARDS = 'mainstay:wildcards';

/** How `NotAction`, which grants all actions but a few, is acknowledged. */
const ALL_BUT = 'NotAction';

/**
 * No statement allows the action `*`, or all actions but a few, and no statement of an identity allows anything on the
 * resource `*` without a condition, unless the resource's metadata acknowledges the very action with a reason. An
 * acknowledgement that nothing needs is a finding too.
 */
export const iamWildcards: Rule = async (stack) =>
  (await Promise.all(stack.resources.map((resource) => judge(stack, resource)))).flat();

async function judge(stack: Stack, resource: Resource): Promise<readonly Finding[]> {
  const at = `Metadata.${WILDCARDS}`;
  const { entries, problems } = readAcknowledgements(resource.metadata[WILDCARDS], at);
  const allowed = policyStatements(resource).filter(({ allows }) => allows);
  const needs = new Map(allowed.flatMap(needsOf).map(({ action, got }) => [action, got]));
  const acknowledged = new Set(entries.map(({ action }) => action));

  const unacknowledged = [...needs].filter(([action]) => !acknowledged.has(action));
  const stale = entries.filter(
    ({ action }, index) => !needs.has(action) || entries.findIndex((entry) => entry.action === action) < index,
  );
  return [
    ...(await Promise.all(unacknowledged.map(async ([action, got]) => `${got}: ${await remedy(action, at)}`))),
    ...problems,
    ...stale.map(({ action }) => `${at} acknowledges '${action}', which no statement needs: remove the entry`),
  ].map((message) => report(stack, resource, message));
}

/** What a statement grants that needs an acknowledgement. */
function needsOf(statement: PolicyStatement): readonly { readonly action: string; readonly got: string }[] {
  const { at, kind, actions, notActions, hasCondition } = statement;
  const everyResource = kind === 'identity' && !hasCondition && statement.everyResource;
  const broad = actions.filter((action) => everyResource || action === '*');
  return [
    ...broad.map((action) => ({
      action,
      got: `${at} allows '${action}'${everyResource ? " on the resource '*'" : ''}`,
    })),
    ...(notActions.length === 0
      ? []
      : [{ action: ALL_BUT, got: `${at} allows all actions but ${notActions.join(', ')}` }]),
  ];
}

async function remedy(action: string, at: string): Promise<string> {
  const narrower = (await takesNoResource(action))
    ? 'AWS takes no narrower resource for it, so add a condition'
    : 'name what is needed, or add a condition';
  return `${narrower}, or acknowledge '${action}' with a reason in ${at}`;
}
