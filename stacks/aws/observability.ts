import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Observability, type ObservabilityProps } from '../../lib/aws/observability';
import { stagePrefix } from '../../lib/platform/names';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

export interface ObservabilityStackProps extends PlatformStackProps, Pick<ObservabilityProps, 'alarms' | 'figures'> {}

/** How the whole platform does. Everything here refers to other stacks, and none refers to it. */
export class ObservabilityStack extends Stack {
  public readonly observability: Observability;

  public constructor(scope: Construct, id: string, props: ObservabilityStackProps) {
    super(scope, id, props);
    preparePlatformStack(this, props);
    const { platform } = props;
    this.observability = new Observability(this, 'Observability', {
      figures: props.figures,
      prefix: stagePrefix(platform),
      goals: platform.goals,
      alarms: props.alarms,
      email: platform.stage.alarms.email,
      costAnomalies: platform.stage.audit.costAnomalies,
    });
  }
}
