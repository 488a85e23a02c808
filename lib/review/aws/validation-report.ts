import { z } from 'zod';
import { findingAt } from '../finding';
import type { Finding } from '../finding';
import { REASON_LENGTH } from './acknowledgement';
import { readJson } from '../json-file';

/** Where a cloud assembly keeps what its validation found. */
export const VALIDATION_REPORT = 'validation-report.json';

const construct = z.looseObject({
  constructPath: z.string().default(''),
  cloudFormationResource: z.looseObject({ logicalId: z.string() }).optional(),
});

const violation = z.looseObject({
  ruleName: z.string(),
  description: z.string().default(''),
  suggestedFix: z.string().optional(),
  violatingConstructs: z.array(construct).default([]),
});
type Violation = z.output<typeof violation>;

const suppressed = z.looseObject({
  acknowledgedId: z.string(),
  acknowledgedAt: z.string().default(''),
  violatingConstructs: z.array(construct).default([]),
});

const report = z.looseObject({
  pluginReports: z.array(
    z.looseObject({
      pluginName: z.string(),
      conclusion: z.string(),
      metadata: z.record(z.string(), z.string()).optional(),
      violations: z.array(violation).default([]),
      suppressedViolations: z.array(suppressed).default([]),
    }),
  ),
});
type PluginReport = z.output<typeof report>['pluginReports'][number];

/** An acknowledgement of a rule in the construct tree. */
export interface RuleAcknowledgement {
  /** Id of the rule, its pack in front: `AwsSolutions::AwsSolutions-VPC7`. */
  readonly id: string;
  readonly reason: string;
  /** Path of the construct that it stands on. */
  readonly path: string;
  /** Whether that is an app, a stage or a stack. */
  readonly wide: boolean;
}

/**
 * What the validation of a synth found, and what is wrong with the acknowledgements that answered it. Findings of every
 * severity count, because the validator reports values that a property does not take as warnings.
 *
 * @throws Error if the directory holds no report: a synth that was not validated must not pass
 */
export function reviewValidation(
  directory: string,
  acknowledgements: readonly RuleAcknowledgement[],
): readonly Finding[] {
  const { pluginReports } = report.parse(readJson(directory, VALIDATION_REPORT).value);
  const answers = answersIn(pluginReports);
  return [
    ...pluginReports.flatMap(findingsOf),
    ...acknowledgements.flatMap((each) =>
      problemsOf(each, answers.get(keyOf(each)) ?? []).map((problem) =>
        findingAt(each.path, 'acknowledgement', `the acknowledgement of ${each.id} ${problem}`),
      ),
    ),
  ];
}

/** Paths of the constructs whose findings each acknowledgement answers. */
function answersIn(reports: readonly PluginReport[]): ReadonlyMap<string, readonly string[]> {
  const answers = new Map<string, string[]>();
  for (const { acknowledgedAt, acknowledgedId, violatingConstructs } of reports.flatMap(
    (each) => each.suppressedViolations,
  )) {
    const key = keyOf({ path: acknowledgedAt, id: acknowledgedId });
    const paths = violatingConstructs.map(({ constructPath }) => constructPath);
    answers.set(key, [...(answers.get(key) ?? []), ...paths]);
  }
  return answers;
}

function findingsOf({ pluginName, conclusion, metadata, violations }: PluginReport): readonly Finding[] {
  const pack = pluginName.replaceAll(' ', '-');
  if (violations.length > 0) return violations.flatMap((each) => violationFindings(pack, each));
  return conclusion === 'success' ? [] : [findingAt('', pack, metadata?.['error'] ?? 'failed, and did not say why')];
}

function violationFindings(pack: string, { description, ruleName, suggestedFix, violatingConstructs }: Violation) {
  const rule = ruleName.startsWith('Annotation::') ? ruleName : `${pack}::${ruleName}`;
  const message = suggestedFix === undefined ? description : `${description} (${suggestedFix})`;
  const places = violatingConstructs.length > 0 ? violatingConstructs : [construct.parse({})];
  return places.map(({ cloudFormationResource, constructPath }) =>
    findingAt(constructPath, rule, message, cloudFormationResource?.logicalId),
  );
}

/** An id of a rule with its pack in front. Without it, an acknowledgement hides the finding and leaves no record. */
const PREFIXED = /^(?!Annotation::)[^:]+::./;

/** Acknowledgements that the CDK itself makes, on a stack: of zones that it wrote into the template as it was told. */
const MADE_BY_CDK = ['CloudFormation-Validate::W3010'];

function problemsOf({ id, path, reason, wide }: RuleAcknowledgement, answered: readonly string[]): readonly string[] {
  if (wide && MADE_BY_CDK.includes(id)) return [];
  const common = commonPath(answered);
  return [
    ...(PREFIXED.test(id) ? [] : ['must name the rule with its pack in front: use acknowledge()']),
    ...(reason.trim().length >= REASON_LENGTH
      ? []
      : [`must give a reason of at least ${REASON_LENGTH} characters, got '${reason}': say why it is right`]),
    ...(common === undefined ? ['answers no finding there: remove it'] : []),
    ...(wide ? ['must not stand on an app, a stage or a stack: move it to the resource'] : []),
    ...(common !== undefined && !wide && levelsBetween(path, common) > 1
      ? [`must stand on the narrowest construct, and all that it answers is in ${common}: move it there`]
      : []),
  ];
}

/** The path that all paths have in common; nothing of no paths. */
function commonPath(paths: readonly string[]): string | undefined {
  const [first, ...rest] = paths.map((path) => path.split('/'));
  const differs = (part: string, index: number): boolean => rest.some((other) => other[index] !== part);
  const end = first?.findIndex(differs) ?? -1;
  return first?.slice(0, end === -1 ? first.length : end).join('/');
}

/** How far a construct is below another: a resource is one level below the construct that is named for it. */
function levelsBetween(above: string, below: string): number {
  return below.split('/').length - above.split('/').length;
}

const keyOf = ({ id, path }: Pick<RuleAcknowledgement, 'id' | 'path'>): string => `${path} ${id}`;
