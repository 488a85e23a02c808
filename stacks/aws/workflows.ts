import { Stack, type StackProps } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { Alarms } from '../../lib/aws/alarms';
import { pascalCase } from '../../lib/aws/ids';
import type { Queue } from '../../lib/aws/queue';
import { Workflow } from '../../lib/aws/workflow';
import type { Platform } from '../../lib/platform/platform';

export interface WorkflowsStackProps extends StackProps {
  readonly platform: Platform;
  readonly keys: { readonly messaging: kms.IKey; readonly logs: kms.IKey };
  readonly alarms: Alarms;
  /** Queues of the platform by name: some are told how runs ended. */
  readonly queues: Readonly<Record<string, Queue>>;
}

/** Every workflow of the platform, each with the command queues of the services that do its steps. */
export class WorkflowsStack extends Stack {
  public readonly capabilities: { readonly workflows: Readonly<Record<string, Workflow>> };

  public constructor(scope: Construct, id: string, props: WorkflowsStackProps) {
    super(scope, id, props);
    const { platform, keys, alarms, queues } = props;
    const workflows = Object.fromEntries(
      Object.entries(platform.workflows).map(([name, spec]) => {
        const notifications = spec.notifies === undefined ? undefined : queueNamed(spec.notifies, queues).queue;
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
          }),
        ];
      }),
    );
    this.capabilities = { workflows };
  }
}

function queueNamed(name: string, queues: Readonly<Record<string, Queue>>): Queue {
  const queue = queues[name];
  if (queue !== undefined) return queue;
  throw new Error(`a workflow notifies a queue among ${Object.keys(queues).join(', ')}, got ${name}: pass its queue`);
}
