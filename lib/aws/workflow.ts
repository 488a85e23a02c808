import { aws_iam as iam, aws_stepfunctions as sfn, Duration, Names, Stack, Tags } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Queue as QueueSpec } from '../platform/nouns/messaging';
import type { DataClass } from '../platform/nouns/scalars';
import type { Workflow as Model } from '../platform/nouns/service';
import type { Alarms } from './alarms';
import type { Capability, Reach, Use } from './capability';
import { answerTo, grantKeyUse } from './grants';
import { pascalCase } from '../platform/ids';
import { encryptedLogGroup } from './log-group';
import { machineArnOf, machineRole } from './machine-statements';
import { named } from '../platform/named';
import { Queue } from './queue';
import { promisedStep } from './saga';
import { sagaDefinition } from './saga-definition';
import { raiseWorkflowAlarms, workflowFigures } from './workflow-alarms';
import { workflowPermissions } from './workflow-permissions';

export interface WorkflowProps {
  /** Name of the part, for people and in every message. */
  readonly name: string;
  readonly spec: Model;
  /** Queue that is told how a run ended. @default - nobody is told */
  readonly notifications?: sqs.IQueue;
  /** Encrypts commands, the definition and the history of runs. Its policy must admit the delivery of logs. */
  readonly key: kms.IKey;
  readonly logsKey: kms.IKey;
  readonly alarms: Alarms;
  readonly logDays: number;
  /** How sensitive the commands and the history of runs are. */
  readonly dataClass: DataClass;
}

/** The services that do steps, each once. */
export const participants = ({ steps }: Model): readonly string[] => [...new Set(steps.map(({ service }) => service))];

/**
 * The queue through which a service gets its commands. A command is hidden for as long as its step may take; one that
 * waits for as long as the shortest step may take has failed, and somebody is called.
 */
export function commandQueue({ steps }: Model, service: string, dataClass: DataClass): QueueSpec {
  const timeouts = steps.filter((step) => step.service === service).map(({ timeoutSeconds }) => timeoutSeconds);
  return {
    maxReceives: 5,
    visibilitySeconds: Math.min(Math.max(...timeouts), 43_200),
    retentionHours: 96,
    fifo: false,
    maxAgeSeconds: Math.max(Math.min(...timeouts), 60),
    dataClass,
  };
}

/** What each use asks of Step Functions; `commands` also receives from the service's own queue. */
const permissions = {
  starts: ['states:StartExecution'],
  commands: ['states:SendTaskSuccess', 'states:SendTaskFailure', 'states:SendTaskHeartbeat'],
} as const;

/**
 * A saga on Step Functions, as `sagaDefinition` describes it. Services get commands from a queue of their own, which
 * carry a token, and answer with it.
 *
 * What callers and services keep to:
 * - The name of an execution is the id of the business case, such as the order's. Step Functions lets a name run once,
 *   so a second start of the same order does nothing.
 * - A command may come more than once, with another token. It is the same if `executionId` and `command` are.
 * - `Refused` says that nothing was done. Any other failure is tried again and in the end undone, so a compensation
 *   must also bear with a step that did nothing, and a step that comes after its compensation must refuse.
 *
 * Logs hold every event and none of the data: inputs and answers are about customers. They are in the history, which
 * is encrypted and which Step Functions keeps for 90 days.
 */
export class Workflow extends Construct implements Capability {
  public readonly machine: sfn.CfnStateMachine;
  public readonly role: iam.Role;
  public readonly logGroup: logs.LogGroup;
  /** Command queues by service. */
  public readonly commands: Readonly<Record<string, Queue>>;
  public readonly secrets = {};
  public readonly reach: readonly Reach[] = [];
  /** Known before the machine is made, since its role is confined to it. */
  private readonly machineArn: string;
  private readonly key: kms.IKey;
  /** Where the machine notes how long a step took to be undone. */
  private readonly undoing: { readonly namespace: string; readonly metricName: string };

