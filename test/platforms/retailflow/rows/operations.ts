import { about, type Row } from '../../support/about';
import type { Expectation } from '../../support/expectations';
import { reference } from '../../support/graph';
import { absent, atMost, containing, exactly, like, oneLike, present } from '../../support/matchers';
import { domain, home, services } from './facts';

const vpc = reference('Network/Network/Vpc');

/** Functions of the platform's own, which CloudFormation and Secrets Manager call. CDK's own function for default groups is not ours. */
const functions: readonly Expectation[] = [
  ...about(
    { type: 'AWS::Lambda::Function', where: /^(Cluster|Data|Security)\//, count: 5 },
    {
      'functions log into an encrypted log': {
        path: 'LoggingConfig.LogGroup',
        is: like(
          /^\$\{(Security\/SecretAges|Cluster\/Migrations|Cluster\/GatewayLogin(\/Age)?|Data\/ProductsSearch\/Roles)\/Logs\}$/,
        ),
      },
      'functions run on a runtime that is maintained': { path: 'Runtime', is: like(/^nodejs2[4-9]\.x$/) },
      'functions run on ARM64': { path: 'Architectures', is: exactly('arm64') },
      'functions end in time': { path: 'Timeout', is: atMost(900) },
    },
  ),
  ...about(
    { stack: 'Cluster', type: 'AWS::Lambda::Function', where: /Migrations/, count: 1 },
    {
      'what cannot run migrations is kept': {
        path: 'DeadLetterConfig.TargetArn',
        is: reference('Cluster/Migrations/DeadLetters', 'Arn'),
      },
      'migrations leave the account its functions': { path: 'ReservedConcurrentExecutions', is: absent },
    },
  ),
  ...about(
    { stack: 'Cluster', type: 'AWS::Lambda::EventInvokeConfig', count: 1 },
    { 'a migration is not begun twice': { path: 'MaximumRetryAttempts', is: 0 } },
  ),
  ...about(
    { stack: 'Network', type: 'AWS::Lambda::Function', count: 1 },
    {
      'the function that locks default groups runs on a runtime that is maintained': {
        path: 'Runtime',
        is: like(/^nodejs2[2-9]\.x$/),
      },
    },
  ),
];

const spending: readonly Expectation[] = [
  ...about(
    { stack: 'Observability', type: 'AWS::Budgets::Budget', count: 1 },
    {
      'a month costs what the definition allows': { path: 'Budget.BudgetLimit.Amount', is: 88_000 },
      'the costs of a month are foreseen': {
        path: 'NotificationsWithSubscribers[*].Notification.NotificationType',
        is: oneLike(/^FORECASTED$/),
      },
      'costs are told to people': {
        path: 'NotificationsWithSubscribers[*].Subscribers[*].Address',
        is: 'on-call@example.com',
      },
    },
  ),
  ...about(
    { stack: 'Observability', type: 'AWS::CE::AnomalySubscription', count: 1 },
    {
      'costs out of the ordinary are told to people': { path: 'Subscribers[*].Address', is: 'on-call@example.com' },
      'costs out of the ordinary are looked for in every service': {
        path: 'MonitorArnList[*]',
        is: reference('Observability/Observability/Budget/Services', 'MonitorArn'),
      },
    },
  ),
  ...about(
    { stack: 'Observability', type: 'AWS::CE::AnomalyMonitor', count: 1 },
    { 'costs are compared service by service': { path: 'MonitorDimension', is: 'SERVICE' } },
  ),
];

const seen: readonly Expectation[] = [
  ...['', '-gateway', ...services.map((service) => `-${service}`)].map((name) => ({
    name: `there is a dashboard retailflow-production${name}`,
    type: 'AWS::CloudWatch::Dashboard',
    having: { DashboardName: `retailflow-production${name}` },
    count: 1,
    path: 'DashboardBody.widgets',
    is: present,
  })),
  ...about(
    { stack: 'Observability', type: 'AWS::Logs::QueryDefinition', count: 1 },
    {
      'a request is followed through every log by its id': { path: 'QueryString', is: like(/filter @message like/) },
      'a request is followed through every service': {
        path: 'LogGroupNames',
        is: containing(
          reference('Cluster/Gateway/Logs'),
          ...services.map((name) => reference(`Service-${name.charAt(0).toUpperCase()}${name.slice(1)}/Service/Logs`)),
        ),
      },
    },
  ),
];

const names: readonly Expectation[] = [
  ...about(
    { stack: 'Cluster', type: 'AWS::Route53::RecordSet', where: /AnyService$/, count: 1 },
    {
      'every name of a service leads to the load balancer': { path: 'Name', is: `*.services.${domain}.` },
      'names of services are private': { path: 'HostedZoneId', is: reference('Cluster/Services') },
    },
  ),
  ...about(
    { stack: 'Cluster', type: 'AWS::Route53::HostedZone', count: 1 },
    {
      'names of services resolve inside the VPC alone': { path: 'VPCs', is: exactly({ VPCId: vpc, VPCRegion: home }) },
      'names of services are below the domain': { path: 'Name', is: `services.${domain}.` },
    },
  ),
  ...about(
    { stack: 'Cluster', type: 'AWS::ServiceDiscovery::HttpNamespace', count: 1 },
    { 'services find each other in a namespace of the stage': { path: 'Name', is: 'retailflow-production' } },
  ),
];

export const operations: Row = {
  row: 'functions, spending, dashboards, names',
  expectations: [...functions, ...spending, ...seen, ...names],
};
