import type { Finding } from '../../finding';
import { objectOf, shown } from '../../json';
import type { KubernetesObject } from '../cluster';
import { amount } from '../quantity';
import { reporter, type Rule } from '../rule';
import { workloadsOf, type Container } from '../workloads';

const name = 'resources';
const report = reporter(name);

/** Every container says what it needs, and how much memory it may take at most. */
export const resources: Rule = {
  name,
  judge: (cluster) =>
    workloadsOf(cluster).flatMap(({ containers, object }) =>
      containers.flatMap((each) => containerProblems(object, each)),
    ),
};

function containerProblems(object: KubernetesObject, { at, value }: Container): readonly Finding[] {
  const { limits, requests } = objectOf(value.resources);
  const [most, asked] = [objectOf(limits), objectOf(requests)];
  const missing = [
    ...(['cpu', 'memory'] as const).flatMap((each) => (asked[each] === undefined ? [`requests.${each}`] : [])),
    ...(most.memory === undefined ? ['limits.memory'] : []),
  ];
  return [
    ...missing.map((key) =>
      report(
        object,
        `${at}.resources.${key}`,
        'must be given, got nothing: nodes would be filled without a place for it',
      ),
    ),
    ...(['cpu', 'memory'] as const)
      .filter(
        (each) => most[each] !== undefined && asked[each] !== undefined && amount(asked[each]) > amount(most[each]),
      )
      .map((each) =>
        report(
          object,
          `${at}.resources.requests.${each}`,
          `must be ${shown(most[each])} at most, as its limit, got ${shown(asked[each])}: raise the limit`,
        ),
      ),
  ];
}
