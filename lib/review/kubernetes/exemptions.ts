import { didYouMean } from '../../platform/nearest';
import type { Finding } from '../finding';
import { shown } from '../json';
import type { Cluster, KubernetesObject } from './cluster';
import { reporter, type Rule } from './rule';

const report = reporter('exemptions');

/** What the annotations begin with by which an object is exempted: `mainstay/exempt.spread`. */
export const EXEMPTION = 'mainstay/exempt.';

/** The shortest reason that a reviewer can weigh, in characters. */
const REASON_LENGTH = 20;

/** An object that is exempted from a rule, and what the rule finds there. */
interface Exemption {
  readonly object: KubernetesObject;
  readonly rule: string;
  readonly reason: string;
  readonly answers: readonly Finding[];
}

/**
 * Takes away the findings that an object is exempted from, and adds one for every exemption that answers none, names no
 * rule, names a rule that knows no exemption, or has no reason.
 */
export function applyExemptions(
  findings: readonly Finding[],
  { objects }: Cluster,
  rules: readonly Rule[],
): readonly Finding[] {
  const exemptions = objects.flatMap((object) => exemptionsOf(object, findings));
  const answered = new Set(
    exemptions.filter(({ rule }) => mayBeExempted(rule, rules)).flatMap(({ answers }) => answers),
  );
  return [
    ...findings.filter((finding) => !answered.has(finding)),
    ...exemptions.flatMap((exemption) => {
      const problem = problemOf(exemption, rules);
      return problem === undefined
        ? []
        : [report(exemption.object, `metadata.annotations.${EXEMPTION}${exemption.rule}`, problem)];
    }),
  ];
}

const exemptionsOf = (object: KubernetesObject, findings: readonly Finding[]): readonly Exemption[] =>
  Object.entries(object.annotations)
    .filter(([key]) => key.startsWith(EXEMPTION))
    .map(([key, reason]) => {
      const rule = key.slice(EXEMPTION.length);
      return {
        object,
        rule,
        reason,
        answers: findings.filter((each) => each.rule === rule && each.path === object.file),
      };
    });

const mayBeExempted = (rule: string, rules: readonly Rule[]): boolean =>
  rules.some(({ name, strict }) => name === rule && strict === undefined);

function problemOf({ answers, reason, rule }: Exemption, rules: readonly Rule[]): string | undefined {
  const known = rules.find(({ name }) => name === rule);
  if (known === undefined) {
    const names = rules.map(({ name }) => name);
    return `is exempted from ${rule}, which is no rule: ${didYouMean(rule, names, 'take the exemption away')}`;
  }
  if (known.strict !== undefined) return `must not be exempted from ${rule}, ${known.strict}: mend what it finds`;
  if (reason.trim().length < REASON_LENGTH) {
    return `the reason for ${rule} must have at least ${REASON_LENGTH} characters, got ${shown(reason)}: say why`;
  }
  return answers.length === 0 ? `is exempted from ${rule}, which finds nothing: take the exemption away` : undefined;
}
