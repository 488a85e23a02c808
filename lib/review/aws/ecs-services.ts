import { isObject, listOf, numberOf, objectOf, textOf, type JsonObject } from '../json';
import { oncePer } from '../../platform/once';
import { resourcesOf, type Assembly, type Resource, type Stack } from './stack';

/** A service of ECS, whether its number of tasks is scaled or fixed. */
export interface EcsTasks {
  readonly stack: Stack;
  readonly service: Resource;
  readonly task: Resource;
  /** Containers of the task. */
  readonly containers: readonly JsonObject[];
  /** What its number of tasks is bound by; nothing where it is fixed. */
  readonly target: Resource | undefined;
}

/** A service of ECS whose number of tasks is scaled, and what belongs to it in its stack. */
export interface EcsService extends EcsTasks {
  readonly target: Resource;
  readonly policies: readonly Resource[];
  /** Target groups of a load balancer between which releases move; none without traffic. */
  readonly groups: readonly Resource[];
}

const mentions = (value: unknown, { logicalId }: Resource): boolean =>
  (JSON.stringify(value) ?? '').includes(`"${logicalId}"`);

/** Every service of ECS. */
export const ecsTasksOf = oncePer(({ stacks }: Assembly): readonly EcsTasks[] =>
  stacks.flatMap((stack) =>
    resourcesOf(stack, 'AWS::ECS::Service').flatMap((service) => {
      const { TaskDefinition } = service.properties;
      const task = stack.resources.find((each) => each.logicalId === textOf(objectOf(TaskDefinition).Ref));
      if (task === undefined) return [];
      return [
        {
          stack,
          service,
          task,
          containers: listOf(task.properties.ContainerDefinitions).filter(isObject),
          target: resourcesOf(stack, 'AWS::ApplicationAutoScaling::ScalableTarget').find((each) =>
            mentions(each.properties.ResourceId, service),
          ),
        },
      ];
    }),
  ),
);

/** Every service of ECS whose number of tasks is scaled. */
export const ecsServicesOf = oncePer((assembly: Assembly): readonly EcsService[] =>
  ecsTasksOf(assembly).flatMap((tasks) => {
    const { service, stack, target } = tasks;
    if (target === undefined) return [];
    return [
      {
        ...tasks,
        target,
        policies: resourcesOf(stack, 'AWS::ApplicationAutoScaling::ScalingPolicy').filter((each) =>
          mentions(each.properties.ScalingTargetId, target),
        ),
        groups: resourcesOf(stack, 'AWS::ElasticLoadBalancingV2::TargetGroup').filter((each) =>
          mentions(service.properties.LoadBalancers, each),
        ),
      },
    ];
  }),
);

/** How many tasks of a service there are, at least and at most; where nothing says so, ECS runs one. */
export function boundsOf({ service, target }: EcsTasks): { readonly least: number; readonly most: number } {
  if (target === undefined) {
    const fixed = numberOf(service.properties.DesiredCount) ?? 1;
    return { least: fixed, most: fixed };
  }
  const { MaxCapacity, MinCapacity } = target.properties;
  return { least: numberOf(MinCapacity) ?? 0, most: numberOf(MaxCapacity) ?? 0 };
}

/** The container that is given a variable of that name, and its value. */
export const containerTold = (
  { containers }: Pick<EcsService, 'containers'>,
  variable: string,
): { readonly container: JsonObject; readonly value: string } | undefined => {
  for (const container of containers) {
    const found = listOf(container.Environment)
      .filter(isObject)
      .find(({ Name }) => Name === variable);
    const value = textOf(found?.Value);
    if (value !== undefined) return { container, value };
  }
  return undefined;
};
