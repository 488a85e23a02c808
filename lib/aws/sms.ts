import { aws_iam as iam, aws_smsvoice as smsvoice, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Sms as Spec, SmsSender } from '../platform/nouns/messages';
import { smsAlarms } from './message-alarms';
import { MessageFeedback, type MessageFeedbackProps } from './message-feedback';

export interface SmsProps extends Omit<MessageFeedbackProps, 'pattern'> {
  readonly spec: Spec;
  /** Whether nothing may be removed by mistake: a number that was given back is somebody else's the next day. */
  readonly isProtected: boolean;
}

type NumberSender = Extract<SmsSender, { readonly kind: 'number' }>;

/** Types of numbers as AWS spells them. */
const numberTypes = {
  'toll-free': 'TOLL_FREE',
  'long-code': 'LONG_CODE',
} as const satisfies Record<NumberSender['type'], string>;

/** What people are answered who write `HELP` or `STOP` to a number. Networks ask for both. */
export const mandatoryKeywords = {
  help: { message: 'These are messages that you asked for. Reply STOP to end them.' },
  stop: { message: 'You will get no more messages from this number.' },
} as const;

/** Events of messages that did not arrive: https://docs.aws.amazon.com/sms-voice/latest/userguide/configuration-sets-event-types.html */
export const failedSms = [
  'TEXT_BLOCKED',
  'TEXT_CARRIER_BLOCKED',
  'TEXT_CARRIER_UNREACHABLE',
  'TEXT_INVALID',
  'TEXT_INVALID_MESSAGE',
  'TEXT_PROTECT_BLOCKED',
  'TEXT_SPAM',
  'TEXT_TTL_EXPIRED',
  'TEXT_UNREACHABLE',
] as const;

/**
 * SMS by AWS End User Messaging, from senders of one's own. A country without a sender in the pool gets nothing, since the pool
 * takes no sender of somebody else; and messages that look as if somebody sent them for the money stop before they cost any.
 */
export class Sms extends Construct {
  /** Who asked for no more messages: it outlives its stack. */
  public readonly optOuts: smsvoice.CfnOptOutList;
  public readonly protection: smsvoice.CfnProtectConfiguration;
  public readonly configurationSet: smsvoice.CfnConfigurationSet;
  public readonly pool: smsvoice.CfnPool;
  public readonly feedback: MessageFeedback;
  /** Countries to which it sends. */
  public readonly countries: readonly string[];

  public constructor(scope: Construct, id: string, props: SmsProps) {
    super(scope, id);
    const { isProtected, spec } = props;
    this.countries = Object.keys(spec.countries);
    this.optOuts = new smsvoice.CfnOptOutList(this, 'OptOuts');
    this.optOuts.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.protection = new smsvoice.CfnProtectConfiguration(this, 'Protection', {
      deletionProtectionEnabled: isProtected,
      countryRuleSet: { sms: this.countries.map((countryCode) => ({ countryCode, protectStatus: 'FILTER' })) },
    });
    this.configurationSet = new smsvoice.CfnConfigurationSet(this, 'Sending', {
      protectConfigurationId: this.protection.attrProtectConfigurationId,
    });
    this.pool = new smsvoice.CfnPool(this, 'Pool', {
      deletionProtectionEnabled: isProtected,
      optOutListName: this.optOuts.ref,
      selfManagedOptOutsEnabled: false,
      sharedRoutesEnabled: false,
      mandatoryKeywords: { ...mandatoryKeywords },
      originationIdentities: Object.entries(spec.countries).map(([country, sender]) =>
        this.senderArn(country, sender, props),
      ),
    });
    this.feedback = new MessageFeedback(this, 'Feedback', {
      ...props,
      pattern: {
        source: ['aws.sms-voice'],
        detailType: ['Text Message Delivery Status Updated'],
        detail: {
          eventType: [...failedSms],
          protectConfiguration: { protectConfigurationId: [this.protection.attrProtectConfigurationId] },
        },
      },
    });
    smsAlarms(this, props);
  }

  /** Lets an identity send by this pool and nothing else. */
  public grant(grantee: iam.IGrantable): void {
    iam.Grant.addToPrincipal({
      grantee,
      actions: ['sms-voice:SendTextMessage'],
      resourceArns: [this.pool.attrArn],
    });
  }

  /** Sender of a country, made here unless people have registered it. */
  private senderArn(country: string, sender: SmsSender, { isProtected }: SmsProps): string {
    if (sender.kind === 'number') {
      const number = new smsvoice.CfnPhoneNumber(this, `Number${country}`, {
        isoCountryCode: country,
        numberType: numberTypes[sender.type],
        numberCapabilities: ['SMS'],
        deletionProtectionEnabled: isProtected,
        optOutListName: this.optOuts.ref,
        selfManagedOptOutsEnabled: false,
        mandatoryKeywords: { ...mandatoryKeywords },
      });
      number.applyRemovalPolicy(isProtected ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY);
      return number.attrArn;
    }
    if (sender.registered) {
      return Stack.of(this).formatArn({
        service: 'sms-voice',
        resource: 'sender-id',
        resourceName: `${sender.name}/${country}`,
      });
    }
    return new smsvoice.CfnSenderId(this, `Sender${country}`, {
      isoCountryCode: country,
      senderId: sender.name,
      deletionProtectionEnabled: isProtected,
    }).attrArn;
  }
}
