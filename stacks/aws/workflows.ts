import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Alarms } from '../../lib/aws/alarms';
import { pascalCase } from '../../lib/platform/ids';
import type { Keys } from '../../lib/aws/keys';
import { named } from '../../lib/platform/named';
import type { Queue } from '../../lib/aws/queue';
import { participants, Workflow } from '../../lib/aws/workflow';
import { mostSensitive } from '../../lib/platform/nouns/scalars';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

export interface WorkflowsStackProps extends PlatformStackProps {
  readonly keys: Pick<Keys, 'messaging' | 'logs'>;
  readonly alarms: Alarms;
  /** Queues of the platform by name: some are told how runs ended. */
  readonly queues: Readonly<Record<string, Queue>>;
}

/** Every workflow of the platform, each with the command queues of the services that do its steps. */
export class WorkflowsStack extends Stack {
  public readonly capabilities: { readonly workflows: Readonly<Record<string, Workflow>> };

  public constructor(scope: Construct, id: string, props: WorkflowsStackProps) {
    super(scope, id, props);
    preparePlatformStack(this, props);
    const { platform, keys, alarms, queues } = props;
    const workflows = Object.fromEntries(
      Object.entries(platform.workflows).map(([name, spec]) => {
        const notifications = spec.notifies === undefined ? undefined : named('queues', queues, spec.notifies).queue;
        return [
          name,
          new Workflow(this, pascalCase(name), {
            name,
            spec,
            ...(notifications === undefined ? {} : { notifications }),
            key: keys.messaging,
            logsKey: keys.logs,
            alarms,
            logDays: platform.stage.logDays,
            dataClass: mostSensitive(
              participants(spec).map((service) => named('services', platform.services, service).dataClass),
            ),
          }),
        ];
      }),
    );
    this.capabilities = { workflows };
  }
}
