import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Alarms } from '../../lib/aws/alarms';
import { pascalCase } from '../../lib/platform/ids';
import type { Keys } from '../../lib/aws/keys';
import { Queue } from '../../lib/aws/queue';
import { Topic } from '../../lib/aws/topic';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

export interface MessagingStackProps extends PlatformStackProps {
  readonly keys: Pick<Keys, 'messaging'>;
  readonly alarms: Alarms;
}

/** Every queue and topic of the platform. Topics stand with the queues that subscribe to them. */
export class MessagingStack extends Stack {
  public readonly capabilities: {
    readonly queues: Readonly<Record<string, Queue>>;
    readonly topics: Readonly<Record<string, Topic>>;
  };

  public constructor(scope: Construct, id: string, props: MessagingStackProps) {
    super(scope, id, props);
    preparePlatformStack(this, props);
    const { platform, keys, alarms } = props;
    const key = keys.messaging;
    const queues = Object.fromEntries(
      Object.entries(platform.queues).map(([name, spec]) => [
        name,
        new Queue(this, `${pascalCase(name)}Queue`, { name, spec, key, alarms }),
      ]),
    );
    const topics = Object.fromEntries(
      Object.entries(platform.topics).map(([name, spec]) => [
        name,
        new Topic(this, `${pascalCase(name)}Topic`, { name, spec, queues, key, alarms }),
      ]),
    );
    this.capabilities = { queues, topics };
  }
}
