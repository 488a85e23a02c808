import { about, type Row } from '../../support/about';
import { reference } from '../../support/graph';
import { atMost, oneOf } from '../../support/matchers';

const forgetful = ['Project', 'Reporting', 'Billing', 'Notification'];

/** Data of people stays where it may lie: the edge alone writes elsewhere, and no addresses. */
export const residency: Row = {
  row: 'GDPR: residency',
  expectations: about(
    { stack: 'Edge', type: 'AWS::Logs::Delivery', count: 1 },
    {
      'the log of the edge holds no address of a person': {
        path: 'RecordFields',
        is: {
          says: 'fields without c-ip',
          matches: ([found]) => Array.isArray(found) && found.includes('sc-status') && !found.includes('c-ip'),
        },
      },
    },
  ),
};

/** Who asks for it is forgotten, by every service that knows something of them, in time. */
export const erasure: Row = {
  row: 'GDPR: erasure',
  expectations: [
    ...about(
      { stack: 'Messaging', type: 'AWS::SNS::Subscription', where: /Erasures/, count: forgetful.length },
      {
        'every service hears of who is to be forgotten': {
          path: 'Endpoint',
          is: oneOf(...forgetful.map((name) => reference(`Messaging/${name}ErasuresQueue/Queue`, 'Arn'))),
        },
      },
    ),
    ...about(
      { stack: 'Messaging', type: 'AWS::SQS::Queue', where: /ErasuresQueue\/Queue$/, count: forgetful.length },
      {
        'nobody is forgotten by the queue instead': { path: 'MessageRetentionPeriod', is: 1_209_600 },
        'who is to be forgotten is encrypted': {
          path: 'KmsMasterKeyId',
          is: reference('Security/Keys/Messaging', 'Arn'),
        },
      },
    ),
    ...about(
      {
        stack: 'Messaging',
        type: 'AWS::CloudWatch::Alarm',
        where: /ErasuresQueue\/AgeAlarm$/,
        count: forgetful.length,
      },
      {
        'somebody is called when a service has not forgotten within a day': {
          path: 'Threshold',
          is: atMost(86_400),
        },
        'it is the people on call who are called for that': {
          path: 'AlarmActions',
          is: [reference('Security/Alarms/Topic')],
        },
      },
    ),
  ],
};
