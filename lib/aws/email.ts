import { aws_events as events, aws_iam as iam, aws_route53 as route53, aws_ses as ses, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Email as Spec } from '../platform/nouns/messages';
import type { HostedZone } from '../platform/nouns/hosted-zone';
import type { EmailProof } from '../platform/outputs';
import { publicZone } from './dns';
import { emailAlarms } from './message-alarms';
import { MessageFeedback, type MessageFeedbackProps } from './message-feedback';

export interface EmailProps extends Omit<MessageFeedbackProps, 'pattern'> {
  readonly spec: Spec;
  /** Domain from which e-mail comes. */
  readonly domain: string;
  /** The one address from which it comes. */
  readonly from: string;
  /** Public zone that holds the domain. */
  readonly zone: HostedZone;
  /** By what the recovery site proves that it may send from the same domain. @default - it told none yet, or there is none */
  readonly proof?: EmailProof | undefined;
}

/** A record of the zone. */
export interface MailRecord {
  readonly name: string;
  readonly type: 'CNAME' | 'MX' | 'TXT';
  readonly values: readonly string[];
}

/** Domain of the envelope's sender, by which SPF judges: below the domain, and of SES alone. */
export const bounceDomain = (domain: string): string => `bounce.${domain}`;

/** Texts of a record, each in quotes. */
const text = (...values: readonly string[]): readonly string[] => values.map((value) => `"${value}"`);

/**
 * What the zone says of a domain besides the keys of SES: that SES sends for its envelopes, what becomes of forgeries, and,
 * where there is a recovery site on Azure, that it sends from there too.
 */
export function mailRecords(
  { forged }: Pick<Spec, 'forged'>,
  domain: string,
  region: string,
  proof: EmailProof | undefined,
): Readonly<Record<string, MailRecord>> {
  const bounce = bounceDomain(domain);
  return {
    BounceExchange: { name: bounce, type: 'MX', values: [`10 feedback-smtp.${region}.amazonses.com`] },
    BounceSender: { name: bounce, type: 'TXT', values: text('v=spf1 include:amazonses.com -all') },
    Forged: { name: `_dmarc.${domain}`, type: 'TXT', values: text(`v=DMARC1; p=${forged}`) },
    ...(proof === undefined
      ? {}
      : {
          SecondSender: { name: domain, type: 'TXT', values: text(proof.spf, proof.owner) },
          ...Object.fromEntries(
            proof.keys.map((key, index): [string, MailRecord] => [
              `SecondKey${index + 1}`,
              { name: `${key.split('._domainkey')[0]}._domainkey.${domain}`, type: 'CNAME', values: [key] },
            ]),
          ),
        }),
  };
}

/** How long answers are kept, in seconds. */
const recordSeconds = '1800';

/** Sent to the queue: whatever says that an address is bad, that somebody does not want it, or that nothing left. */
const toldEvents = [
  ses.EmailSendingEvent.BOUNCE,
  ses.EmailSendingEvent.COMPLAINT,
  ses.EmailSendingEvent.REJECT,
  ses.EmailSendingEvent.RENDERING_FAILURE,
];

/**
 * E-mail by SES from a domain of one's own: signed, by TLS alone, to nobody who bounced or complained, and watched by the rates
 * at which Amazon stops who sends.
 */
export class Email extends Construct {
  public readonly configurationSet: ses.ConfigurationSet;
  public readonly identity: ses.EmailIdentity;
  public readonly feedback: MessageFeedback;
  private readonly from: string;

  public constructor(scope: Construct, id: string, props: EmailProps) {
    super(scope, id);
    const { domain, from, spec } = props;
    this.from = from;
    const pool = spec.addresses === 'own' ? this.ownAddresses() : undefined;
    this.configurationSet = new ses.ConfigurationSet(this, 'Sending', {
      tlsPolicy: ses.ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
      suppressionReasons: ses.SuppressionReasons.BOUNCES_AND_COMPLAINTS,
      ...(pool === undefined ? {} : { dedicatedIpPool: pool }),
    });
    this.identity = new ses.EmailIdentity(this, 'Identity', {
      identity: ses.Identity.domain(domain),
      configurationSet: this.configurationSet,
      dkimIdentity: ses.DkimIdentity.easyDkim(ses.EasyDkimSigningKeyLength.RSA_2048_BIT),
      mailFromDomain: bounceDomain(domain),
      feedbackForwarding: false,
    });
    this.writeRecords(props);
    this.feedback = this.tell(props);
    emailAlarms(this, { ...props, configurationSetName: this.configurationSet.configurationSetName });
  }

  /** Lets an identity send from the one address, by this domain and nothing else. */
  public grant(grantee: iam.IGrantable): void {
    const set = Stack.of(this).formatArn({
      service: 'ses',
      resource: 'configuration-set',
      resourceName: this.configurationSet.configurationSetName,
    });
    iam.Grant.addToPrincipal({
      grantee,
      actions: ['ses:SendEmail', 'ses:SendRawEmail'],
      resourceArns: [this.identity.emailIdentityArn, set],
      conditions: { StringEquals: { 'ses:FromAddress': this.from } },
    });
  }

  /** Addresses of nobody else. Amazon adds and warms them up as more is sent. */
  private ownAddresses(): ses.DedicatedIpPool {
    return new ses.DedicatedIpPool(this, 'Addresses', { scalingMode: ses.ScalingMode.MANAGED });
  }

  private writeRecords({ domain, proof, spec, zone }: EmailProps): void {
    const keys = this.identity.dkimRecords.map(({ name, value }, index): [string, MailRecord] => [
      `Key${index + 1}`,
      { name, type: 'CNAME', values: [value] },
    ]);
    const records = { ...Object.fromEntries(keys), ...mailRecords(spec, domain, Stack.of(this).region, proof) };
    const { hostedZoneId } = publicZone(this, 'Zone', zone);
    // Names of keys are SES's own words, which the library's records would take for names below the zone.
    for (const [id, { name, type, values }] of Object.entries(records)) {
      new route53.CfnRecordSet(this, id, {
        hostedZoneId,
        name,
        type,
        resourceRecords: [...values],
        ttl: recordSeconds,
      });
    }
  }

  private tell(props: EmailProps): MessageFeedback {
    const { account, partition, region } = Stack.of(this);
    const bus = events.EventBus.fromEventBusArn(
      this,
      'Bus',
      `arn:${partition}:events:${region}:${account}:event-bus/default`,
    );
    this.configurationSet.addEventDestination('Events', {
      destination: ses.EventDestination.eventBus(bus),
      events: toldEvents,
    });
    return new MessageFeedback(this, 'Feedback', {
      ...props,
      pattern: {
        source: ['aws.ses'],
        detail: { mail: { tags: { 'ses:configuration-set': [this.configurationSet.configurationSetName] } } },
      },
    });
  }
}
