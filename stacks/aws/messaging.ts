import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Alarms } from '../../lib/aws/alarms';
import { pascalCase } from '../../lib/platform/ids';
import type { Keys } from '../../lib/aws/keys';
import { Messages } from '../../lib/aws/messages';
import { Queue } from '../../lib/aws/queue';
import { Topic } from '../../lib/aws/topic';
import { isHosted } from '../../lib/platform/messages';
import type { SiteOutputs } from '../../lib/platform/outputs';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

export interface MessagingStackProps extends PlatformStackProps {
  readonly keys: Pick<Keys, 'messaging'>;
  readonly alarms: Alarms;
  /** What the platform's site on Azure told. */
  readonly outputs: SiteOutputs;
}

/**
 * Every queue and topic of the platform, and its messages to people. Topics stand with the queues that subscribe to them, and
 * messages with the queue that is told what did not arrive.
 */
export class MessagingStack extends Stack {
  public readonly capabilities: {
    readonly queues: Readonly<Record<string, Queue>>;
    readonly topics: Readonly<Record<string, Topic>>;
    readonly messages: Readonly<Record<string, Messages>>;
  };

  public constructor(scope: Construct, id: string, props: MessagingStackProps) {
    super(scope, id, props);
    preparePlatformStack(this, props);
    const { platform, keys, alarms, outputs } = props;
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
    const messages = Object.fromEntries(
      Object.entries(platform.messages)
        .filter(([, spec]) => isHosted(spec))
        .map(([name, spec]) => [
          name,
          new Messages(this, `${pascalCase(name)}Messages`, {
            name,
            spec,
            platform,
            queues,
            key,
            alarms,
            proof: outputs.messages?.[name]?.email,
          }),
        ]),
    );
    this.capabilities = { queues, topics, messages };
  }
}
