import { judgeAction } from '../actions';
import { policyStatements } from '../policy-documents';
import { reporter } from '../rule';
import type { Rule } from '../rule';

const report = reporter('iam-actions');

/** Every action of every policy document exists, and every pattern of actions matches at least one. */
export const iamActions: Rule = async (stack) => {
  const named = stack.resources.flatMap((resource) =>
    policyStatements(resource).flatMap(({ at, actions, notActions }) =>
      [...new Set([...actions, ...notActions])].map((action) => ({ resource, at, action })),
    ),
  );
  const findings = named.map(async ({ resource, at, action }) => {
    const verdict = await judgeAction(action);
    if (verdict.known) return [];
    const { got, suggestions } = verdict;
    const remedy = suggestions.length === 0 ? 'correct the name' : `did you mean ${suggestions.join(' or ')}?`;
    return [report(stack, resource, `${at} must name actions of AWS, got '${action}', ${got}: ${remedy}`)];
  });
  return (await Promise.all(findings)).flat();
};