  public constructor(scope: Construct, id: string, props: WorkflowProps) {
    super(scope, id);
    const { name, spec, key, alarms } = props;
    this.key = key;
    this.undoing = {
      namespace: workflowFigures,
      metricName: `${Names.uniqueResourceName(this, { maxLength: 80 })}UndoneAfter`,
    };
    const machineName = Names.uniqueResourceName(this, { maxLength: 80 });
    this.machineArn = machineArnOf(this, machineName);
    this.commands = Object.fromEntries(
      participants(spec).map((service) => [
        service,
        new Queue(this, `${pascalCase(service)}Commands`, {
          name: `${name} commands for ${service}`,
          spec: commandQueue(spec, service, props.dataClass),
          key,
          alarms,
        }),
      ]),
    );
    this.logGroup = encryptedLogGroup(this, 'Logs', { key: props.logsKey, days: props.logDays });
    this.role = machineRole(this, 'Role', this.machineArn);
    this.machine = this.createMachine(machineName, props);
    Tags.of(this).add('data-class', props.dataClass);
    const promise = promisedStep(spec)?.compensates;
    raiseWorkflowAlarms(this, {
      name,
      machineArn: this.machineArn,
      logGroup: this.logGroup,
      alarms,
      undoing: promise && { ...this.undoing, withinMilliseconds: promise.withinMilliseconds },
    });
  }

  public values(service: string): Readonly<Record<string, string>> {
    const commands = this.commands[service];
    return {
      address: this.machine.attrArn,
      ...(commands === undefined ? {} : { [`commands/${service}`]: commands.queue.queueUrl }),
    };
  }

  public grant(grantee: iam.IGrantable, use: Use): void {
    const actions = answerTo<readonly string[]>(this.node.path, permissions, use);
    iam.Grant.addToPrincipal({ grantee, actions: [...actions], resourceArns: [this.machine.attrArn] });
    grantKeyUse(grantee, this.key, {
      through: 'states',
      actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
      context: { 'aws:states:stateMachineArn': this.machine.attrArn },
    });
    if (use.kind === 'commands')
      named(`${this.node.path}: services with a step`, this.commands, use.service).grant(grantee, {
        service: use.service,
        kind: 'receives',
      });
  }

  private createMachine(
    stateMachineName: string,
    { name, spec, notifications, key }: WorkflowProps,
  ): sfn.CfnStateMachine {
    const definition = sagaDefinition(spec, {
      workflow: name,
      partition: Stack.of(this).partition,
      commands: Object.fromEntries(
        Object.entries(this.commands).map(([service, { queue }]) => [service, queue.queueUrl]),
      ),
      ...(notifications === undefined ? {} : { notifications: notifications.queueUrl }),
      undoing: this.undoing,
    });
    const machine = new sfn.CfnStateMachine(this, 'Machine', {
      stateMachineName,
      stateMachineType: sfn.StateMachineType.STANDARD,
      definitionString: Stack.of(this).toJsonString(definition),
      roleArn: this.role.roleArn,
      encryptionConfiguration: {
        type: 'CUSTOMER_MANAGED_KMS_KEY',
        kmsKeyId: key.keyArn,
        kmsDataKeyReusePeriodSeconds: Duration.minutes(5).toSeconds(),
      },
      tracingConfiguration: { enabled: true },
      loggingConfiguration: {
        level: sfn.LogLevel.ALL,
        includeExecutionData: false,
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: this.logGroup.logGroupArn } }],
      },
    });
    machine.node.addDependency(
      workflowPermissions(this, 'Permissions', {
        role: this.role,
        machineArn: this.machineArn,
        key,
        notes: promisedStep(spec) === undefined ? undefined : this.undoing.namespace,
        targets: [
          ...Object.values(this.commands).map(({ queue }) => queue),
          ...(notifications === undefined ? [] : [notifications]),
        ],
      }),
    );
    return machine;
  }
}
