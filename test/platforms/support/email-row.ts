import { about } from './about';
import type { Expectation } from './expectations';
import { reference } from './graph';
import { absent, containing, exactly, withoutText } from './matchers';
import { toldExpectations } from './told-row';

const stack = 'Messaging';

export interface EmailExpected {
  /** Id of the part's construct: `CustomersMessages`. */
  readonly part: string;
  readonly account: string;
  readonly region: string;
  /** Domain from which it comes. */
  readonly domain: string;
  readonly addresses: 'own' | 'shared';
  /** Service that sends it, by the word of its stack. */
  readonly sender: string;
}

/** Records of the zone: name, type and text, by the end of the resource's path. */
const records = ({ domain, part, region }: EmailExpected): readonly Expectation[] => {
  const email = `${stack}/${part}/Email`;
  return [
    ['BounceExchange', `bounce.${domain}`, 'MX', `10 feedback-smtp.${region}.amazonses.com`],
    ['BounceSender', `bounce.${domain}`, 'TXT', '"v=spf1 include:amazonses.com -all"'],
    ['Forged', `_dmarc.${domain}`, 'TXT', '"v=DMARC1; p=reject"'],
    ...[1, 2, 3].map((key) => [
      `Key${key}`,
      reference(`${email}/Identity`, `DkimDNSTokenName${key}`),
      'CNAME',
      reference(`${email}/Identity`, `DkimDNSTokenValue${key}`),
    ]),
  ].flatMap(([id = '', name = '', type = '', value = '']) =>
    about(
      { stack, type: 'AWS::Route53::RecordSet', where: new RegExp(`^${email}/${id}$`), count: 1 },
      {
        [`the zone of e-mail says ${id}`]: { path: 'ResourceRecords', is: exactly(value) },
        [`the zone of e-mail says ${id} of its name`]: { path: 'Name', is: name },
        [`the zone of e-mail says ${id} as ${type}`]: { path: 'Type', is: type },
      },
    ),
  );
};

/** By which rules it is sent, and what of it comes back. */
const sending = ({ account, addresses, part, region }: EmailExpected): readonly Expectation[] => {
  const email = `${stack}/${part}/Email`;
  return [
    ...about(
      { stack, type: 'AWS::SES::ConfigurationSet', count: 1 },
      {
        'e-mail leaves by TLS or not at all': { path: 'DeliveryOptions.TlsPolicy', is: 'REQUIRE' },
        'rates of bounces and complaints are measured': {
          path: 'ReputationOptions.ReputationMetricsEnabled',
          is: true,
        },
        'nobody who bounced or complained is written to again': {
          path: 'SuppressionOptions.SuppressedReasons',
          is: exactly('BOUNCE', 'COMPLAINT'),
        },
        ...(addresses === 'own'
          ? {
              'e-mail leaves from addresses that nobody else sends from': {
                path: 'DeliveryOptions.SendingPoolName',
                is: reference(`${email}/Addresses`),
              },
            }
          : { 'e-mail leaves from addresses of Amazon': { path: 'DeliveryOptions.SendingPoolName', is: absent } }),
      },
    ),
    ...about(
      { stack, type: 'AWS::SES::ConfigurationSetEventDestination', count: 1 },
      {
        'what comes back of e-mail is told': {
          path: 'EventDestination.MatchingEventTypes',
          is: exactly('bounce', 'complaint', 'reject', 'renderingFailure'),
        },
        'telling of what comes back is on': { path: 'EventDestination.Enabled', is: true },
        'what comes back is told to the bus of the account': {
          path: 'EventDestination.EventBridgeDestination.EventBusArn',
          is: `arn:aws:events:${region}:${account}:event-bus/default`,
        },
        'what comes back is told of what is sent': {
          path: 'ConfigurationSetName',
          is: reference(`${email}/Sending`),
        },
      },
    ),
  ];
};

const identity = ({ domain, part }: EmailExpected): readonly Expectation[] =>
  about(
    { stack, type: 'AWS::SES::EmailIdentity', count: 1 },
    {
      'e-mail comes from a domain of its own': { path: 'EmailIdentity', is: domain },
      'e-mail is sent by the rules of the platform': {
        path: 'ConfigurationSetAttributes.ConfigurationSetName',
        is: reference(`${stack}/${part}/Email/Sending`),
      },
      'e-mail is signed by long keys': { path: 'DkimSigningAttributes.NextSigningKeyLength', is: 'RSA_2048_BIT' },
      'envelopes of e-mail come from below the domain': {
        path: 'MailFromAttributes.MailFromDomain',
        is: `bounce.${domain}`,
      },
      'what comes back is not sent by e-mail': { path: 'FeedbackAttributes.EmailForwardingEnabled', is: false },
    },
  );

/** Who may send it. */
const senders = ({ account, domain, part, region, sender }: EmailExpected): readonly Expectation[] => {
  const ses = (resource: string) => `arn:aws:ses:${region}:${account}:${resource}`;
  const email = `${stack}/${part}/Email`;
  return [
    ...about(
      { stack: `Service-${sender}`, type: 'AWS::IAM::ManagedPolicy', where: /\/Roles\/Task/, count: 1 },
      {
        'e-mail is sent from the one address, by its rules, and from no other domain': {
          path: 'PolicyDocument.Statement',
          is: containing({
            Effect: 'Allow',
            Action: ['ses:SendEmail', 'ses:SendRawEmail'],
            Resource: [
              ses(`identity/${reference(`${email}/Identity`)}`),
              ses(`configuration-set/${reference(`${email}/Sending`)}`),
            ],
            Condition: { StringEquals: { 'ses:FromAddress': `no-reply@${domain}` } },
          }),
        },
      },
    ),
    ...about(
      { type: 'AWS::IAM::*', where: new RegExp(`^(?!Service-${sender}/)`) },
      {
        'nobody else sends messages to people': {
          path: 'PolicyDocument.Statement[*].Action',
          is: withoutText(/ses:Send|sms-voice:Send/),
        },
      },
    ),
  ];
};

/** When somebody is called. */
const alarms = ({ part }: EmailExpected): readonly Expectation[] =>
  [
    ['BouncesAlarm', 'Reputation.BounceRate'],
    ['ComplaintsAlarm', 'Reputation.ComplaintRate'],
    ['DailyAlarm', 'Send'],
  ].flatMap(([id = '', metric = '']) =>
    about(
      {
        stack,
        type: 'AWS::CloudWatch::Alarm',
        where: new RegExp(`^${stack}/${part}/Email/${id}$`),
        count: 1,
      },
      {
        [`${metric} of e-mail is watched`]: { path: 'MetricName', is: metric },
        [`somebody is called for ${metric} of e-mail`]: {
          path: 'AlarmActions[*]',
          is: reference('Security/Alarms/Topic'),
        },
      },
    ),
  );

/** E-mail by SES: from which domain, by whom, signed how, and what becomes of what comes back. */
export const emailExpectations = (expected: EmailExpected): readonly Expectation[] => [
  ...sending(expected),
  ...identity(expected),
  ...records(expected),
  ...senders(expected),
  ...alarms(expected),
  ...toldExpectations(expected.part, 'Email', {
    source: ['aws.ses'],
    detail: {
      mail: { tags: { 'ses:configuration-set': [reference(`${stack}/${expected.part}/Email/Sending`)] } },
    },
  }),
];
