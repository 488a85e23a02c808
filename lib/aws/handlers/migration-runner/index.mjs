// @ts-check
/* global fetch, setTimeout -- Lambda runs this as it is, on Node.js. */
// @ts-expect-error The runtime of Lambda carries the SDK; nothing here installs it.
// eslint-disable-next-line mainstay/import-direction -- The same.
import { ECS } from '@aws-sdk/client-ecs';

/**
 * What the function uses of ECS.
 *
 * @typedef {object} Tasks
 * @property {(input: object) => Promise<{ tasks?: Task[], failures?: { arn?: string, reason?: string }[] }>} runTask
 * @property {(input: object) => Promise<{ tasks?: Task[] }>} describeTasks
 * @property {(input: object) => Promise<unknown>} stopTask
 *
 * @typedef {object} Task
 * @property {string} [taskArn]
 * @property {string} [lastStatus]
 * @property {string} [stoppedReason]
 * @property {{ name?: string, exitCode?: number, reason?: string }[]} [containers]
 *
 * @typedef {object} Context
 * @property {() => number} getRemainingTimeInMillis
 *
 * @typedef {object} Request A custom resource of CloudFormation, as its properties come: all of them text.
 * @property {'Create' | 'Update' | 'Delete'} RequestType
 * @property {string} RequestId
 * @property {string} ResponseURL
 * @property {string} StackId
 * @property {string} LogicalResourceId
 * @property {string} [PhysicalResourceId]
 * @property {Properties} ResourceProperties
 *
 * @typedef {object} Properties
 * @property {string} Cluster
 * @property {string} TaskDefinition
 * @property {string[]} Subnets
 * @property {string[]} SecurityGroups
 * @property {string} TimeoutMinutes
 * @property {string} LogGroup
 * @property {string} LogStreamPrefix
 */

const pollMilliseconds = 5000;

/** Kept for the answer, so that CloudFormation never waits in vain. */
const reserveMilliseconds = 30_000;

/** CloudFormation refuses answers of more than 4 KiB. */
const longestReason = 2000;

/**
 * The function, with what it uses. Always answers CloudFormation: a failure with its reason.
 *
 * @param {{ tasks: Tasks, sleep: (milliseconds: number) => Promise<void>, answer: typeof put }} uses
 */
export function createHandler({ tasks, sleep, answer }) {
  return async (/** @type {Request} */ request, /** @type {Context} */ context) => {
    const { LogicalResourceId, PhysicalResourceId = LogicalResourceId, RequestId, StackId } = request;
    const failure = await migrate(request, context, { tasks, sleep }).catch(messageOf);
    // eslint-disable-next-line no-console -- What a function prints is its log.
    console.log(JSON.stringify({ stack: StackId, resource: LogicalResourceId, failure }));
    await answer(request.ResponseURL, {
      Status: failure === undefined ? 'SUCCESS' : 'FAILED',
      Reason: (failure ?? 'The migration succeeded.').slice(0, longestReason),
      PhysicalResourceId,
      StackId,
      RequestId,
      LogicalResourceId,
    });
  };
}

/** @param {unknown} error */
const messageOf = (error) => (error instanceof Error ? error.message : String(error));

/**
 * Runs the task once and waits for it; nothing is undone when the resource goes.
 *
 * @param {Request} request
 * @param {Context} context
 * @param {{ tasks: Tasks, sleep: (milliseconds: number) => Promise<void> }} uses
 * @returns {Promise<string | undefined>} why it failed
 */
async function migrate({ RequestId, RequestType, ResourceProperties: properties }, context, { tasks, sleep }) {
  if (RequestType === 'Delete') return undefined;
  const { Cluster: cluster, TimeoutMinutes } = properties;
  const taskArn = await start(properties, RequestId, tasks);
  const allowed = Number(TimeoutMinutes) * 60_000;
  const deadline = Math.max(reserveMilliseconds, context.getRemainingTimeInMillis() - allowed);
  for (;;) {
    const { tasks: [task] = [] } = await tasks.describeTasks({ cluster, tasks: [taskArn] });
    if (task?.lastStatus === 'STOPPED') return failureOf(task, taskArn, properties);
    if (context.getRemainingTimeInMillis() <= deadline) {
      await tasks.stopTask({ cluster, task: taskArn, reason: 'The migration took too long.' });
      return `The migration took longer than ${TimeoutMinutes} minutes and was stopped. ${logsOf(taskArn, properties)}`;
    }
    await sleep(pollMilliseconds);
  }
}

/**
 * @param {Properties} properties
 * @param {string} clientToken ECS starts one task for it, however often it is asked.
 * @param {Tasks} tasks
 */
async function start({ Cluster, SecurityGroups, Subnets, TaskDefinition }, clientToken, tasks) {
  const started = await tasks.runTask({
    cluster: Cluster,
    taskDefinition: TaskDefinition,
    launchType: 'FARGATE',
    platformVersion: '1.4.0',
    count: 1,
    clientToken,
    startedBy: 'migration',
    networkConfiguration: {
      awsvpcConfiguration: { subnets: Subnets, securityGroups: SecurityGroups, assignPublicIp: 'DISABLED' },
    },
  });
  const taskArn = started.tasks?.[0]?.taskArn;
  if (taskArn !== undefined) return taskArn;
  const reasons = (started.failures ?? []).map(({ arn, reason }) => [reason, arn].filter(Boolean).join(' of '));
  throw new Error(`ECS did not start ${TaskDefinition}: ${reasons.join(', ') || 'no reason given'}`);
}

/**
 * Why a task failed: the first container that ended otherwise than with 0, else why it did not run at all.
 *
 * @param {Task} task
 * @param {string} taskArn
 * @param {Properties} properties
 */
function failureOf({ containers = [], stoppedReason = 'no reason given' }, taskArn, properties) {
  const unsound = containers.filter(({ exitCode }) => exitCode !== 0);
  if (containers.length > 0 && unsound.length === 0) return undefined;
  const culprit = unsound.find(({ exitCode }) => exitCode !== undefined) ?? unsound[0];
  const ended = culprit?.exitCode === undefined ? 'did not run' : `ended with exit code ${culprit.exitCode}`;
  const reasons = [culprit?.reason, stoppedReason].filter(Boolean).join('; ');
  return `Container ${culprit?.name ?? 'of the migration'} ${ended}: ${reasons}. ${logsOf(taskArn, properties)}`;
}

/**
 * @param {string} taskArn
 * @param {Properties} properties
 */
function logsOf(taskArn, { LogGroup, LogStreamPrefix }) {
  return `Logs: group ${LogGroup}, streams ${LogStreamPrefix}/<container>/${taskArn.split('/').at(-1)}. Runbook: docs/runbooks/migration.md`;
}

/**
 * Answers CloudFormation. The address is signed for a request without content type.
 *
 * @param {string} url
 * @param {object} body
 */
async function put(url, body) {
  const response = await fetch(url, { method: 'PUT', headers: { 'content-type': '' }, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`CloudFormation refused the answer with ${response.status}`);
}

export const handler = createHandler({
  tasks: /** @type {Tasks} */ (new ECS({})),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  answer: put,
});
