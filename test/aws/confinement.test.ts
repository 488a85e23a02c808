import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import { confinement } from '../../lib/aws/confinement';
import { templateOf, testStack } from '../support/aws';
import { only } from '../support/template';

function confined(memoryMiB: number) {
  const stack = testStack();
  const task = new ecs.FargateTaskDefinition(stack, 'Task', { cpu: 256, memoryLimitMiB: 512 });
  const logGroup = new logs.LogGroup(stack, 'Logs');
  task.addContainer('any', {
    image: ecs.ContainerImage.fromRegistry('registry.example.com/any'),
    ...confinement(task, { logGroup, streamPrefix: 'any', memoryMiB }),
  });
  return only(templateOf(stack), 'AWS::ECS::TaskDefinition').properties['ContainerDefinitions'][0];
}

describe('confinement', () => {
  test('is the same for every container', () => {
    expect(confined(512)).toMatchObject({
      User: '1000:1000',
      ReadonlyRootFilesystem: true,
      VersionConsistency: 'enabled',
      LinuxParameters: { InitProcessEnabled: true, Capabilities: { Drop: ['ALL'] } },
      LogConfiguration: {
        LogDriver: 'awslogs',
        Options: { 'awslogs-stream-prefix': 'any', mode: 'non-blocking', 'max-buffer-size': '26214400b' },
      },
    });
  });

  test.each([
    [512, 64],
    [2048, 256],
    [4096, 512],
  ])('of a container with %d MiB leaves %d MiB for temporary files', (memoryMiB, Size) => {
    expect(confined(memoryMiB).LinuxParameters.Tmpfs).toEqual([
      { ContainerPath: '/tmp', Size, MountOptions: ['noexec', 'nosuid', 'nodev'] },
    ]);
  });
});
