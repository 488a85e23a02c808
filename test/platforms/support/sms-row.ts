import type { Json } from '../../../lib/review/json';
import { about } from './about';
import type { Expectation } from './expectations';
import { reference } from './graph';
import { containing, exactly, like } from './matchers';
import { toldExpectations } from './told-row';

const stack = 'Messaging';

export interface SmsExpected {
  /** Id of the part's construct: `CustomersMessages`. */
  readonly part: string;
  /** Countries to which it goes. */
  readonly countries: readonly string[];
  /** Whom it comes from. */
  readonly senders: readonly Json[];
  /** Service that sends them, by the word of its stack. */
  readonly sender: string;
}

/** SMS by End User Messaging: from whom, to where, and what stops it. */
export function smsExpectations({ countries, part, sender, senders }: SmsExpected): readonly Expectation[] {
  const sms = `${stack}/${part}/Sms`;
  const protection = reference(`${sms}/Protection`, 'ProtectConfigurationId');
  return [
    ...about(
      { stack, type: 'AWS::SMSVOICE::Pool', count: 1 },
      {
        'SMS come from senders of the platform alone': { path: 'SharedRoutesEnabled', is: false },
        'whoever wants no SMS gets none': { path: 'OptOutListName', is: reference(`${sms}/OptOuts`) },
        'who wants no SMS is known to AWS': { path: 'SelfManagedOptOutsEnabled', is: false },
        'senders of SMS are not given back by mistake': { path: 'DeletionProtectionEnabled', is: true },
        'SMS go to the countries of the definition': { path: 'OriginationIdentities', is: exactly(...senders) },
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
      { stack, type: 'AWS::SMSVOICE::ConfigurationSet', count: 1 },
      { 'SMS are guarded': { path: 'ProtectConfigurationId', is: protection } },
    ),
    ...about(
      { stack, type: 'AWS::SMSVOICE::ProtectConfiguration', count: 1 },
      {
        'SMS that look like fraud are stopped': {
          path: 'CountryRuleSet.SMS',
          is: exactly(...countries.map((CountryCode) => ({ CountryCode, ProtectStatus: 'FILTER' }))),
        },
        'the guard of SMS is not taken away by mistake': { path: 'DeletionProtectionEnabled', is: true },
      },
    ),
    ...about(
      { stack: `Service-${sender}`, type: 'AWS::IAM::ManagedPolicy', where: /\/Roles\/Task/, count: 1 },
      {
        'SMS are sent by the pool, and by no other sender': {
          path: 'PolicyDocument.Statement',
          is: containing({
            Effect: 'Allow',
            Action: 'sms-voice:SendTextMessage',
            Resource: reference(`${sms}/Pool`, 'Arn'),
          }),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::CloudWatch::Alarm', where: new RegExp(`^${sms}/SpendAlarm$`), count: 1 },
      {
        'what SMS cost is watched': { path: 'MetricName', is: 'TextMessageMonthlySpend' },
        'somebody is called for what SMS cost': { path: 'AlarmActions[*]', is: reference('Security/Alarms/Topic') },
      },
    ),
    ...toldExpectations(part, 'Sms', {
      source: ['aws.sms-voice'],
      'detail-type': ['Text Message Delivery Status Updated'],
      detail: { protectConfiguration: { protectConfigurationId: [protection] } },
    }),
  ];
}
