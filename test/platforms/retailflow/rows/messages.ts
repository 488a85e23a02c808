import type { Json } from '../../../../lib/review/json';
import { about, type Row } from '../../support/about';
import type { Expectation } from '../../support/expectations';
import { reference } from '../../support/graph';
import { absent, containing, exactly, like } from '../../support/matchers';

const stack = 'Messaging';
const email = 'Messaging/CustomersMessages/Email';
const sms = 'Messaging/CustomersMessages/Sms';
const domain = 'mail.shop.example.com';

/** Records of the zone: name, type and text, by the end of the resource's path. */
const records: readonly Expectation[] = [
  ['BounceExchange', `bounce.${domain}`, 'MX', '10 feedback-smtp.ap-southeast-1.amazonses.com'],
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

/** What is told of each channel: which events, and to whom. */
const channels: readonly { readonly channel: string; readonly pattern: Json }[] = [
  {
    channel: 'Email',
    pattern: {
      source: ['aws.ses'],
      detail: { mail: { tags: { 'ses:configuration-set': [reference(`${email}/Sending`)] } } },
    },
  },
  {
    channel: 'Sms',
    pattern: {
      source: ['aws.sms-voice'],
      'detail-type': ['Text Message Delivery Status Updated'],
      detail: {
        protectConfiguration: {
          protectConfigurationId: [reference(`${sms}/Protection`, 'ProtectConfigurationId')],
        },
      },
    },
  },
];

const told: readonly Expectation[] = channels.flatMap(({ channel, pattern }) => {
  const part = `Messaging/CustomersMessages/${channel}/Feedback`;
  const rule = reference(`${part}/Rule`, 'Arn');
  const byRule = containing({
    Effect: 'Allow',
    Action: 'sqs:SendMessage',
    Principal: { Service: 'events.amazonaws.com' },
    Condition: { ArnEquals: { 'aws:SourceArn': rule } },
  });
  return [
    ...about(
      { stack, type: 'AWS::Events::Rule', where: new RegExp(`^${part}/Rule$`), count: 1 },
      {
        [`what does not arrive by ${channel} is told to its queue`]: {
          path: 'Targets[*].Arn',
          is: reference('Messaging/UndeliveredQueue/Queue', 'Arn'),
        },
        [`what could not be told of ${channel} is kept`]: {
          path: 'Targets[*].DeadLetterConfig.Arn',
          is: reference(`${part}/Undelivered`, 'Arn'),
        },
        [`what does not arrive by ${channel} of this part is told, and of no other`]: {
          path: 'EventPattern',
          is: containing(pattern),
        },
        [`what does not arrive by ${channel} is told at all`]: { path: 'State', is: 'ENABLED' },
      },
    ),
    ...about(
      { stack, type: 'AWS::SQS::QueuePolicy', where: /\/UndeliveredQueue\/Queue\/Policy$/, count: 1 },
      { [`the queue takes events of ${channel} of this part alone`]: { path: 'PolicyDocument.Statement', is: byRule } },
    ),
    ...about(
      { stack, type: 'AWS::SQS::QueuePolicy', where: new RegExp(`^${part}/Undelivered/Policy$`), count: 1 },
      { [`what could not be told of ${channel} takes nothing else`]: { path: 'PolicyDocument.Statement', is: byRule } },
    ),
  ];
});

export const messages: Row = {
  row: 'messages to people',
  expectations: [
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
        'e-mail leaves from addresses of Amazon': { path: 'DeliveryOptions.SendingPoolName', is: absent },
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
          is: like(/^arn:aws:events:ap-southeast-1:111122223333:event-bus\/default$/),
        },
        'what comes back is told of what is sent': {
          path: 'ConfigurationSetName',
          is: reference(`${email}/Sending`),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::SES::EmailIdentity', count: 1 },
      {
        'e-mail comes from a domain of its own': { path: 'EmailIdentity', is: domain },
        'e-mail is sent by the rules of the platform': {
          path: 'ConfigurationSetAttributes.ConfigurationSetName',
          is: reference(`${email}/Sending`),
        },
        'e-mail is signed by long keys': { path: 'DkimSigningAttributes.NextSigningKeyLength', is: 'RSA_2048_BIT' },
        'envelopes of e-mail come from below the domain': {
          path: 'MailFromAttributes.MailFromDomain',
          is: `bounce.${domain}`,
        },
        'what comes back is not sent by e-mail': { path: 'FeedbackAttributes.EmailForwardingEnabled', is: false },
      },
    ),
    ...records,
    ...told,
    ...about(
      { stack, type: 'AWS::SMSVOICE::Pool', count: 1 },
      {
        'SMS come from senders of the platform alone': { path: 'SharedRoutesEnabled', is: false },
        'whoever wants no SMS gets none': { path: 'OptOutListName', is: reference(`${sms}/OptOuts`) },
        'who wants no SMS is known to AWS': { path: 'SelfManagedOptOutsEnabled', is: false },
        'senders of SMS are not given back by mistake': { path: 'DeletionProtectionEnabled', is: true },
        'SMS go to the countries of the definition': {
          path: 'OriginationIdentities',
          is: exactly(
            ...['ID', 'PH', 'SG', 'TH', 'VN'].map(
              (country) => `arn:aws:sms-voice:ap-southeast-1:111122223333:sender-id/RETAILFLOW/${country}`,
            ),
            reference(`${sms}/SenderMY`, 'Arn'),
          ),
        },
        'who writes HELP is answered': { path: 'MandatoryKeywords.HELP.Message', is: like(/STOP/) },
        'who writes STOP is answered': { path: 'MandatoryKeywords.STOP.Message', is: like(/no more/) },
      },
    ),
    ...about(
      { stack, type: 'AWS::SMSVOICE::OptOutList', count: 1 },
      {
        'who wants no SMS is remembered when the stack goes': { path: 'DeletionPolicy', is: 'Retain' },
        'who wants no SMS is remembered when the list would be another': { path: 'UpdateReplacePolicy', is: 'Retain' },
      },
    ),
    ...about(
      { stack, type: 'AWS::SMSVOICE::SenderId', count: 1 },
      {
        'the name of SMS is that of the definition': { path: 'SenderId', is: 'RETAILFLOW' },
        'the name of SMS is asked for where nobody registers it': { path: 'IsoCountryCode', is: 'MY' },
        'the name of SMS is not given back by mistake': { path: 'DeletionProtectionEnabled', is: true },
      },
    ),
    ...about(
      { stack, type: 'AWS::SMSVOICE::ConfigurationSet', count: 1 },
      {
        'SMS are guarded': {
          path: 'ProtectConfigurationId',
          is: reference(`${sms}/Protection`, 'ProtectConfigurationId'),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::SMSVOICE::ProtectConfiguration', count: 1 },
      {
        'SMS that look like fraud are stopped': {
          path: 'CountryRuleSet.SMS',
          is: exactly(
            ...['ID', 'MY', 'PH', 'SG', 'TH', 'VN'].map((CountryCode) => ({ CountryCode, ProtectStatus: 'FILTER' })),
          ),
        },
        'the guard of SMS is not taken away by mistake': { path: 'DeletionProtectionEnabled', is: true },
      },
    ),
    { name: 'there is a list of who wants no SMS', stack, type: 'AWS::SMSVOICE::OptOutList', count: 1 },
  ],
};
