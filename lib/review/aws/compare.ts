import { sortFindings } from '../finding';
import type { Finding } from '../finding';
import type { DataWaiver } from './data-waivers';
import { redeployments } from './redeploy';
import type { Pair, Redeployment } from './redeploy';
import type { Assembly, Resource, Stack } from './stack';
import { statefulType } from './stateful-types';
import { diffTemplates } from './template-diff';
import type { Effect, TemplateDifference } from './template-diff';

/** A stack whose template differs. */
export interface StackChange {
  readonly stack: Stack;
  /** The stack as it was, to find the paths of what has gone. */
  readonly before: Stack;
  readonly difference: TemplateDifference;
}

/** The difference of two assemblies, as a reviewer reads it. Every list is sorted by stack. */
export interface Comparison {
  readonly added: readonly Stack[];
  readonly removed: readonly Stack[];
  readonly changed: readonly StackChange[];
  /** Number of stacks whose templates say the same. */
  readonly unchanged: number;
  /** Stacks to deploy with `--force` after the others. */
  readonly redeploy: readonly Redeployment[];
  /** What loses data without a waiver, and waivers without need: the comparison fails unless this is empty. */
  readonly refused: readonly Finding[];
  /** What loses data with a waiver, and what might. */
  readonly warnings: readonly Finding[];
}

/** How the loss of data through an effect reads; the other effects lose none. */
const LOSSES: Readonly<Partial<Record<Effect, string>>> = {
  replace: 'is replaced by an empty one',
  'may replace': 'may be replaced by an empty one',
  destroy: 'is destroyed',
  orphan: 'leaves the stack and stays behind unmanaged',
};

/** A resource with data that the change would lose. */
interface Loss {
  readonly stack: Stack;
  readonly resource: Resource;
  readonly certain: boolean;
  readonly how: string;
}

/**
 * Compares the assemblies of two revisions: what a deployment of the second would do to the first.
 *
 * @param waivers reviewed decisions that data may be lost @default - none
 */
export function compareAssemblies(base: Assembly, head: Assembly, waivers: readonly DataWaiver[] = []): Comparison {
  const before = new Map(base.stacks.map((stack) => [deployedAs(stack), stack]));
  const after = new Map(head.stacks.map((stack) => [deployedAs(stack), stack]));
  const removed = base.stacks.filter((stack) => !after.has(deployedAs(stack)));
  const pairs = head.stacks.flatMap((stack): readonly Pair[] => {
    const earlier = before.get(deployedAs(stack));
    if (earlier === undefined) return [];
    return [{ base: earlier, head: stack, difference: diffTemplates(earlier.template, stack.template) }];
  });
  const changed = pairs.filter(({ difference }) => !isEmpty(difference));
  const losses = [...changed.flatMap(lossesOfChange), ...removed.flatMap(lossesOfRemoval)];
  return {
    added: head.stacks.filter((stack) => !before.has(deployedAs(stack))),
    removed,
    changed: changed.map((pair) => ({ stack: pair.head, before: pair.base, difference: pair.difference })),
    unchanged: pairs.length - changed.length,
    redeploy: redeployments(pairs, head),
    ...judge(losses, waivers),
  };
}

/** What makes two stacks the same to CloudFormation. */
function deployedAs({ stackName, account, region }: Stack): string {
  return [stackName, account, region].join(' ');
}

function isEmpty({ resources, outputs, other }: TemplateDifference): boolean {
  return resources.length === 0 && outputs.length === 0 && !other;
}

function lossesOfChange({ base, difference }: Pair): readonly Loss[] {
  return difference.resources.flatMap(({ logicalId, effect, differing }) => {
    const resource = base.resources.find((each) => each.logicalId === logicalId);
    const how = LOSSES[effect];
    if (resource === undefined || how === undefined || statefulType(resource) === undefined) return [];
    const cause = differing.length === 0 ? '' : ` (${differing.join(', ')})`;
    return [{ stack: base, resource, certain: effect !== 'may replace', how: `${how}${cause}` }];
  });
}

function lossesOfRemoval(stack: Stack): readonly Loss[] {
  return stack.resources
    .filter((resource) => statefulType(resource) !== undefined)
    .map((resource) => ({ stack, resource, certain: true, how: 'goes with its stack' }));
}

function judge(losses: readonly Loss[], waivers: readonly DataWaiver[]): Pick<Comparison, 'refused' | 'warnings'> {
  const waiverOf = ({ stack, resource }: Loss): DataWaiver | undefined =>
    waivers.find((waiver) => waiver.stack === stack.name && waiver.logicalId === resource.logicalId);
  const needed = new Set(losses.map(waiverOf));
  const stale = waivers.filter((waiver) => !needed.has(waiver)).map(needless);
  const refused = losses.filter((loss) => loss.certain && waiverOf(loss) === undefined);
  const remedy = 'keep what it stands on, or waive it with a reason in waivers/data-changes.json';
  return {
    refused: sortFindings([...refused.map((loss) => finding(loss, remedy)), ...stale]),
    warnings: sortFindings(
      losses
        .filter((loss) => !refused.includes(loss))
        .map((loss) => finding(loss, waived(waiverOf(loss)) ?? 'read the documentation of the property, then decide')),
    ),
  };
}

function waived(waiver: DataWaiver | undefined): string | undefined {
  return waiver === undefined ? undefined : `waived, ${waiver.reason}`;
}

function finding({ stack, resource, how }: Loss, rest: string): Finding {
  const loses = statefulType(resource)?.loses ?? 'what it holds';
  return {
    rule: 'data-change',
    stack: stack.name,
    path: resource.path,
    logicalId: resource.logicalId,
    message: `${resource.type} ${how}, which puts ${loses} at stake: ${rest}`,
  };
}

function needless({ stack, logicalId }: DataWaiver): Finding {
  const message = 'is waived, but the change does not touch it: remove the entry from waivers/data-changes.json';
  return { rule: 'data-change', stack, path: `${stack}/${logicalId}`, logicalId, message };
}
