import { about, type Row } from '../../support/about';
import { between, containing, exactly, like, oneOf } from '../../support/matchers';
import { reference } from '../../support/graph';
import { grpc, services } from './facts';

const scales = (service: string) => ({
  stack: `Service-${service}`,
  type: 'AWS::ApplicationAutoScaling::ScalableTarget',
  count: 1,
});

export const servicesRow: Row = {
  row: 'services',
  expectations: [
    {
      name: 'there are twelve services and the web front end',
      type: 'AWS::ECS::Service',
      stack: 'Service-*',
      count: services.length,
    },
    ...services.flatMap((service) =>
      about(
        { stack: `Service-${service}`, type: 'AWS::ECS::Service', count: 1 },
        {
          [`${service} gives up a release that does not start`]: {
            path: 'DeploymentConfiguration.DeploymentCircuitBreaker',
            is: containing({ Enable: true, Rollback: true }),
          },
          [`${service} has no public address`]: {
            path: 'NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp',
            is: 'DISABLED',
          },
        },
      ),
    ),
    ...grpc.flatMap((service) =>
      about(
        { stack: `Service-${service}`, type: 'AWS::ECS::TaskDefinition', where: /\/Service\/Task$/, count: 1 },
        {
          [`${service} speaks gRPC`]: {
            path: 'ContainerDefinitions[Name=app].PortMappings[*].AppProtocol',
            is: 'grpc',
          },
        },
      ),
    ),
    ...grpc.flatMap((service) =>
      about(
        { stack: `Service-${service}`, type: 'AWS::ECS::Service', count: 1 },
        {
          [`calls of ${service} are encrypted from proxy to proxy`]: {
            path: 'ServiceConnectConfiguration.Services[*].Tls.IssuerCertificateAuthority.AwsPcaAuthorityArn',
            is: like(/CertificateAuthority/),
          },
        },
      ),
    ),
    ...about(scales('User'), {
      'the hottest service has six tasks by day': { path: 'MinCapacity', is: 6 },
      'the hottest service has 28 tasks at the peak': { path: 'MaxCapacity', is: 28 },
    }),
    ...about(
      { stack: 'Service-User', type: 'AWS::ApplicationAutoScaling::ScalingPolicy', where: /(Cpu|PerTask)$/, count: 2 },
      {
        'tasks of the hottest service follow its load': { path: 'PolicyType', is: 'TargetTrackingScaling' },
      },
    ),
    ...about(
      { stack: 'Service-Payment', type: 'AWS::ECS::Service', count: 1 },
      {
        'payments are released to a second fleet at once': {
          path: 'DeploymentConfiguration.Strategy',
          is: 'BLUE_GREEN',
        },
        'the first fleet of payments waits': { path: 'DeploymentConfiguration.BakeTimeInMinutes', is: 30 },
      },
    ),
    ...about(
      { stack: 'Service-Catalog', type: 'AWS::ECS::Service', count: 1 },
      {
        'a release is first for 5%': {
          path: 'DeploymentConfiguration.CanaryConfiguration.CanaryPercent',
          is: 5,
        },
        'a release is taken back by alarms of errors and time': {
          path: 'DeploymentConfiguration.Alarms',
          is: containing({ Enable: true, Rollback: true }),
        },
      },
    ),
    ...about(
      { stack: 'Data', type: 'AWS::RDS::DBCluster', count: 2 },
      {
        'databases are encrypted': { path: 'StorageEncrypted', is: true },
        'databases cannot be deleted': { path: 'DeletionProtection', is: true },
        'databases can be put back to any time of five weeks': { path: 'BackupRetentionPeriod', is: 35 },
      },
    ),
    ...about(
      { type: 'Custom::Migration' },
      {
        'services with a database bring their own schema up to date': { path: 'ServiceToken', is: like(/Migrations/) },
      },
    ),
    {
      name: 'each service with a database has a migration of its own',
      type: 'Custom::Migration',
      stack: 'Service-*',
      count: 11,
    },
    ...about(
      { stack: 'Workflows', type: 'AWS::StepFunctions::StateMachine', count: 1 },
      {
        'the saga begins with a hold on stock': { path: 'DefinitionString.States.Begin.Next', is: 'hold-stock' },
        'money that was taken is given back last': {
          path: 'DefinitionString.States[refund-payment].Next',
          is: 'TellUndone',
        },
        'a refused payment releases the hold at once': {
          path: 'DefinitionString.States[take-payment].Catch[*].Next',
          is: oneOf('release-stock', 'refund-payment'),
        },
        'a parcel that cannot be sent gives the money back': {
          path: 'DefinitionString.States[cancel-parcel].Next',
          is: 'refund-payment',
        },
        'the release of a hold is tried often': {
          path: 'DefinitionString.States[release-stock].Retry[*].MaxAttempts',
          is: between(5, 100),
        },
      },
    ),
    ...about(
      { stack: 'Workflows', type: 'AWS::IAM::ManagedPolicy', count: 1 },
      {
        'the saga tells its four services and customers, and nobody else': {
          path: 'PolicyDocument.Statement[Sid=Sends].Resource',
          is: exactly(
            ...['Fulfilment', 'Inventory', 'Notification', 'Payment'].map((name) =>
              reference(`Workflows/OrderSaga/${name}Commands/Queue`, 'Arn'),
            ),
            reference('Messaging/NotificationsQueue/Queue', 'Arn'),
          ),
        },
      },
    ),
    ...about(
      { type: 'AWS::Budgets::Budget', count: 1 },
      { 'spend is watched': { path: 'Budget.BudgetLimit.Amount', is: 60_000 } },
    ),
  ],
};
