import { runTaskRepetition } from './run-task';

export interface JobMachineProps {
  readonly partition: string;
  /** How long a run takes at most, its start included, in seconds. */
  readonly seconds: number;
  readonly clusterArn: string;
  readonly taskDefinitionArn: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
  /** The container that does the work. */
  readonly container: string;
}

/** Time beside the task's own, in seconds: its end is told of a little later. */
const answerSeconds = 120;

/**
 * A run of a job, in the language of Step Functions: one task, which is stopped when its time is over. A task counts as failed as soon
 * as any container of it did, those of others beside it too: what is asked here is how the job itself ended.
 */
export const jobMachine = (props: JobMachineProps) => ({
  Comment: 'A run of a job',
  QueryLanguage: 'JSONata',
  StartAt: 'Run',
  TimeoutSeconds: props.seconds + answerSeconds,
  States: {
    Run: {
      Type: 'Task',
      Resource: `arn:${props.partition}:states:::ecs:runTask.sync`,
      TimeoutSeconds: props.seconds,
      Arguments: {
        Cluster: props.clusterArn,
        TaskDefinition: props.taskDefinitionArn,
        LaunchType: 'FARGATE',
        PlatformVersion: '1.4.0',
        NetworkConfiguration: {
          AwsvpcConfiguration: {
            Subnets: props.subnetIds,
            SecurityGroups: [props.securityGroupId],
            AssignPublicIp: 'DISABLED',
          },
        },
      },
      Retry: [runTaskRepetition],
      Catch: [
        {
          ErrorEquals: ['States.TaskFailed'],
          Assign: { task: '{% $parse($states.errorOutput.Cause) %}' },
          Next: 'Ended',
        },
      ],
      Next: 'Done',
    },
    Ended: {
      Type: 'Choice',
      Choices: [{ Condition: `{% $task.Containers[Name='${props.container}'].ExitCode = 0 %}`, Next: 'Done' }],
      Default: 'Failed',
    },
    Done: { Type: 'Succeed' },
    Failed: { Type: 'Fail', Error: 'JobFailed', Cause: 'The job did not end with 0: its log says why.' },
  },
});
