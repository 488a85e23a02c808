import { one, type Row } from '../../support/about';
import { azureMailRecords } from '../../support/azure-mail-records';
import { azureMessagesExpectations } from '../../support/azure-messages-row';
import { reference } from '../../support/graph';
import { containing, exactly } from '../../support/matchers';
import { copies } from './facts';
import { labels as tags } from './warehouse';

const part = 'PeopleMessages';
const service = reference(`messages/${part}/Service`, 'id');

/** Notification: e-mail, SMS and push, sent for both regions by what belongs to none. */
export const messages: Row = {
  row: 'notification',
  expectations: [
    ...azureMessagesExpectations({
      platform: 'techflow',
      part,
      dataLocation: 'Europe',
      domain: 'mail.app.example.com',
      monthlyDollars: 1000,
      tags,
    }),
    ...azureMailRecords({ part: 'People', zone: 'app.example.com', name: 'mail', tags }),
    one(
      'what sends belongs to no region, so that both clusters send by it',
      'azapi_resource',
      `messages/${part}/Service`,
      {
        location: 'global',
      },
    ),
    one(
      'what did not arrive is told from no region',
      'azurerm_eventgrid_system_topic',
      `messages/${part}/Feedback/Topic`,
      { location: 'global' },
    ),
    one(
      'the second region watches what bounces, too',
      'azurerm_monitor_scheduled_query_rules_alert_v2',
      `recovery-operations/${part}/Bounces`,
      {
        location: copies,
        scopes: exactly(reference('recovery-foundation/Observability/Workspace', 'id')),
        'criteria[*].threshold': 5,
        action: containing({ action_groups: [reference('recovery-foundation/Observability/OnCall', 'id')] }),
      },
    ),
    one(
      'the second region is told what becomes of e-mail',
      'azurerm_monitor_diagnostic_setting',
      `recovery-operations/${part}/Diagnostics`,
      {
        name: 'workspace-recovery',
        target_resource_id: service,
        log_analytics_workspace_id: reference('recovery-foundation/Observability/Workspace', 'id'),
      },
    ),
  ],
};

const env = 'spec.template.spec.containers[0].env';

/** What the pods of notification are told, and what their proxies let them reach, in the cluster of a region. */
export const channels = (region: string): Row => ({
  row: `notification, in ${region}`,
  expectations: [
    one(
      `notification in ${region} sends from the one address, by its identity`,
      'Rollout',
      'techflow-notification/rollout-notification',
      {
        [env]: containing(
          { name: 'MESSAGES_PEOPLE_AUTH', value: 'entra' },
          { name: 'MESSAGES_PEOPLE_EMAIL_FROM', value: 'no-reply@mail.app.example.com' },
          { name: 'MESSAGES_PEOPLE_SMS_FROM_DE', value: 'TECHFLOW' },
          { name: 'MESSAGES_PEOPLE_PUSH_APPLE_TOPIC', value: 'com.example.techflow' },
          { name: 'BREAKER_FAILURES', value: '5' },
          { name: 'BREAKER_REST_SECONDS', value: '30' },
        ),
      },
    ),
    // The host of what sends is told after it is made.
    ...['untold.invalid', 'api.push.apple.com', 'fcm.googleapis.com'].flatMap((host) => [
      one(
        `${host} is reached by notification in ${region}`,
        'ServiceEntry',
        `techflow-notification/serviceentry-${host}`,
        {
          'spec.hosts': exactly(host),
          'spec.exportTo': exactly('.'),
        },
      ),
      one(
        `${host} is left alone in ${region} when it does not answer`,
        'DestinationRule',
        `techflow-notification/destinationrule-${host}`,
        {
          'spec.trafficPolicy.outlierDetection.consecutiveLocalOriginFailures': 5,
          'spec.trafficPolicy.outlierDetection.baseEjectionTime': '30s',
          'spec.trafficPolicy.connectionPool.tcp.connectTimeout': '3000ms',
        },
      ),
    ]),
  ],
});
