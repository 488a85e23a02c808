import { about, none, type Row } from '../../support/about';
import { emailExpectations } from '../../support/email-row';
import { patienceExpectations } from '../../support/patience-row';

/** The pilot: e-mail with retry and circuit breakers, by a domain of its own and no third party. */
export const messages: Row = {
  row: 'notification, the pilot: e-mail with retry and circuit breakers',
  expectations: [
    ...emailExpectations({
      part: 'PeopleMessages',
      account: '111122223333',
      region: 'eu-central-1',
      domain: 'mail.projects.example.com',
      addresses: 'shared',
      sender: 'Notification',
    }),
    ...patienceExpectations({
      service: 'Notification',
      queues: { NotificationsQueue: 8, UndeliveredQueue: 8 },
      timeouts: {
        MESSAGES_PEOPLE_EMAIL_TIMEOUT_MILLISECONDS: 5000,
        INTEGRATION_SLACK_TIMEOUT_MILLISECONDS: 3000,
        INTEGRATION_TEAMS_TIMEOUT_MILLISECONDS: 3000,
      },
    }),
    ...about(
      { stack: 'Service-Notification', type: 'AWS::ECS::TaskDefinition', where: /\/Service\/Task$/, count: 1 },
      {
        'a task takes work once each channel has answered': {
          path: 'ContainerDefinitions[Name=app].Environment[Name=HEALTH_PROVES_ONCE].Value',
          is: 'INTEGRATION_SLACK INTEGRATION_TEAMS MESSAGES_PEOPLE',
        },
      },
    ),
    none({ type: 'AWS::SMSVOICE::Pool' }, 'nobody is sent an SMS'),
  ],
};
