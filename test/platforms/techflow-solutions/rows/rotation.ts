import { about, type Row } from '../../support/about';
import { ageWatch } from '../../support/age-watch';
import { gatewayLogin } from '../../support/gateway-login';
import { tokenKeys } from '../../support/token-keys';
import { reference } from '../../support/graph';
import { all, atMost, oneOf } from '../../support/matchers';
import { unrotated } from '../../support/unrotated';

const watched = ['GoogleWorkspace', 'JourneyPerson', 'PaymentProvider', 'Slack', 'Teams'];

/** No credential is used for ever: machines change theirs, and somebody is called when people did not. */
export const rotation: Row = {
  row: 'rotation',
  expectations: [
    ...about(
      { stack: 'Security', type: 'AWS::CloudWatch::Alarm', where: /SecretAges\//, count: watched.length },
      {
        'a secret that people change is at most half a year old': {
          path: 'Threshold',
          is: all(atMost(180), oneOf(90, 180)),
        },
        'where nobody looks how old a secret is, somebody is called': { path: 'TreatMissingData', is: 'breaching' },
        'somebody is called when a secret is too old': {
          path: 'AlarmActions',
          is: [reference('Security/Alarms/Topic')],
        },
        'what is measured is the age of the value': { path: 'MetricName', is: 'AgeDays' },
      },
    ),
    ...ageWatch('Security', 'Security/SecretAges', 'what people gave'),
    ...['Headquarters', 'Support'].flatMap((office) => [
      ...about(
        {
          stack: 'Network',
          type: 'AWS::CloudWatch::Alarm',
          where: new RegExp(`SecretAges/Office${office}Old$`),
          count: 1,
        },
        {
          [`a key of ${office} is at most a year old`]: { path: 'Threshold', is: 365 },
          [`where nobody looks how old keys of ${office} are, somebody is called`]: {
            path: 'TreatMissingData',
            is: 'breaching',
          },
          [`somebody is called when a key of ${office} is too old`]: {
            path: 'AlarmActions',
            is: [reference('Security/Alarms/Topic')],
          },
        },
      ),
      ...about(
        { stack: 'Network', type: 'Custom::OfficeKeys', where: new RegExp(`Told/${office}(/Default)?$`), count: 1 },
        {
          [`the connection of ${office} says where its keys lie`]: {
            path: 'VpnConnectionId',
            is: reference(`Network/Offices/${office}/Connection`, 'VpnConnectionId'),
          },
        },
      ),
    ]),
    ...ageWatch('Network', 'Network/Offices/SecretAges', 'a key of a tunnel'),
    ...about(
      { stack: 'Data', type: 'AWS::RDS::DBCluster', count: 1 },
      {
        'RDS itself makes and changes the password of the administrator': {
          path: 'ManageMasterUserPassword',
          is: true,
        },
        'services have no password at the database that could grow old': {
          path: 'EnableIAMDatabaseAuthentication',
          is: true,
        },
      },
    ),
    ...unrotated('Data/StoreDatabase/Server/Cluster'),
    ...gatewayLogin('gateway-techflow-solutions-production'),
    ...tokenKeys,
    ...about(
      {
        stack: 'Cluster',
        type: 'AWS::CloudWatch::Alarm',
        where: /GatewayLogin\/(Failed|DeadLetter|Age\/GatewayLoginOld)$/,
        count: 3,
      },
      {
        'somebody is called when the gateway’s password is not rotated': {
          path: 'AlarmActions',
          is: [reference('Security/Alarms/Topic')],
        },
      },
    ),
    ...about(
      { stack: 'Data', type: 'AWS::ElastiCache::User', where: /ServiceUser$/ },
      { 'services have no password at caches that could grow old': { path: 'AuthenticationMode.Type', is: 'iam' } },
    ),
  ],
};
