import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Alarms } from '../../lib/aws/alarms';
import { byName } from '../../lib/platform/by-name';
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
    const queues = byName(
      Object.entries(platform.queues),
      'Queue',
      (part, name, spec) => new Queue(this, part, { name, spec, key, alarms }),
    );
    const topics = byName(
      Object.entries(platform.topics),
      'Topic',
      (part, name, spec) => new Topic(this, part, { name, spec, queues, key, alarms }),
    );
    const hosted = Object.entries(platform.messages).filter(([, spec]) => isHosted(spec));
    const messages = byName(hosted, 'Messages', (part, name, spec) => {
      const proof = outputs.messages?.[name]?.email;
      return new Messages(this, part, { name, spec, platform, queues, key, alarms, proof });
    });
    this.capabilities = { queues, topics, messages };
  }
}
