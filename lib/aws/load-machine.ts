import type * as ecs from 'aws-cdk-lib/aws-ecs';
import { runTaskRepetition } from './run-task';

export interface LoadMachineProps {
  readonly partition: string;
  /** How many programs make the users. */
  readonly programs: number;
  /** How long a program runs at most, in seconds. */
  readonly seconds: number;
  readonly clusterArn: string;
  readonly taskDefinitionArn: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
  /** Of what keeps and judges results. */
  readonly functionArn: string;
}

/** Name of the container that makes load. */
export const k6Container = 'k6';

/** How a run goes, in the language of Step Functions: every program at once, then one judgement of what they found. */
export const loadMachine = (props: LoadMachineProps) => ({
  Comment: 'A run of a load test',
  StartAt: 'Programs',
  TimeoutSeconds: props.seconds + 900,
  States: {
    Programs: {
      Type: 'Pass',
      Result: Array.from({ length: props.programs }, (_each, program) => String(program)),
      ResultPath: '$.programs',
      Next: 'MakeLoad',
    },
    MakeLoad: {
      Type: 'Map',
      ItemsPath: '$.programs',
      ItemSelector: { 'program.$': '$$.Map.Item.Value', 'run.$': '$$.Execution.Name' },
      ItemProcessor: {
        ProcessorConfig: { Mode: 'INLINE' },
        StartAt: 'Program',
        States: { Program: programState(props) },
      },
      ResultPath: '$.tasks',
      Next: 'Judge',
    },
    Judge: {
      Type: 'Task',
      Resource: `arn:${props.partition}:states:::lambda:invoke`,
      Parameters: { FunctionName: props.functionArn, Payload: { 'tasks.$': '$.tasks' } },
      OutputPath: '$.Payload',
      Retry: [
        {
          ErrorEquals: ['Lambda.ServiceException', 'Lambda.SdkClientException', 'Lambda.TooManyRequestsException'],
          IntervalSeconds: 5,
          MaxAttempts: 5,
          BackoffRate: 2,
        },
      ],
      Next: 'Good',
    },
    Good: { Type: 'Choice', Choices: [{ Variable: '$.good', BooleanEquals: true, Next: 'Passed' }], Default: 'Missed' },
    Passed: { Type: 'Succeed' },
    Missed: { Type: 'Fail', Error: 'Missed', CausePath: 'States.JsonToString($.missed)' },
  },
});

const programState = (props: LoadMachineProps) => ({
  Type: 'Task',
  Resource: `arn:${props.partition}:states:::ecs:runTask.sync`,
  TimeoutSeconds: props.seconds + 600,
  Parameters: {
    Cluster: props.clusterArn,
    TaskDefinition: props.taskDefinitionArn,
    LaunchType: 'FARGATE' satisfies `${ecs.LaunchType}`,
    NetworkConfiguration: {
      AwsvpcConfiguration: {
        Subnets: props.subnetIds,
        SecurityGroups: [props.securityGroupId],
        AssignPublicIp: 'DISABLED',
      },
    },
    Overrides: {
      ContainerOverrides: [
        {
          Name: k6Container,
          Environment: [
            { Name: 'PROGRAM', 'Value.$': '$.program' },
            { Name: 'RUN', 'Value.$': '$.run' },
          ],
        },
      ],
    },
  },
  ResultSelector: { 'task.$': '$.TaskArn' },
  Retry: [runTaskRepetition],
  End: true,
});
