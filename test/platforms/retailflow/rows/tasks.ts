import { about, type Row } from '../../support/about';
import type { Expectation } from '../../support/expectations';
import { absent, containing, exactly, like, noneOf, notContaining, withoutText } from '../../support/matchers';
import { account, home } from './facts';

/** What every container of the platform is confined to: of services, of the gateway, of migrations. */
const confined: readonly Expectation[] = about(
  { type: 'AWS::ECS::TaskDefinition' },
  {
    'no container writes into its image': { path: 'ContainerDefinitions[*].ReadonlyRootFilesystem', is: true },
    'no container runs as root': { path: 'ContainerDefinitions[*].User', is: like(/^[1-9]\d*:[1-9]\d*$/) },
    'no container is privileged': { path: 'ContainerDefinitions[*].Privileged', is: noneOf(true) },
    'no container keeps what Linux would let it do': {
      path: 'ContainerDefinitions[*].LinuxParameters.Capabilities.Drop',
      is: exactly('ALL'),
    },
    'no container gets more from Linux': {
      path: 'ContainerDefinitions[*].LinuxParameters.Capabilities.Add',
      is: absent,
    },
    'what containers write is gone with them, and never run': {
      path: 'ContainerDefinitions[*].LinuxParameters.Tmpfs[*].MountOptions',
      is: exactly('noexec', 'nosuid', 'nodev'),
    },
    'processes that end are cleared away': {
      path: 'ContainerDefinitions[*].LinuxParameters.InitProcessEnabled',
      is: true,
    },
    'an image is what its digest says': { path: 'ContainerDefinitions[*].Image', is: like(/@sha256:[0-9a-f]{64}$/) },
    'all tasks of a release run one image': { path: 'ContainerDefinitions[*].VersionConsistency', is: 'enabled' },
    'containers log': { path: 'ContainerDefinitions[*].LogConfiguration.LogDriver', is: 'awslogs' },
    'containers log into an encrypted log': {
      path: 'ContainerDefinitions[*].LogConfiguration.Options[awslogs-group]',
      is: like(/^\$\{(Service-\w+\/Service|Cluster\/Gateway|Recovery\/Keeper)\/Logs\}$/),
    },
    'a slow log does not hold containers up': {
      path: 'ContainerDefinitions[*].LogConfiguration.Options.mode',
      is: 'non-blocking',
    },
    'no task sees the network of others': { path: 'NetworkMode', is: 'awsvpc' },
    'tasks run where nobody administers servers': { path: 'RequiresCompatibilities', is: exactly('FARGATE') },
    'tasks run on ARM64': { path: 'RuntimePlatform.CpuArchitecture', is: 'ARM64' },
    'no task sees the processes of others': { path: 'PidMode', is: absent },
    'no variable holds a secret': {
      path: 'ContainerDefinitions[*].Environment',
      is: withoutText(/\{\{resolve:|"Name":"[^"]*_(PASSWORD|API_KEY|PRIVATE_KEY|WEBHOOK_KEY)"/),
    },
  },
);

const roles: readonly Expectation[] = [
  ...about(
    { type: 'AWS::IAM::Role', where: /(TaskRole|ExecutionRole)$/ },
    {
      'tasks of the account alone take their roles': {
        path: 'AssumeRolePolicyDocument.Statement',
        is: containing({
          Principal: { Service: 'ecs-tasks.amazonaws.com' },
          Condition: {
            StringEquals: { 'aws:SourceAccount': account },
            ArnLike: { 'aws:SourceArn': `arn:aws:ecs:${home}:${account}:*` },
          },
        }),
      },
      'roles of tasks have no policies of others': { path: 'ManagedPolicyArns', is: absent },
    },
  ),
  ...about(
    { type: 'AWS::IAM::ManagedPolicy', where: /(TaskPolicy|ExecutionPolicy)$/ },
    {
      'tasks get secrets by name, never all of them': {
        path: 'PolicyDocument.Statement',
        is: notContaining({ Action: 'secretsmanager:GetSecretValue', Resource: '*' }),
      },
    },
  ),
];

export const tasks: Row = { row: 'cluster, service: tasks', expectations: [...confined, ...roles] };
