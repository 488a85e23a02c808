import type { Platform } from '../../platform/platform';
import { ofKind } from '../kubernetes/find';
import { placeIn } from '../kubernetes/place';
import { amount } from '../kubernetes/quantity';
import { problemAt, type Problem } from '../recovery/problem';
import { mostPods } from '../recovery/replicas';
import { capacityOnAws } from './capacity-aws';
import { capacityOnAzure, unitsOf } from './capacity-azure';
import type { CapacityFigure } from './capacity-figure';
import type { Most } from './capacity-needs';
import type { GoalOutputs } from './outputs';
import { placesOf, type Place } from './places';
import { workflowPeaks } from './workflow-peaks';

/** What everybody at once needs, beside what the output of each site may grow to. */
export const capacityFigures = (outputs: GoalOutputs, platform: Platform): readonly CapacityFigure[] =>
  placesOf(outputs, platform).flatMap((place) =>
    figuresAt(place, platform).map((each) => ({ ...each, what: `${each.what}${place.where}` })),
  );

function figuresAt(place: Place, platform: Platform): readonly CapacityFigure[] {
  const { requestsPerUser } = platform.goals;
  const most: Most = (name) => place.replicas.find((each) => each.name === name);
  const promised = Object.keys(platform.services).flatMap((name) => servicePeak(name, most, platform));
  if (requestsPerUser === undefined) return promised;
  return [
    ...everybody(requestsPerUser, most, place, platform),
    ...promised,
    ...(place.aws === undefined ? [] : workflowPeaks(place.aws, platform)),
    ...(place.aws === undefined ? [] : capacityOnAws(place.aws, most, platform)),
    ...nodeLimits(place),
    ...(place.azure === undefined ? [] : capacityOnAzure(place.azure, place, most, platform)),
  ];
}

export const capacityProblems = (figures: readonly CapacityFigure[]): readonly Problem[] =>
  figures
    .filter(({ has, needs }) => !(has >= needs))
    .map(({ because, has, needs, what }) =>
      problemAt(
        'peak',
        what,
        `must be at least ${needs} at the peak, got ${has} (${because}): raise what bounds it, or lower the goal`,
      ),
    );

function servicePeak(name: string, most: Most, { services }: Platform): readonly CapacityFigure[] {
  const { peakRequestsPerMinute, scale } = services[name] ?? {};
  const tasks = most(`services.${name}`);
  return peakRequestsPerMinute === undefined
    ? []
    : [
        {
          what: `services.${name} requests a minute`,
          needs: peakRequestsPerMinute,
          has: (tasks?.most ?? 0) * (scale?.requestsPerTask ?? 0),
          because: `peakRequestsPerMinute; ${tasks?.most ?? 0} tasks (${tasks?.at ?? 'nowhere'}), ${scale?.requestsPerTask ?? 0} each`,
        },
      ];
}

/** Everybody's requests: through API Management where there is one, through the gateway, and to services. */
function everybody(
  requestsPerUser: number,
  most: Most,
  { azure, hasGateway }: Place,
  { gateway, goals, loadTests, services }: Platform,
): readonly CapacityFigure[] {
  const times = Math.max(1, ...Object.values(loadTests).map((test) => test.times));
  const needs = Math.ceil(goals.concurrentUsers * times * requestsPerUser);
  const because = `${goals.concurrentUsers} users${times > 1 ? `, ${times} times that in a load test` : ''}, ${requestsPerUser} requests a minute each`;
  const routed = Object.entries(services).filter(([, { routes }]) => routes.length > 0);
  const silent = routed.filter(([, { scale }]) => scale.requestsPerTask === undefined).map(([name]) => name);
  const rate = (what: string, count: number, at: string, each: number): CapacityFigure => ({
    what: `${what} requests a minute`,
    needs,
    has: count * each,
    because: `${because}; ${count} ${at}, ${each} each`,
  });
  const doors = most('gateway');
  const units = gateway?.kind === 'api-management' && azure !== undefined ? unitsOf(azure) : undefined;
  return [
    ...(gateway?.kind === 'api-management' && azure !== undefined
      ? [
          rate(
            'API Management',
            units?.most ?? 0,
            `units (${units?.at ?? 'nowhere'})`,
            gateway.units.requestsPerUnit ?? 0,
          ),
        ]
      : []),
    ...(gateway === undefined || !hasGateway
      ? []
      : [rate('gateway', doors?.most ?? 0, `tasks (${doors?.at ?? 'nowhere'})`, gateway.scale.requestsPerTask ?? 0)]),
    {
      what: 'services requests a minute, those with routes together',
      needs,
      has: routed.reduce(
        (sum, [name, { scale }]) => sum + (most(`services.${name}`)?.most ?? 0) * (scale.requestsPerTask ?? 0),
        0,
      ),
      because: `${because}; ${routed.length} services, the most tasks of each times its requestsPerTask${silent.length > 0 ? `, and nothing of ${silent.join(', ')}, which has none` : ''}`,
    },
  ];
}

/** Processors of nodes that EKS may make, beside what all pods at their most ask for. */
const nodeLimits = ({ clusters }: Place): readonly CapacityFigure[] =>
  clusters.flatMap((cluster) => {
    const pools = ofKind(cluster, 'NodePool').filter(({ value }) => placeIn(value, 'spec.limits.cpu') !== undefined);
    const needs = mostPods([cluster]).reduce((sum, { count, vcpu }) => sum + count * vcpu, 0);
    return pools.length === 0
      ? []
      : [
          {
            what: 'nodes vCPU',
            needs: Math.ceil(needs),
            has: pools.reduce((sum, { value }) => sum + amount(placeIn(value, 'spec.limits.cpu')), 0),
            because: `all pods at their most; ${pools.map(({ file }) => `k8s.out ${file}`).join(', ')}`,
          },
        ];
  });
