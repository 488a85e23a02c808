import type { Platform } from '../../platform/platform';
import { containerTold, ecsServicesOf, type EcsService } from '../aws/ecs-services';
import { numberOf, objectOf, type Json } from '../json';
import { workloadsOf } from '../kubernetes/workloads';
import { SERVICE_NAME } from '../recovery/contract';
import type { Part } from '../recovery/part';
import { probeSeconds, runsService } from '../recovery/service-pods';
import { imagesBeside, starting, type Figure } from './figures';
import type { GoalOutputs } from './outputs';
import { timed, type Timed } from './timed';

/** From a task or pod of a service that is asked for to one that serves. */
export const startsOf = (outputs: GoalOutputs, platform: Platform): readonly Timed[] =>
  runnersOf(outputs).flatMap(({ name, parts }) => {
    const spec = platform.services[name];
    if (spec?.imageMiB === undefined) return [];
    const pull = imagePart(name, spec.imageMiB);
    const [place, ...others] = parts;
    return [
      timed(`services.${name}`, 'health.servesWithinSeconds', spec.health.servesWithinSeconds, [
        ...(place === undefined ? [] : [place]),
        pull,
        ...others,
      ]),
    ];
  });

/** Until the image of a service is there, by its size. */
export function imagePart(name: string, imageMiB: number | undefined): Part {
  const { image, pull } = starting;
  const size = imageMiB === undefined ? image.source : `services.${name}.imageMiB of the definition`;
  const mebibytes = imageMiB ?? image.value;
  return {
    part: 'its image',
    seconds: Math.ceil(mebibytes / pull.value),
    source: `${size}, ${mebibytes} MiB at ${pull.value} MiB/s ${pull.source}`,
  };
}

/** Until there is a place for a task. */
export const placePart: Part = { part: 'a place for it', seconds: starting.place.value, source: starting.place.source };

/** What runs a service, and what its start takes besides its image: a place first. */
interface Runner {
  readonly name: string;
  readonly parts: readonly Part[];
}

const runnersOf = ({ aws, clusters }: GoalOutputs): readonly Runner[] => [
  ...(aws === undefined ? [] : ecsServicesOf(aws)).flatMap((each) => {
    const told = containerTold(each, SERVICE_NAME);
    return told === undefined ? [] : [{ name: told.value, parts: taskParts(each, told.container.HealthCheck) }];
  }),
  ...clusters
    .flatMap(workloadsOf)
    .flatMap(({ containers, object }) =>
      containers
        .filter(runsService)
        .map(({ value }) => ({ name: object.name, parts: podParts(`k8s.out ${object.file}`, value) })),
    ),
];

const figure = (part: string, { source, value }: Figure): Part => ({ part, seconds: value, source });

/** A start that is bound by nothing takes forever. */
const unbound = (value: number | undefined): number => value ?? Infinity;

/** What is pulled besides the service's own image, through the same wire. */
const pulledBeside = ({ containers }: EcsService): readonly Part[] =>
  Object.entries(imagesBeside)
    .filter(([name]) => containers.some(({ Name }) => Name === name))
    .map(([name, { source, value }]) => ({
      part: `the image of its ${name}`,
      seconds: Math.ceil(value / starting.pull.value),
      source: `${value} MiB, ${source}`,
    }));

function taskParts(runner: EcsService, check: Json | undefined): readonly Part[] {
  const { groups, stack, task } = runner;
  const { Interval, StartPeriod } = objectOf(check);
  const at = `cdk.out ${stack.name}: ${task.logicalId}`;
  const answers = groups.map(({ logicalId, properties }) => ({
    part: 'answers that bring it into traffic',
    seconds:
      unbound(numberOf(properties.HealthCheckIntervalSeconds)) * unbound(numberOf(properties.HealthyThresholdCount)),
    source: `cdk.out ${stack.name}: ${logicalId}, every ${numberOf(properties.HealthCheckIntervalSeconds)} s, ${numberOf(properties.HealthyThresholdCount)} times`,
  }));
  const [slowest] = [...answers].sort((a, b) => b.seconds - a.seconds);
  return [
    placePart,
    ...pulledBeside(runner),
    { part: 'its start', seconds: unbound(numberOf(StartPeriod)), source: `${at}: HealthCheck.StartPeriod` },
    figure('others know it', starting.registration),
    slowest ?? {
      part: 'an answer that it lives',
      seconds: unbound(numberOf(Interval)),
      source: `${at}: HealthCheck.Interval`,
    },
  ];
}

function podParts(
  at: string,
  { readinessProbe, startupProbe }: Readonly<Record<string, Json | undefined>>,
): readonly Part[] {
  return [
    figure('a place for it', starting.pod),
    {
      part: 'its start',
      seconds: unbound(probeSeconds(startupProbe, 'failureThreshold')),
      source: `${at}: startupProbe`,
    },
    figure('others know it', starting.registration),
    {
      part: 'answers that bring it into traffic',
      seconds: unbound(probeSeconds(readinessProbe, 'successThreshold')),
      source: `${at}: readinessProbe`,
    },
  ];
}
