import { Stack, Tags } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { emailDomain, emailFrom } from '../platform/messages';
import { named } from '../platform/named';
import type { Messages as Model } from '../platform/nouns/messages';
import type { EmailProof } from '../platform/outputs';
import type { Platform } from '../platform/platform';
import type { Alarms } from './alarms';
import type { Capability, Reach, Use } from './capability';
import { Email } from './email';
import { answerTo } from './grants';
import type { Queue } from './queue';
import { Sms } from './sms';

export interface MessagesProps {
  /** Name of the part, for people. */
  readonly name: string;
  readonly spec: Model;
  readonly platform: Pick<Platform, 'stage'>;
  /** Queues by name, among them the one that is told what did not arrive, in the same stack. */
  readonly queues: Readonly<Record<string, Queue>>;
  /** Encrypts what could not be told. Its policy must admit EventBridge. */
  readonly key: kms.IKey;
  readonly alarms: Alarms;
  /** By what the recovery site proves that it may send from the same domain. @default - it told none yet, or there is none */
  readonly proof?: EmailProof | undefined;
}

/**
 * Messages to people: e-mail by SES, SMS by End User Messaging. Push messages go to those who carry them, straight from whoever
 * sends; nothing of AWS stands between.
 */
export class Messages extends Construct implements Capability {
  public readonly email: Email | undefined;
  public readonly sms: Sms | undefined;
  public readonly secrets = {};
  public readonly reach: readonly Reach[] = [];

  public constructor(scope: Construct, id: string, props: MessagesProps) {
    super(scope, id);
    const { platform, proof, queues, spec } = props;
    const told = () => ({ ...props, queue: named(`${this.node.path}: feedback`, queues, spec.feedback ?? '') });
    this.email =
      spec.email &&
      new Email(this, 'Email', {
        ...told(),
        spec: spec.email,
        domain: emailDomain(platform, spec.email),
        from: emailFrom(platform, spec.email),
        zone: platform.stage.hostedZone,
        proof,
      });
    this.sms = spec.sms && new Sms(this, 'Sms', { ...told(), spec: spec.sms, isProtected: platform.stage.protected });
    Tags.of(this).add('data-class', spec.dataClass);
  }

  public values(): Readonly<Record<string, string>> {
    const { sms } = this;
    const endpoint = (service: string) => `https://${service}.${Stack.of(this).region}.amazonaws.com`;
    return {
      ...(this.email === undefined ? {} : { emailEndpoint: endpoint('email') }),
      ...(sms === undefined
        ? {}
        : {
            smsEndpoint: endpoint('sms-voice'),
            smsTag: sms.configurationSet.ref,
            ...Object.fromEntries(sms.countries.map((country) => [`smsFrom/${country}`, sms.pool.attrPoolId])),
          }),
    };
  }

  public grant(grantee: iam.IGrantable, use: Use): void {
    answerTo(this.node.path, { messages: true }, use);
    this.email?.grant(grantee);
    this.sms?.grant(grantee);
  }
}
