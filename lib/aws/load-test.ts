import { aws_cloudwatch as cloudwatch, aws_scheduler as scheduler, Duration, Names, Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { generator, minutesOf, programsOf, staleDays, usersOf } from '../platform/load-tests/figures';
import { loadScript } from '../platform/load-tests/script';
import { named } from '../platform/named';
import { stagePrefix } from '../platform/names';
import type { Loads } from '../platform/nouns/load-tests';
import type { Platform } from '../platform/platform';
import { acknowledge } from './acknowledge';
import type { Alarms } from './alarms';
import { confinement } from './confinement';
import type { CopiedImage } from './copied-image';
import { awsCron } from './cron';
import { fargateTask } from './fargate-task';
import { k6Container, loadMachine } from './load-machine';
import { loadPermissions } from './load-permissions';
import type { LoadResults } from './load-results';
import { loggedMachine } from './machine-starts';
import { machineArnOf, machineRole } from './machine-statements';
import { taskSize } from './service-settings';
import type { TaskRoles } from './task-roles';

export interface LoadTestProps {
  readonly platform: Platform;
  readonly name: string;
  readonly loads: Loads;
  /** Where its programs run. */
  readonly cluster: ecs.ICluster;
  readonly subnets: ec2.SelectedSubnets;
  readonly securityGroup: ec2.ISecurityGroup;
  readonly roles: TaskRoles;
  readonly image: CopiedImage;
  /** Where programs write. */
  readonly programLogs: logs.ILogGroup;
  /** Where the run writes how it went. */
  readonly machineLogs: logs.ILogGroup;
  readonly results: Pick<LoadResults, 'function'>;
  /** Starts runs. */
  readonly starter: iam.Role;
  /** Where starts go that failed. */
  readonly deadLetters: sqs.IQueue;
  readonly alarms: Alarms;
}

/** Namespace of what load tests found. */
export const loadFigures = 'Mainstay/LoadTests';

/** One load test: its script as a task, a machine that runs as many of them as its users need, and when that begins. */
export class LoadTest extends Construct {
  public readonly taskDefinition: ecs.FargateTaskDefinition;
  public readonly machine: sfn.CfnStateMachine;
  public readonly schedule: scheduler.CfnSchedule;

  public constructor(scope: Construct, id: string, props: LoadTestProps) {
    super(scope, id);
    this.taskDefinition = this.createTask(props);
    this.machine = this.createMachine(props);
    this.schedule = this.begin(props);
    this.watch(props);
  }

  private createTask({ image, name, platform, programLogs, roles }: LoadTestProps): ecs.FargateTaskDefinition {
    const size = taskSize(generator.capacity);
    const task = fargateTask(this, 'Task', { ...roles, size });
    task.addContainer(k6Container, {
      ...confinement(task, { logGroup: programLogs, streamPrefix: k6Container, memoryMiB: size.memoryLimitMiB }),
      image: image.image,
      entryPoint: ['sh', '-c'],
      // 99 says that limits were missed, which the summary tells as well.
      command: ['printf %s "$SCRIPT" | k6 run --quiet --no-usage-report - || test $? -eq 99'],
      environment: {
        PROGRAMS: String(programsOf(platform, named('loadTests', platform.loadTests, name))),
        SCRIPT: loadScript(platform, name),
      },
    });
    acknowledge(task, {
      'AwsSolutions-ECS2': 'The environment holds the script, addresses and figures; it has no secret.',
    });
    return task;
  }

  private createMachine(props: LoadTestProps): sfn.CfnStateMachine {
    const { cluster, machineLogs, name, platform, results, roles, securityGroup, subnets } = props;
    const spec = named('loadTests', platform.loadTests, name);
    const stateMachineName = Names.uniqueResourceName(this, { maxLength: 80 });
    const role = machineRole(this, 'Role', machineArnOf(this, stateMachineName));
    const permissions = loadPermissions(this, 'Permissions', {
      role,
      cluster,
      taskDefinition: this.taskDefinition,
      passes: [roles.taskRole, roles.executionRole],
      function: results.function,
    });
    return loggedMachine(this, {
      name: stateMachineName,
      role,
      definition: loadMachine({
        partition: Stack.of(this).partition,
        programs: programsOf(platform, spec),
        seconds: minutesOf(spec) * 60,
        clusterArn: cluster.clusterArn,
        taskDefinitionArn: this.taskDefinition.taskDefinitionArn,
        subnetIds: subnets.subnetIds,
        securityGroupId: securityGroup.securityGroupId,
        functionArn: results.function.functionArn,
      }),
      logGroup: machineLogs,
      permissions,
    });
  }

  private begin({ deadLetters, loads, name, platform, starter }: LoadTestProps): scheduler.CfnSchedule {
    return new scheduler.CfnSchedule(this, 'Schedule', {
      description: `Begins the load test ${name} of ${stagePrefix(platform)}`,
      flexibleTimeWindow: { mode: 'OFF' },
      scheduleExpression: awsCron(loads.schedule),
      scheduleExpressionTimezone: loads.timeZone,
      target: {
        arn: this.machine.attrArn,
        roleArn: starter.roleArn,
        input: '{}',
        deadLetterConfig: { arn: deadLetters.queueArn },
        retryPolicy: { maximumRetryAttempts: 5, maximumEventAgeInSeconds: 3600 },
      },
    });
  }

  private watch({ alarms, name, platform }: LoadTestProps): void {
    const spec = named('loadTests', platform.loadTests, name);
    const metric = (metricName: string, period: Duration) =>
      new cloudwatch.Metric({
        namespace: loadFigures,
        metricName,
        dimensionsMap: { Stage: stagePrefix(platform), Test: name },
        statistic: cloudwatch.Stats.MAXIMUM,
        period,
      });
    const { errorPercent, p95Milliseconds } = platform.goals;
    const load = `${usersOf(platform, spec)} users at once`;
    const proves = `It proves: ${spec.description}.`;
    const minutes = Duration.minutes(5);
    const found = { runbook: 'load-tests', threshold: 1, periods: 1 };
    alarms.raise(this, 'MissedGoals', {
      ...found,
      metric: metric('Missed', minutes),
      description: `With ${load}, load test ${name} found answers slower than ${p95Milliseconds} ms or more than ${errorPercent}% errors. ${proves}`,
    });
    alarms.raise(this, 'Regressed', {
      ...found,
      metric: metric('Regressed', minutes),
      description: `With ${load}, answers in load test ${name} were more than ${spec.regressionPercent}% slower than in the runs that were measured. ${proves}`,
    });
    alarms.raise(this, 'NoGoodRun', {
      runbook: 'load-tests',
      metric: metric('DaysSinceGood', Duration.days(1)),
      description: `Load test ${name} had no good run for more than ${staleDays} days. ${proves}`,
      threshold: staleDays,
      comparison: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      periods: 1,
      missingData: cloudwatch.TreatMissingData.BREACHING,
    });
  }
}
