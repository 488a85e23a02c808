import type { Platform } from '../../platform/platform';
import { mentionsIn } from '../aws/mentions';
import { resourcesOf, type Resource } from '../aws/stack';
import { listOf, numberOf, objectOf, textOf, type JsonObject } from '../json';
import type { Part } from '../recovery/part';
import { undoing, type Figure } from './figures';
import { machinesIn, type Machine } from './machines';
import type { GoalOutputs } from './outputs';
import { timed, type Timed } from './timed';

/**
 * From a failed step to the end of undoing the one that promises a time, for each step after it: what states of the machine stand
 * between the two, how the command goes to the service, and what the service itself takes.
 */
export function undoingsOf({ aws, whole }: GoalOutputs, { workflows }: Platform): readonly Timed[] {
  // The machine is on AWS, and only another part is looked at.
  if (aws === undefined && !whole) return [];
  const machines = aws === undefined ? [] : machinesIn(aws);
  return Object.entries(workflows).flatMap(([name, { steps }]) => {
    const promised = steps.find(({ compensates }) => compensates !== undefined);
    const command = promised?.compensation;
    if (promised?.compensates === undefined || typeof command !== 'string') return [];
    const { withinMilliseconds, workMilliseconds } = promised.compensates;
    const machine = machines.find((each) => each.name === name);
    const work = {
      part: `${promised.service} undoes it`,
      seconds: workMilliseconds / 1000,
      source: `workflows.${name}.steps.${steps.indexOf(promised)}.compensates.workMilliseconds of the definition`,
    };
    return steps
      .slice(steps.indexOf(promised) + 1)
      .map((failed) =>
        timed(
          `workflows.${name} ${command} after ${failed.name}`,
          `workflows.${name}.steps.${steps.indexOf(promised)}.compensates.withinMilliseconds`,
          withinMilliseconds / 1000,
          machine === undefined
            ? [{ part: 'no state machine', seconds: Infinity, source: 'nothing in cdk.out' }]
            : [...wayTo(machine, failed.name, command), work],
        ),
      );
  });
}

const milliseconds = (part: string, { source, value }: Figure): Part => ({ part, seconds: value / 1000, source });

/** The longest way, since each kind of failure has its own. */
function wayTo(machine: Machine, failed: string, command: string): readonly Part[] {
  const catches = listOf(machine.states[failed]?.Catch).map(objectOf);
  const ways = catches.map(({ Next }) => walk(machine, textOf(Next), command, new Set()));
  const longest = [...ways].sort((a, b) => total(b) - total(a))[0];
  return longest ?? [{ part: `${failed} is never undone`, seconds: Infinity, source: at(machine) }];
}

const total = (parts: readonly Part[]): number => parts.reduce((sum, { seconds }) => sum + seconds, 0);

const at = ({ resource, stack }: Machine): string => `cdk.out ${stack.name}: ${resource.logicalId}`;

/** From a state on to the one that undoes. A step on the way takes as long as whoever does it, so nothing is known of it. */
function walk(machine: Machine, name: string | undefined, command: string, seen: ReadonlySet<string>): readonly Part[] {
  const state = machine.states[name ?? ''];
  const lost = (why: string): readonly Part[] => [{ part: why, seconds: Infinity, source: at(machine) }];
  if (name === undefined || state === undefined || seen.has(name)) return lost('never undone');
  const transition = milliseconds(`on to ${name}`, undoing.transition);
  if (name === command) return [transition, ...delivery(machine, state)];
  if (state.Type === 'Pass')
    return [transition, ...walk(machine, textOf(state.Next), command, new Set([...seen, name]))];
  return lost(`${name}, of type ${textOf(state.Type) ?? 'unknown'}, comes before`);
}

/** How the command gets to whoever undoes: pushed into a queue at which somebody waits. */
function delivery(machine: Machine, state: JsonObject): readonly Part[] {
  const resource = textOf(state.Resource) ?? '';
  if (!/:states:::sqs:sendMessage\.waitForTaskToken$/.test(resource)) {
    return [{ part: `${resource || 'no resource'} tells the service`, seconds: Infinity, source: at(machine) }];
  }
  return [
    milliseconds('the command is sent', undoing.send),
    ...queuesOf(machine)
      .map(({ logicalId, properties }) => ({
        part: 'the queue keeps it back',
        seconds: numberOf(properties.DelaySeconds) ?? 0,
        source: `cdk.out ${machine.stack.name}: ${logicalId}.DelaySeconds`,
      }))
      .filter(({ seconds }) => seconds > 0),
    ...queuesOf(machine)
      .filter(({ properties }) => (numberOf(properties.ReceiveMessageWaitTimeSeconds) ?? 0) === 0)
      .map(({ logicalId }) => ({
        part: 'nobody waits at the queue',
        seconds: Infinity,
        source: `cdk.out ${machine.stack.name}: ${logicalId}.ReceiveMessageWaitTimeSeconds`,
      })),
    milliseconds('the service has it', undoing.receive),
  ];
}

/** Queues of commands: those that the definition of the machine names. */
const queuesOf = ({ resource, stack }: Machine): readonly Resource[] =>
  resourcesOf(stack, 'AWS::SQS::Queue').filter(({ logicalId }) =>
    mentionsIn(resource.properties.DefinitionString ?? '').some(({ id }) => id === logicalId),
  );
