import { numberOf, shown } from '../../json';
import { canonicalKey } from '../references';
import { oncePer } from '../../../platform/once';
import { reporter } from '../rule';
import type { Rule } from '../rule';
import { resourcesOf } from '../stack';
import type { Assembly, Resource } from '../stack';

const report = reporter('listener-priorities');

const LISTENER_RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';

/** Elastic Load Balancing takes priorities of this range. */
const PRIORITY = { min: 1, max: 50_000 };

/** The listener rules of all stacks, by listener and priority, in the order of the stacks. */
const claims = oncePer((assembly: Assembly) => {
  const byPlace = new Map<string, Resource[]>();
  for (const stack of assembly.stacks) {
    for (const rule of resourcesOf(stack, LISTENER_RULE)) {
      const listener = canonicalKey(rule.properties.ListenerArn ?? null, stack, assembly);
      const place = `${listener} ${String(numberOf(rule.properties.Priority))}`;
      byPlace.set(place, [...(byPlace.get(place) ?? []), rule]);
    }
  }
  return [...byPlace.values()];
});

/** No two rules of a listener have the same priority, in whichever stacks they are, and every priority is possible. */
export const listenerPriorities: Rule = (stack, assembly) =>
  resourcesOf(stack, LISTENER_RULE).flatMap((rule) => {
    const { Priority } = rule.properties;
    const priority = numberOf(Priority);
    if (priority === undefined || !Number.isInteger(priority) || priority < PRIORITY.min || priority > PRIORITY.max) {
      const message = `Priority must be an integer from ${PRIORITY.min} to ${PRIORITY.max}, got ${shown(Priority)}: choose one`;
      return [report(stack, rule, message)];
    }
    const rivals = claims(assembly).find((rules) => rules.includes(rule)) ?? [];
    const [first] = rivals;
    if (first === undefined || first === rule) return [];
    const message = `Priority ${priority} of this listener is taken by ${first.path} (${first.logicalId}): choose another`;
    return [report(stack, rule, message)];
  });
