import type { Platform } from '../../platform/platform';
import { queryingServices } from '../../platform/queries';
import { resourcesOf, type Assembly } from '../aws/stack';
import { textOf } from '../json';
import { problemAt, type Problem } from '../recovery/problem';

interface Watched {
  /** Each promise that no output can prove, with the rules in the output by which somebody is called for it. */
  readonly lines: readonly string[];
  /** What is promised so, and looked at by nothing. */
  readonly problems: readonly Problem[];
}

/** What is watched, and not proved, of a stage's promises. */
export function watchedGoals(aws: Assembly | undefined, platform: Platform): Watched {
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
