import { isObject, listOf, objectOf, textOf, type JsonObject } from '../json';
import { oncePer } from '../once';
import { resourcesOf, type Assembly, type Resource, type Stack } from './stack';

/** A service of ECS whose number of tasks is scaled, and what belongs to it in its stack. */
export interface EcsService {
  readonly stack: Stack;
  readonly service: Resource;
  readonly task: Resource;
  /** Containers of the task. */
  readonly containers: readonly JsonObject[];
  /** What its number of tasks is bound by. */
  readonly target: Resource;
  readonly policies: readonly Resource[];
  /** Target groups of a load balancer between which releases move; none without traffic. */
  readonly groups: readonly Resource[];
}

const mentions = (value: unknown, { logicalId }: Resource): boolean =>
  (JSON.stringify(value) ?? '').includes(`"${logicalId}"`);

/** Every service of ECS whose number of tasks is scaled. */
export const ecsServicesOf = oncePer(({ stacks }: Assembly): readonly EcsService[] =>
  stacks.flatMap((stack) =>
    resourcesOf(stack, 'AWS::ECS::Service').flatMap((service) => {
      const { properties } = service;
      const task = stack.resources.find((each) => each.logicalId === textOf(objectOf(properties.TaskDefinition).Ref));
      const target = resourcesOf(stack, 'AWS::ApplicationAutoScaling::ScalableTarget').find((each) =>
        mentions(each.properties.ResourceId, service),
      );
      if (task === undefined || target === undefined) return [];
      return [
        {
          stack,
          service,
          task,
          containers: listOf(task.properties.ContainerDefinitions).filter(isObject),
          target,
          policies: resourcesOf(stack, 'AWS::ApplicationAutoScaling::ScalingPolicy').filter((each) =>
            mentions(each.properties.ScalingTargetId, target),
          ),
          groups: resourcesOf(stack, 'AWS::ElasticLoadBalancingV2::TargetGroup').filter((each) =>
            mentions(properties.LoadBalancers, each),
          ),
        },
      ];
    }),
  ),
);

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
