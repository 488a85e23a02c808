import { about, type Row } from '../../support/about';
import { emailExpectations } from '../../support/email-row';
import { reference } from '../../support/graph';
import { smsExpectations } from '../../support/sms-row';

const part = 'CustomersMessages';
const [region, account] = ['ap-southeast-1', '111122223333'];

export const messages: Row = {
  row: 'messages to people',
  expectations: [
    ...emailExpectations({
      part,
      account,
      region,
      domain: 'mail.shop.example.com',
      addresses: 'shared',
      sender: 'Notification',
    }),
    ...smsExpectations({
      part,
      sender: 'Notification',
      countries: ['ID', 'MY', 'PH', 'SG', 'TH', 'VN'],
      senders: [
        ...['ID', 'PH', 'SG', 'TH', 'VN'].map(
          (country) => `arn:aws:sms-voice:${region}:${account}:sender-id/RETAILFLOW/${country}`,
        ),
        reference(`Messaging/${part}/Sms/SenderMY`, 'Arn'),
      ],
    }),
    ...about(
      { stack: 'Messaging', type: 'AWS::SMSVOICE::SenderId', count: 1 },
      {
        'the name of SMS is that of the definition': { path: 'SenderId', is: 'RETAILFLOW' },
        'the name of SMS is asked for where nobody registers it': { path: 'IsoCountryCode', is: 'MY' },
        'the name of SMS is not given back by mistake': { path: 'DeletionProtectionEnabled', is: true },
      },
    ),
  ],
};
