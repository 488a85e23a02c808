import { about, type Row } from '../../support/about';
import { emailExpectations } from '../../support/email-row';
import { reference } from '../../support/graph';
import { like } from '../../support/matchers';
import { patienceExpectations } from '../../support/patience-row';
import { smsExpectations } from '../../support/sms-row';
import { domain } from './facts';

const part = 'CustomersMessages';
const sms = `Messaging/${part}/Sms`;

/** Notification: e-mail, SMS and push, as a step of the order saga and by the queue of notifications. */
export const messagesRow: Row = {
  row: 'notification',
  expectations: [
    ...emailExpectations({
      part,
      account: '111122223333',
      region: 'us-east-2',
      domain: `mail.${domain}`,
      addresses: 'own',
      sender: 'Notification',
    }),
    ...about(
      { stack: 'Messaging', type: 'AWS::SES::DedicatedIpPool', count: 1 },
      { 'Amazon adds addresses as more is sent': { path: 'ScalingMode', is: 'MANAGED' } },
    ),
    ...smsExpectations({
      part,
      countries: ['US'],
      senders: [reference(`${sms}/NumberUS`, 'Arn')],
      sender: 'Notification',
    }),
    ...about(
      { stack: 'Messaging', type: 'AWS::SMSVOICE::PhoneNumber', count: 1 },
      {
        'SMS come from a number of the country': { path: 'IsoCountryCode', is: 'US' },
        'the number of SMS is free of charge for who answers': { path: 'NumberType', is: 'TOLL_FREE' },
        'the number of SMS is not given back by mistake': { path: 'DeletionProtectionEnabled', is: true },
        'the number of SMS outlives its stack': { path: 'DeletionPolicy', is: 'Retain' },
        'the number of SMS is kept when another takes its place': { path: 'UpdateReplacePolicy', is: 'Retain' },
        'whoever answers STOP to the number is on the list': {
          path: 'OptOutListName',
          is: reference(`${sms}/OptOuts`),
        },
        'answers to the number are known to AWS': { path: 'SelfManagedOptOutsEnabled', is: false },
        'who writes HELP to the number is answered': { path: 'MandatoryKeywords.HELP.Message', is: like(/STOP/) },
      },
    ),
    ...patienceExpectations({
      service: 'Notification',
      queues: { NotificationsQueue: 8, UndeliveredQueue: 8 },
      timeouts: {
        MESSAGES_CUSTOMERS_EMAIL_TIMEOUT_MILLISECONDS: 3000,
        MESSAGES_CUSTOMERS_SMS_TIMEOUT_MILLISECONDS: 3000,
        MESSAGES_CUSTOMERS_PUSH_TIMEOUT_MILLISECONDS: 3000,
      },
    }),
    ...about(
      { stack: 'Service-Notification', type: 'AWS::ECS::TaskDefinition', where: /\/Service\/Task$/, count: 1 },
      {
        'push goes to Apple itself': {
          path: 'ContainerDefinitions[Name=app].Environment[Name=MESSAGES_CUSTOMERS_PUSH_APPLE_URL].Value',
          is: 'https://api.push.apple.com',
        },
        'push goes to Google itself': {
          path: 'ContainerDefinitions[Name=app].Environment[Name=MESSAGES_CUSTOMERS_PUSH_GOOGLE_URL].Value',
          is: 'https://fcm.googleapis.com/v1/projects/example-shopflow',
        },
      },
    ),
    ...about(
      { stack: 'Workflows', type: 'AWS::SQS::Queue', where: /NotificationCommands\/Queue$/, count: 1 },
      { 'the saga asks notification by a queue of its own': { path: 'KmsMasterKeyId', is: like(/Messaging/) } },
    ),
  ],
};
