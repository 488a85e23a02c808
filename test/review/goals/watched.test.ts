import { awsAlone } from '../../../lib/review/goals/outputs';
import { goalsReport } from '../../../lib/review/goals/report';
import { reviewGoals } from '../../../lib/review/goals/review';
import { synthesized } from '../../support/assembly';

const { assembly, platform } = synthesized('techflow-solutions', 'production');
const review = reviewGoals(awsAlone(assembly, platform), platform);

test('what no output can prove is said with the rule by which somebody is called for it', () => {
  expect(review.findings).toEqual([]);
  const [line] = review.watched;
  expect(review.watched).toHaveLength(1);
  expect(line).toMatch(
    /^goals\.queryMilliseconds, 280: .* as billing, notification, project, reporting, user count .*\(cdk\.out \S+Telemetry: FiguresRules\w*\)$/,
  );
  expect(goalsReport(review)).toContain(`## Watched, not proved\n\n- ${line}`);
});

test('nothing is said where nothing of it is promised', () => {
  const goals = { ...platform.goals, queryMilliseconds: undefined };
  const silent = reviewGoals(awsAlone(assembly, platform), { ...platform, goals });
  expect(silent.watched).toEqual([]);
  expect(goalsReport(silent)).not.toContain('Watched');
});

test('fails when no rule looks at what is promised of queries', () => {
  const stacks = assembly.stacks.map((stack) => ({
    ...stack,
    resources: stack.resources.filter(({ type }) => type !== 'AWS::APS::RuleGroupsNamespace'),
  }));
  const blind = reviewGoals(awsAlone({ ...assembly, stacks }, platform), platform);
  expect(blind.findings.map(({ message }) => message)).toEqual([
    expect.stringMatching(/is looked at by no rule in cdk\.out/),
  ]);
  expect(blind.watched).toEqual([]);
});
