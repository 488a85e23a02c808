import { TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { Messages } from '../../lib/azure/messages';
import { pascalCase } from '../../lib/platform/ids';
import { dataLocationOf } from '../../lib/platform/azure-data-locations';
import { named } from '../../lib/platform/named';
import { messageHostsOutput } from '../../lib/platform/message-outputs';
import { hostedMessages } from '../../lib/platform/outputs';
import type { Foundation } from './foundation';
import { grantUses } from './grant-uses';
import type { MessagingStack } from './messaging';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

export interface MessagesStackProps extends PlatformStackProps {
  readonly foundation: Foundation;
  readonly messaging: MessagingStack;
}

/**
 * What sends messages to people, each part open to the services that use it. Apart from their domains, which it may send from
 * only once Azure has looked at them.
 */
export class MessagesStack extends TerraformStack {
  public readonly messages: Readonly<Record<string, Messages>>;

  public constructor(scope: Construct, id: string, props: MessagesStackProps) {
    super(scope, id);
    const { foundation, messaging, platform, site } = props;
    const { identities, monitoring } = foundation;
    const place = preparePlatformStack(this, 'messages', props);
    this.messages = Object.fromEntries(
      hostedMessages(platform).map((name) => {
        const spec = named('messages', platform.messages, name);
        const messages = new Messages(this, `${pascalCase(name)}Messages`, {
          place,
          monitoring,
          name,
          spec,
          dataLocation: dataLocationOf(site.region),
          domain: messaging.emailDomains[name],
          queue: named(`messages.${name}.feedback`, messaging.queues, spec.feedback ?? ''),
          email: platform.stage.alarms.email,
        });
        return [name, messages];
      }),
    );
    grantUses({ platform, identities, parts: { messages: this.messages } });
    new TerraformOutput(this, messageHostsOutput, {
      value: Object.fromEntries(Object.entries(this.messages).map(([name, { host }]) => [name, host])),
      description: 'Hosts by which messages to people are sent, by the part',
      staticId: true,
    });
  }
}
