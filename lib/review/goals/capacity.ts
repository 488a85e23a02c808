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
import { growthRoom } from './growth-room';
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
    ...crowdsOf(platform, place).flatMap((crowd) => rates(crowd, requestsPerUser, most, place, platform)),
    ...promised,
    ...(place.aws === undefined ? [] : workflowPeaks(place.aws, platform)),
    ...(place.aws === undefined ? [] : capacityOnAws(place.aws, most, platform)),
    ...nodeLimits(place),
    ...(place.azure === undefined ? [] : capacityOnAzure(place.azure, place, most, platform)),
    ...growthRoom(place, platform),
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

/** Users who are there at once, and by which bound there must be room for them. */
interface Crowd {
  readonly users: number;
  /** What they are, as the end of a sentence. */
  readonly are: string;
  readonly bound: 'least' | 'most';
  /** What is said behind the name of a figure. */
  readonly when: string;
}

/** Everybody, as often as a load test brings them, and who comes on a usual day where that is promised. */
function crowdsOf({ goals, loadTests }: Platform, { where }: Place): readonly Crowd[] {
  const { concurrentUsers, spikeTimes } = goals;
  const times = Math.max(1, ...Object.values(loadTests).map((test) => test.times));
  const are = `${concurrentUsers} users`;
  return [
    {
      users: concurrentUsers * times,
      are: `${are}${times > 1 ? `, ${times} times that in a load test` : ''}`,
      bound: 'most',
      when: '',
    },
    ...(spikeTimes === undefined || where !== ''
      ? []
      : [
          {
            users: concurrentUsers / spikeTimes,
            are: `${are}, which are ${spikeTimes} times those of a usual day`,
            bound: 'least',
            when: ' on a usual day',
          } as const,
        ]),
  ];
}

/** The requests of a crowd: through API Management where there is one, through the gateway, and to services. */
function rates(
  { are, bound, users, when }: Crowd,
  requestsPerUser: number,
  replicasOf: Most,
  { azure, hasGateway }: Place,
  { gateway, services }: Platform,
): readonly CapacityFigure[] {
  const because = `${are}, ${requestsPerUser} requests a minute each`;
  const rate = (what: string, has: number, how: string): CapacityFigure => ({
    what: `${what}${when}`,
    needs: Math.ceil(users * requestsPerUser),
    has,
    because: `${because}; ${how}`,
  });
  const counted = (what: string, count: number, of: string, each: number): CapacityFigure =>
    rate(`${what} requests a minute`, count * each, `${count} ${of}, ${each} each`);
  const routed = Object.entries(services).filter(([, { routes }]) => routes.length > 0);
  const silent = routed.filter(([, { scale }]) => scale.requestsPerTask === undefined).map(([name]) => name);
  const doors = replicasOf('gateway');
  const managed = gateway?.kind === 'api-management' && azure !== undefined ? gateway : undefined;
  const units = azure && unitsOf(azure);
  return [
    ...(managed === undefined
      ? []
      : [
          counted(
            'API Management',
            units?.[bound] ?? 0,
            `units (${units?.at ?? 'nowhere'})`,
            managed.units.requestsPerUnit ?? 0,
          ),
        ]),
    ...(gateway === undefined || !hasGateway
      ? []
      : [
          counted(
            'gateway',
            doors?.[bound] ?? 0,
            `tasks (${doors?.at ?? 'nowhere'})`,
            gateway.scale.requestsPerTask ?? 0,
          ),
        ]),
    rate(
      'services requests a minute, those with routes together',
      routed.reduce(
        (sum, [name, { scale }]) => sum + (replicasOf(`services.${name}`)?.[bound] ?? 0) * (scale.requestsPerTask ?? 0),
        0,
      ),
      `${routed.length} services, the ${bound} tasks of each times its requestsPerTask${silent.length > 0 ? `, and nothing of ${silent.join(', ')}, which has none` : ''}`,
    ),
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
