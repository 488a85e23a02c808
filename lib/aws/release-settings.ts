import { aws_ecs as ecs, Duration } from 'aws-cdk-lib';
import { assertNever } from '../platform/error';
import type { Release } from '../platform/nouns/release';

type ReleaseSettings = Pick<
  ecs.FargateServiceProps,
  'deploymentStrategy' | 'bakeTime' | 'linearConfiguration' | 'canaryConfiguration'
>;

/** Whether a release runs a second fleet beside the first, so that the service needs two target groups. */
export const movesTraffic = (release: Release): boolean => release.kind !== 'rolling';

/**
 * A release in the terms of ECS. A canary has two phases there, so its first step stands for all of them; the model
 * accepts more steps only with a written reason.
 */
export function releaseSettings(release: Release): ReleaseSettings {
  switch (release.kind) {
    case 'rolling':
      return { deploymentStrategy: ecs.DeploymentStrategy.ROLLING };
    case 'blue-green':
      return {
        deploymentStrategy: ecs.DeploymentStrategy.BLUE_GREEN,
        bakeTime: Duration.minutes(release.bakeMinutes),
      };
    case 'linear':
      return {
        deploymentStrategy: ecs.DeploymentStrategy.LINEAR,
        bakeTime: Duration.minutes(release.bakeMinutes),
        linearConfiguration: {
          stepPercent: release.stepPercent,
          stepBakeTime: Duration.minutes(release.stepMinutes),
        },
      };
    case 'canary': {
      const [first] = release.steps;
      if (first === undefined) throw new Error('a canary must have at least one step, got none: add a step');
      return {
        deploymentStrategy: ecs.DeploymentStrategy.CANARY,
        bakeTime: Duration.minutes(release.bakeMinutes),
        canaryConfiguration: { stepPercent: first.percent, stepBakeTime: Duration.minutes(first.minutes) },
      };
    }
    default:
      return assertNever(release);
  }
}
