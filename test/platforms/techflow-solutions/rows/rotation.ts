import { about, type Row } from '../../support/about';
import { gatewayLogin } from '../../support/gateway-login';
import { reference } from '../../support/graph';
import { all, atMost, oneOf, present, withoutText } from '../../support/matchers';

const watched = ['GoogleWorkspace', 'PaymentProvider', 'Slack', 'Teams', 'TokenKeys'];

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
    ...about(
      { stack: 'Security', type: 'AWS::CloudWatch::Alarm', where: /SecretAges\/TokenKeysOld$/, count: 1 },
      { 'the keys that sign tokens are at most a quarter old': { path: 'Threshold', is: 90 } },
    ),
    ...about(
      { stack: 'Security', type: 'AWS::Events::Rule', where: /SecretAges\/Schedule$/, count: 1 },
      {
        'the age of secrets is looked at twice a day': { path: 'ScheduleExpression', is: 'rate(12 hours)' },
        'whoever looks at ages is started': {
          path: 'Targets[*].Arn',
          is: reference('Security/SecretAges/Function', 'Arn'),
        },
      },
    ),
    ...about(
      { stack: 'Security', type: 'AWS::Lambda::Permission', count: 1 },
      {
        'the schedule alone starts whoever looks at ages': {
          path: 'SourceArn',
          is: reference('Security/SecretAges/Schedule', 'Arn'),
        },
        'nobody but events starts whoever looks at ages': { path: 'Principal', is: 'events.amazonaws.com' },
      },
    ),
    ...about(
      { stack: 'Security', type: 'AWS::IAM::ManagedPolicy', where: /SecretAges\/Policy$/, count: 1 },
      {
        'whoever looks at ages reads no secret': {
          path: 'PolicyDocument.Statement[*].Action',
          is: all(present, withoutText(/GetSecretValue|PutSecretValue|kms:/)),
        },
      },
    ),
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
    ...gatewayLogin('gateway-techflow-solutions-production'),
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
