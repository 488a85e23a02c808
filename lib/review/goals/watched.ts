import type { Platform } from '../../platform/platform';
import { queryingServices } from '../../platform/queries';
import { resourcesOf, type Assembly } from '../aws/stack';
import { textOf } from '../json';
import { problemAt } from '../recovery/problem';
import type { GoalOutputs } from './outputs';
import { watchedObjectives, type Watched } from './watched-objectives';

/** What is watched, and not proved, of a stage's promises. */
export function watchedGoals(outputs: GoalOutputs, platform: Platform): Watched {
  const all = [watchedObjectives(outputs, platform), watchedQueries(outputs.aws, platform)];
  return { lines: all.flatMap(({ lines }) => lines), problems: all.flatMap(({ problems }) => problems) };
}

function watchedQueries(aws: Assembly | undefined, platform: Platform): Watched {
  const { queryMilliseconds } = platform.goals;
  if (queryMilliseconds === undefined || aws === undefined) return { lines: [], problems: [] };
  const rules = aws.stacks.flatMap((stack) =>
    resourcesOf(stack, 'AWS::APS::RuleGroupsNamespace')
      .filter(({ properties }) => (textOf(properties.Data) ?? '').includes('-QueriesSlow"'))
      .map(({ logicalId }) => `cdk.out ${stack.name}: ${logicalId}`),
  );
  const services = queryingServices(platform).join(', ');
  return rules.length === 0
    ? {
        lines: [],
        problems: [
          problemAt('watched', 'goals.queryMilliseconds', 'is looked at by no rule in cdk.out: synthesize every stack'),
        ],
      }
    : {
        lines: [
          `goals.queryMilliseconds, ${queryMilliseconds}: somebody is called by the p95 of queries, as ${services} count their own (${rules.join(', ')})`,
        ],
        problems: [],
      };
}
