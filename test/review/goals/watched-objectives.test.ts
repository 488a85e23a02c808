import type { GoalOutputs } from '../../../lib/review/goals/outputs';
import { watchedObjectives } from '../../../lib/review/goals/watched-objectives';
import { clustersOnEks, platformOnEks, synthesizedOnEks } from '../../support/eks';
import { recoveryOutputs } from '../../support/recovery';

const level = '99.7% of calls within 2000 ms: somebody is called by its error budget';
const busy = '35% of processors: somebody is called when 4 quarters of a day were busier';

/** RetailFlow on tasks, and where it takes over. */
async function retailflow() {
  const { outputs, platform } = await recoveryOutputs('retailflow', 'production');
  const { primary, recovery } = outputs;
  const all: GoalOutputs = { aws: primary.assembly, azure: recovery.site, clusters: recovery.clusters, whole: true };
  return { all, platform };
}

/** Lines without the part of an id that a hash is. */
const shortened = (lines: readonly string[]) =>
  lines.map((each) => each.replaceAll(/(?<=: \w+)[0-9A-F]{8}(?=[,)])/g, ''));

test('both sites of RetailFlow say by what somebody is called', async () => {
  const { all, platform } = await retailflow();
  const { lines, problems } = watchedObjectives(all, platform);
  expect(problems).toEqual([]);
  const [primary, recovery, tasks, pods, ...others] = shortened(lines);
  expect(others).toEqual([]);
  expect(primary).toMatch(
    new RegExp(`^goals\\.serviceLevel, ${level} \\(cdk\\.out \\S+Observability: \\w+ServiceLevel\\)$`),
  );
  expect(recovery).toMatch(
    new RegExp(
      `^goals\\.serviceLevel on the recovery site, ${level} \\(cdktf\\.out \\S+operations: \\S+Objectives\\S+\\)$`,
    ),
  );
  expect(tasks?.match(/: \w*BusyDay/g)).toHaveLength(6);
  expect(pods).toMatch(
    new RegExp(`^goals\\.steadyCpuPercent on the recovery site, ${busy} \\(cdktf\\.out \\S+operations: \\S+\\)$`),
  );
});

test('with pods on AWS its rules of Prometheus say it', async () => {
  const platform = platformOnEks('retailflow');
  const clusters = (await clustersOnEks('retailflow')).map(({ read }) => read);
  const aws = synthesizedOnEks('retailflow').assembly;
  const { lines, problems } = watchedObjectives({ aws, azure: undefined, clusters, whole: false }, platform);
  expect(problems).toEqual([]);
  expect(shortened(lines)).toEqual(
    [`goals.serviceLevel, ${level}`, `goals.steadyCpuPercent, ${busy}`].map(
      (each) => expect.stringMatching(new RegExp(`^${each} \\(cdk\\.out \\S+Cluster: Objectives\\)$`)) as unknown,
    ),
  );
});

test('nothing is said of what is not promised, or is of a gateway that is not there', async () => {
  const { all, platform } = await retailflow();
  const goals = { ...platform.goals, serviceLevel: undefined, steadyCpuPercent: undefined };
  expect(watchedObjectives(all, { ...platform, goals })).toEqual({ lines: [], problems: [] });
  const doorless = watchedObjectives(all, { ...platform, gateway: undefined });
  expect([doorless.lines.length, doorless.problems]).toEqual([2, []]);
});

test('fails when a site calls nobody', async () => {
  const { all, platform } = await retailflow();
  const azure = { stacks: (all.azure?.stacks ?? []).filter(({ name }) => !name.endsWith('operations')) };
  const { lines, problems } = watchedObjectives({ ...all, azure }, platform);
  expect(lines).toHaveLength(2);
  expect(problems.map(({ about, message }) => `${about} ${message}`)).toEqual(
    ['serviceLevel', 'steadyCpuPercent'].map(
      (goal) => `goals.${goal} calls nobody on the recovery site: synthesize every stack`,
    ),
  );
});
