import { madeService } from '../support/service-world';
import { allOf, only } from '../support/template';

const { template } = madeService('order');
const task = only(template, 'AWS::ECS::TaskDefinition').properties;
const container = task['ContainerDefinitions'][0];
const own = (type: string) => allOf(template, type).filter(({ logicalId }) => logicalId.startsWith('Subject'));

describe('the container of a service', () => {
  test.each([
    ['has a read-only root file system', container.ReadonlyRootFilesystem, true],
    ['drops every capability and adds none', container.LinuxParameters.Capabilities, { Drop: ['ALL'] }],
    ['is not root', container.User, '1000:1000'],
    ['is not privileged', container.Privileged, undefined],
    [
      'writes to memory from which nothing can be started',
      container.LinuxParameters.Tmpfs,
      [{ ContainerPath: '/tmp', Size: 256, MountOptions: ['noexec', 'nosuid', 'nodev'] }],
    ],
    ['mounts nothing else', [task['Volumes'], container.MountPoints], [undefined, undefined]],
    [
      'has an init process that reaps children and hands signals on',
      container.LinuxParameters.InitProcessEnabled,
      true,
    ],
    ['runs the image of the deployment on every task', container.VersionConsistency, 'enabled'],
    ['has the time to drain that its definition gives it', container.StopTimeout, 30],
    ['is asked whether it lives', container.HealthCheck.Command.at(-1), 'http://127.0.0.1:8080/health/live'],
    [
      'listens on its port',
      container.PortMappings,
      [{ Name: 'order', ContainerPort: 8080, Protocol: 'tcp', AppProtocol: 'http' }],
    ],
    ['is essential, so that its end is the end of the task', container.Essential, true],
    ['never waits for its logs', container.LogConfiguration.Options.mode, 'non-blocking'],
    [
      'keeps 25 MiB of logs while they cannot be written',
      container.LogConfiguration.Options['max-buffer-size'],
      '26214400b',
    ],
    ['is alone in its task', task['ContainerDefinitions'].length, 1],
  ])('%s', (_title, got, expected) => {
    expect(got).toEqual(expected);
  });

  test('runs the image by digest', () => {
    expect(JSON.stringify(container.Image)).toContain(`@sha256:${'0'.repeat(64)}`);
  });

  test('logs to the log group of the service', () => {
    expect(container.LogConfiguration.Options['awslogs-group']).toEqual({
      Ref: own('AWS::Logs::LogGroup')[0]?.logicalId,
    });
  });

  test('gets secrets by reference and no secret as a variable', () => {
    const secrets = container.Secrets.map(({ Name }: { Name: string }) => Name);
    const variables = container.Environment.map(({ Name }: { Name: string }) => Name);
    expect(secrets).toEqual(['SECRET_SHIPPING_PROVIDER_API_KEY']);
    expect(variables.filter((name: string) => name.startsWith('SECRET_'))).toEqual([]);
    expect(container.Secrets[0].ValueFrom).toEqual({
      'Fn::Join': ['', [{ Ref: 'ShippingProviderSecretE28B5EC8' }, ':apiKey::']],
    });
  });
});

describe('the task of a service', () => {
  test.each([
    ['runs on ARM', task['RuntimePlatform'], { CpuArchitecture: 'ARM64', OperatingSystemFamily: 'LINUX' }],
    ['runs on Fargate only', task['RequiresCompatibilities'], ['FARGATE']],
    ['has a network interface of its own', task['NetworkMode'], 'awsvpc'],
    ['has the size of its definition', [task['Cpu'], task['Memory']], ['1024', '2048']],
    ['shares no process namespace', task['PidMode'], undefined],
  ])('%s', (_title, got, expected) => {
    expect(got).toEqual(expected);
  });

  test('works in one role and is started in another, both its own', () => {
    const roles = own('AWS::IAM::Role').map(({ logicalId }) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] }));
    expect(roles).toHaveLength(2);
    expect(roles).toEqual([task['TaskRoleArn'], task['ExecutionRoleArn']]);
  });

  test('has no inline policy', () => {
    expect(own('AWS::IAM::Policy')).toEqual([]);
    expect(own('AWS::IAM::Role').filter(({ properties }) => 'Policies' in properties)).toEqual([]);
  });
});
