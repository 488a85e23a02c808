import { hardenedArchive, hardenedArchiveAlarms } from '../support/hardened-archive';
import { hardenedFlags } from '../support/hardened-flags';
import { hardenedEmail } from '../support/hardened-messages';
import { hardenedNames } from '../support/hardened-names';
import { hardenedRotation } from '../support/hardened-rotation';
import { hardenedTelemetry, hardenedTraceAlarms } from '../support/hardened-telemetry';
import type { Hardened } from '../support/mutations';
import { document } from './rows/contracts';
import { queryFigure, queryRule } from './rows/queries';

const gatewayTask = /Gateway\/Task$/;
const unrotated = /StoreDatabase\/Unrotated$/;
const paidAhead = /\/Commitments\//;

/** What TechFlow Solutions has and RetailFlow has not: flags that are turned while services run, offices, journeys, rules of SOC 2, ages of secrets, logs in a domain and in an archive. */
export const hardened: Readonly<Record<string, readonly Hardened[]>> = {
  'AWS::CloudWatch::Alarm': [
    ...[/\/Offices\/SecretAges\/Office\w+Old$/].flatMap((where) => [
      { where },
      { path: 'Threshold', weak: [3650], where },
      { path: 'AlarmActions', where },
      { path: 'TreatMissingData', weak: ['notBreaching'], where },
    ]),
    ...hardenedArchiveAlarms,
    ...hardenedTraceAlarms,
    ...[/\/ProjectsCache\/HitsAlarm$/, /\/FilesBucket\/Uploads$/].flatMap((where) => [
      { where },
      { path: 'Threshold', weak: [1], where },
      { path: 'ComparisonOperator', weak: ['GreaterThanThreshold'], where },
      { path: 'AlarmActions', where },
    ]),
  ],
  'AWS::S3::Bucket': [{ path: 'MetricsConfigurations', where: /FilesBucket/ }],
  'AWS::IAM::ManagedPolicy': ['Condition', 'Condition.StringLike', 'Condition.StringEquals'].map((path) => ({
    path: `PolicyDocument.Statement[Action=kms:Decrypt].${path}`,
    where: /OpenProjectsJourney\/Policy$/,
  })),
  'AWS::ECS::TaskDefinition': [
    {
      path: `${document}.services[name=user~api~users].routes[*].paths`,
      weak: [['~/api/users(?:/|$)']],
      where: gatewayTask,
    },
    {
      path: `${document}.services[name=user~api~users].routes[name=user~api~users~~GET-PATCH].methods`,
      weak: [['DELETE', 'GET', 'PATCH']],
      where: gatewayTask,
    },
    { path: `${document}.routes[name=user~api~users~~~]`, where: gatewayTask },
    { path: `${document}.routes[name=user~api~users~~~].methods`, weak: [['GET']], where: gatewayTask },
    { path: `${document}.routes[name=user~api~users~~~].plugins`, where: gatewayTask },
    { path: `${document}.services[name=user~api~users].plugins[name=jwt]`, where: gatewayTask },
    { path: `${document}.services[name=user~api~users].plugins[name=rate-limiting]`, where: gatewayTask },
  ],
  ...hardenedFlags,
  ...hardenedArchive,
  ...hardenedRotation,
  ...hardenedNames,
  ...hardenedTelemetry,
  'AWS::APS::RuleGroupsNamespace': [
    ...(hardenedTelemetry['AWS::APS::RuleGroupsNamespace'] ?? []),
    { path: `${queryRule('QueriesSlow')}.expr`, weak: ['service:queries:p95_5m > 30'] },
    { path: `${queryRule('QueriesSlow')}.annotations.description`, weak: ['Something is slow.'] },
    { path: `${queryRule('QueriesUntold')}.expr`, weak: ['absent(service:queries:within5m)'] },
    { path: queryFigure('p95_5m'), weak: ['histogram_quantile(0.5, service:queries:within5m)'] },
    { path: queryFigure('rate5m'), weak: ['sum(rate(db_client_operation_duration_seconds_count[5m]))'] },
    { path: queryFigure('within5m'), weak: ['sum(rate(db_client_operation_duration_seconds_bucket[5m]))'] },
  ],
  ...hardenedEmail,
  'AWS::Config::ConformancePack': [{}, { path: 'TemplateBody', weak: ['{"Resources":{}}'] }],
  'AWS::Events::Rule': [
    { where: unrotated },
    { where: unrotated, path: 'EventPattern.detail.additionalEventData.SecretId', weak: [['arn:of:somebody:else']] },
    { where: unrotated, path: 'EventPattern.detail.eventName', weak: [['RotationSucceeded']] },
    { where: unrotated, path: 'Targets' },
  ],
  'Custom::OfficeKeys': [{}, { path: 'VpnConnectionId', weak: ['vpn-of-somebody-else'] }],
  'AWS::EC2::VPNGateway': [{}, { path: 'Type', weak: ['none'] }, { path: 'AmazonSideAsn', weak: [64_512] }],
  'AWS::Budgets::Budget': [
    { where: paidAhead },
    { where: paidAhead, path: 'Budget.BudgetType', weak: ['COST'] },
    { where: paidAhead, path: 'NotificationsWithSubscribers[*].Notification.Threshold', weak: [1] },
    {
      where: paidAhead,
      path: 'NotificationsWithSubscribers[*].Notification.ComparisonOperator',
      weak: ['GREATER_THAN'],
    },
    { where: paidAhead, path: 'NotificationsWithSubscribers[*].Subscribers', weak: [[]] },
  ],
  'AWS::Logs::Delivery': [{ path: 'RecordFields', weak: [['sc-status', 'c-ip']] }],
  'AWS::Logs::AccountPolicy': [
    {},
    { path: 'SelectionCriteria', weak: ['LogGroupName NOT IN []'] },
    { path: 'PolicyDocument', weak: ['{}'] },
  ],
  'AWS::Synthetics::Canary': [
    {},
    { path: 'Schedule.Expression', weak: ['rate(1 hour)'] },
    { path: 'StartCanaryAfterCreation' },
    { path: 'RunConfig.EnvironmentVariables.ORIGIN', weak: ['https://elsewhere.example.com'] },
    { path: 'RunConfig.EnvironmentVariables.SIGN_IN', weak: ['{}'] },
    { path: 'ArtifactConfig.S3Encryption.KmsKeyArn', weak: ['arn:of:somebody:else'] },
  ],
};
