import { about, type Row } from '../../support/about';
import { archived } from '../../support/archived';
import { reference } from '../../support/graph';

/** The audit trail of the database, which nobody can change. */
export const databaseLogs: Row = {
  row: 'SOC 2: trails of the database',
  expectations: [
    ...archived({
      stack: 'Audit',
      archive: 'Audit/Audit/DatabaseLogs',
      days: 1095,
      copies: 4,
      key: reference('Security/Keys/Logs', 'Arn'),
    }),
    {
      name: 'everything that the database, its pool and its logins log is copied',
      stack: 'Data',
      type: 'AWS::Logs::SubscriptionFilter',
      where: /StoreDatabase\/Logs\/(Proxy|Postgresql|Upgrade|IamDbAuthError)\/Archived$/,
      count: 4,
    },
    ...about(
      { stack: 'Data', type: 'AWS::Logs::SubscriptionFilter', where: /Logs\/Postgresql\// },
      {
        'what pgaudit writes is in it': {
          path: 'LogGroupName',
          is: reference('Data/StoreDatabase/Logs/Postgresql'),
        },
      },
    ),
    ...about(
      { stack: 'Audit', type: 'AWS::S3::BucketPolicy', where: /DatabaseLogs/, count: 1 },
      {
        'nobody but the delivery of logs is let in by the archive': {
          path: 'PolicyDocument.Statement[Effect=Allow].Principal',
          is: { Service: 'delivery.logs.amazonaws.com' },
        },
      },
    ),
  ],
};
