import type { Platform } from '../../platform/platform';
import { boundsOf, ecsTasksOf, type EcsTasks } from '../aws/ecs-services';
import type { Assembly } from '../aws/stack';
import { numberOf, objectOf, textOf } from '../json';
import { problemAt, type Problem } from '../recovery/problem';
import { fargate, monthHours } from './figures';

/** What tasks cost a month on demand, in dollars. */
export interface ComputeCost {
  /** As few tasks as there may be, around the clock. */
  readonly least: number;
  /** As many as there may be, around the clock. */
  readonly most: number;
  /** As many as there may be, around the clock, on processors of the other kind: a fleet that never changes. */
  readonly fixed: number;
}

type Processor = keyof typeof fargate;

const architectureOf = ({ task }: EcsTasks): Processor =>
  textOf(objectOf(task.properties.RuntimePlatform).CpuArchitecture) === 'ARM64' ? 'ARM64' : 'X86_64';

function monthly({ task }: EcsTasks, tasks: number, processor: Processor): number {
  const { memoryGiB, vcpu } = fargate[processor];
  const hourly =
    ((numberOf(task.properties.Cpu) ?? 0) / 1024) * vcpu + ((numberOf(task.properties.Memory) ?? 0) / 1024) * memoryGiB;
  return tasks * hourly * monthHours;
}

/** What the tasks of a stage cost a month; nothing where there are none. */
export function computeCost(aws: Assembly | undefined): ComputeCost | undefined {
  const services = aws === undefined ? [] : ecsTasksOf(aws);
  if (services.length === 0) return undefined;
  const sum = (dollars: (each: EcsTasks) => number): number =>
    Math.round(services.reduce((total, each) => total + dollars(each), 0));
  return {
    least: sum((each) => monthly(each, boundsOf(each).least, architectureOf(each))),
    most: sum((each) => monthly(each, boundsOf(each).most, architectureOf(each))),
    fixed: sum((each) => monthly(each, boundsOf(each).most, 'X86_64')),
  };
}

/** Tasks that always run cost no more than everything together may. */
export const costProblems = (
  cost: ComputeCost | undefined,
  { goals: { monthlyDollars } }: Platform,
): readonly Problem[] =>
  cost === undefined || monthlyDollars === undefined || cost.least <= monthlyDollars
    ? []
    : [
        problemAt(
          'spend',
          'tasks',
          `cost ${cost.least} dollars a month where there are as few as there may be, and goals.monthlyDollars allows ${monthlyDollars} for everything: lower scale.min or capacity, or raise the goal`,
        ),
      ];
