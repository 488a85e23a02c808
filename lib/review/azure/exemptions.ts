import { didYouMean } from '../../platform/nearest';
import type { Finding } from '../finding';
import { shown, textOf } from '../json';
import { reporter, type Rule } from './rule';
import type { Resource, Site } from './stack';

const report = reporter('exemptions');

/** The shortest reason that a reviewer can weigh, in characters. */
const REASON_LENGTH = 20;

/**
 * Takes away the findings that a resource is exempted from, and adds one for every exemption that answers none, names no
 * rule, names a rule that knows no exemption, or has no reason.
 */
export function applyExemptions(findings: readonly Finding[], site: Site, rules: readonly Rule[]): readonly Finding[] {
  const exempted = site.stacks.flatMap(({ data, resources }) =>
    [...resources, ...data].flatMap((resource) =>
      Object.keys(resource.exemptions).map((rule) => ({
        resource,
        rule,
        answers: answeredBy(resource, rule, findings),
      })),
    ),
  );
  const problems = exempted.flatMap(({ answers, resource, rule }) => {
    const problem = problemOf(resource, rule, answers, rules);
    return problem === undefined ? [] : [report(resource, problem)];
  });
  const answered = new Set(exempted.filter(({ rule }) => mayBeExempted(rule, rules)).flatMap(({ answers }) => answers));
  return [...findings.filter((finding) => !answered.has(finding)), ...problems];
}

const answeredBy = ({ address, stack }: Resource, rule: string, findings: readonly Finding[]): readonly Finding[] =>
  findings.filter((each) => each.rule === rule && each.stack === stack && each.logicalId === address);

const mayBeExempted = (rule: string, rules: readonly Rule[]): boolean =>
  rules.some(({ name, strict }) => name === rule && strict === undefined);

function problemOf(
  { exemptions }: Resource,
  rule: string,
  answers: readonly Finding[],
  rules: readonly Rule[],
): string | undefined {
  const reason = textOf(exemptions[rule]) ?? '';
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
