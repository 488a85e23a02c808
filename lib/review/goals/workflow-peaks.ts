import type { Platform } from '../../platform/platform';
import type { Assembly } from '../aws/stack';
import { textOf } from '../json';
import type { CapacityFigure } from './capacity-figure';
import { workflowQuotas } from './figures';
import { machinesIn, type Machine } from './machines';

const minute = 60;

/** What runs of the workflows need at the peak, beside what an account may begin and enter in a minute. */
export const workflowPeaks = (aws: Assembly, { workflows }: Platform): readonly CapacityFigure[] => {
  const machines = machinesIn(aws);
  return Object.entries(workflows).flatMap(([name, { peak }]) => {
    if (peak === undefined) return [];
    const { allowed, runsPerMinute } = peak;
    const machine = machines.find((each) => each.name === name);
    const usual = workflowQuotas(machine?.stack.region ?? '');
    const entered = machine === undefined ? Infinity : statesOfARun(machine);
    const at =
      machine === undefined
        ? 'no state machine in cdk.out'
        : `cdk.out ${machine.stack.name}: ${machine.resource.logicalId}`;
    const because = (raised: number | undefined): string =>
      raised === undefined ? usual.source : `workflows.${name}.peak.allowed`;
    return [
      {
        what: `workflows.${name} runs a minute`,
        needs: runsPerMinute,
        has: (allowed.runsPerSecond ?? usual.runsPerSecond) * minute,
        because: `peak.runsPerMinute; ${because(allowed.runsPerSecond)}`,
      },
      {
        what: `workflows.${name} states a minute`,
        needs: runsPerMinute * entered,
        has: (allowed.transitionsPerSecond ?? usual.transitionsPerSecond) * minute,
        because: `peak.runsPerMinute, ${entered} states each (${at}); ${because(allowed.transitionsPerSecond)}`,
      },
    ];
  });
};

/** States that a run enters of which nothing fails, its beginning counted. */
function statesOfARun({ startAt, states }: Machine): number {
  const seen = new Set<string>();
  for (let name = startAt; name !== undefined && !seen.has(name);) {
    seen.add(name);
    const { Default, Next } = states[name] ?? {};
    name = textOf(Next) ?? textOf(Default);
  }
  return seen.size;
}
