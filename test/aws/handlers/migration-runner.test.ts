import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadModule } from '../../support/load-module';

interface Task {
  readonly taskArn?: string;
  readonly lastStatus?: string;
  readonly stoppedReason?: string;
  readonly containers?: readonly { readonly name?: string; readonly exitCode?: number; readonly reason?: string }[];
}

type Handler = (request: object, context: { getRemainingTimeInMillis(): number }) => Promise<void>;
interface Module {
  readonly handler: Handler;
  readonly createHandler: (uses: object) => Handler;
}

const file = 'lib/aws/handlers/migration-runner/index.mjs';
const taskArn = 'arn:aws:ecs:ap-southeast-1:111122223333:task/cluster/0123';
const request = {
  RequestType: 'Update',
  RequestId: 'request-1',
  ResponseURL: 'https://answers.example.com/signed',
  StackId: 'stack-1',
  LogicalResourceId: 'MigrationRun',
  PhysicalResourceId: 'MigrationRun',
  ResourceProperties: {
    ServiceToken: 'token',
    Cluster: 'arn:aws:ecs:ap-southeast-1:111122223333:cluster/cluster',
    TaskDefinition: 'arn:aws:ecs:ap-southeast-1:111122223333:task-definition/order-migration:7',
    Subnets: ['subnet-1', 'subnet-2'],
    SecurityGroups: ['sg-service', 'sg-migration'],
    TimeoutMinutes: '10',
    LogGroup: 'order-logs',
    LogStreamPrefix: 'migration',
  },
};

const minute = 60_000;

/** ECS that answers with the given states of the task, one a question, and a clock that only sleeping moves. */
function world(
  states: readonly (Task | undefined)[],
  { failures = [] as object[], started = [{ taskArn }] as Task[] } = {},
) {
  let elapsed = 0;
  let asked = 0;
  const answers: { url: string; body: Record<string, string> }[] = [];
  const tasks = {
    runTask: jest.fn((_input: object) => Promise.resolve({ tasks: started, failures })),
    describeTasks: jest.fn((_input: object) => {
      const state = states[Math.min(asked, states.length - 1)];
      asked += 1;
      return Promise.resolve(state === undefined ? { tasks: [] } : { tasks: [state] });
    }),
    stopTask: jest.fn((_input: object) => Promise.resolve({})),
  };
  const uses = {
    tasks,
    sleep: (milliseconds: number) => {
      elapsed += milliseconds;
      return Promise.resolve();
    },
    answer: (url: string, body: Record<string, string>) => {
      answers.push({ url, body });
      return Promise.resolve();
    },
  };
  const context = { getRemainingTimeInMillis: () => 15 * minute - elapsed };
  const { createHandler } = loadModule<Module>(file, { '@aws-sdk/client-ecs': { ECS: class {} } });
  const run = async (change: object = {}) => {
    await createHandler(uses)({ ...request, ...change }, context);
    return answers[0]?.body ?? {};
  };
  return { tasks, run, answers, elapsed: () => elapsed };
}

const stopped = (containers: Task['containers'], stoppedReason = 'Essential container in task exited'): Task => ({
  taskArn,
  lastStatus: 'STOPPED',
  stoppedReason,
  containers: containers ?? [],
});

beforeEach(() => {
  jest.spyOn(console, 'log').mockReturnValue();
});
afterEach(() => {
  jest.restoreAllMocks();
});

describe('the migration runner', () => {
  test('runs the task once, privately, and succeeds when every container did', async () => {
    const { answers, run, tasks } = world([
      undefined,
      { taskArn, lastStatus: 'RUNNING' },
      stopped([
        { name: 'platform-store', exitCode: 0 },
        { name: 'service', exitCode: 0 },
      ]),
    ]);
    expect(await run()).toEqual({
      Status: 'SUCCESS',
      Reason: 'The migration succeeded.',
      PhysicalResourceId: 'MigrationRun',
      StackId: 'stack-1',
      RequestId: 'request-1',
      LogicalResourceId: 'MigrationRun',
    });
    expect(answers.map(({ url }) => url)).toEqual([request.ResponseURL]);
    expect(tasks.runTask.mock.calls).toEqual([
      [
        {
          cluster: request.ResourceProperties.Cluster,
          taskDefinition: request.ResourceProperties.TaskDefinition,
          launchType: 'FARGATE',
          platformVersion: '1.4.0',
          count: 1,
          clientToken: 'request-1',
          startedBy: 'migration',
          networkConfiguration: {
            awsvpcConfiguration: {
              subnets: ['subnet-1', 'subnet-2'],
              securityGroups: ['sg-service', 'sg-migration'],
              assignPublicIp: 'DISABLED',
            },
          },
        },
      ],
    ]);
    expect(tasks.describeTasks).toHaveBeenCalledTimes(3);
    expect(tasks.stopTask).not.toHaveBeenCalled();
  });

  test('answers a deletion without running anything', async () => {
    const { run, tasks } = world([]);
    expect(await run({ RequestType: 'Delete' })).toMatchObject({ Status: 'SUCCESS' });
    expect(tasks.runTask).not.toHaveBeenCalled();
  });

  test('names a new resource after itself', async () => {
    const { run } = world([stopped([{ name: 'service', exitCode: 0 }])]);
    expect(await run({ RequestType: 'Create', PhysicalResourceId: undefined })).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: 'MigrationRun',
    });
  });

  test('fails when a container fails, and says which, how and where to read', async () => {
    const { run } = world([
      stopped([{ name: 'service' }, { name: 'platform-store', exitCode: 3, reason: 'syntax error' }]),
    ]);
    expect(await run()).toMatchObject({
      Status: 'FAILED',
      Reason:
        'Container platform-store ended with exit code 3: syntax error; Essential container in task exited. ' +
        'Logs: group order-logs, streams migration/<container>/0123. Runbook: docs/runbooks/migration.md',
    });
  });

  test('fails when no container ran', async () => {
    const { run } = world([stopped([{ name: 'service' }], 'CannotPullContainerError')]);
    expect((await run())['Reason']).toContain('Container service did not run: CannotPullContainerError.');
  });

  test('fails when the task stops without containers', async () => {
    const { run } = world([stopped([], 'ResourceInitializationError')]);
    expect(await run()).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringContaining('ResourceInitializationError'),
    });
  });

  test('fails when ECS starts nothing', async () => {
    const { run } = world([], { started: [], failures: [{ arn: 'cluster', reason: 'MISSING' }] });
    expect((await run())['Reason']).toBe(
      `ECS did not start ${request.ResourceProperties.TaskDefinition}: MISSING of cluster`,
    );
  });

  test('fails when ECS refuses', async () => {
    const { run, tasks } = world([]);
    tasks.runTask.mockRejectedValue(new Error('not authorized to perform: iam:PassRole'));
    expect(await run()).toMatchObject({ Status: 'FAILED', Reason: 'not authorized to perform: iam:PassRole' });
  });

  test.each([
    ['10', 10],
    ['14', 14],
    ['60', 14.5],
  ])(
    'fails when it takes longer than %s minutes, stops it, and keeps time to answer',
    async (TimeoutMinutes, minutes) => {
      const { elapsed, run, tasks } = world([{ taskArn, lastStatus: 'RUNNING' }]);
      const answer = await run({ ResourceProperties: { ...request.ResourceProperties, TimeoutMinutes } });
      expect(answer).toMatchObject({
        Status: 'FAILED',
        Reason: expect.stringContaining(`longer than ${TimeoutMinutes} minutes`),
      });
      expect(elapsed()).toBe(minutes * minute);
      expect(tasks.stopTask.mock.calls).toEqual([
        [{ cluster: request.ResourceProperties.Cluster, task: taskArn, reason: 'The migration took too long.' }],
      ]);
    },
  );

  test('cuts a long reason, which CloudFormation would refuse', async () => {
    const { run, tasks } = world([]);
    tasks.runTask.mockRejectedValue(new Error('x'.repeat(9000)));
    expect((await run())['Reason']).toHaveLength(2000);
  });
});

describe('its answer', () => {
  interface Received {
    readonly method: string | undefined;
    readonly headers: IncomingHttpHeaders;
    readonly body: string;
  }

  /** Runs the real handler against an address that answers with a status. */
  async function answered(
    status: number,
  ): Promise<{ readonly received: readonly Received[]; readonly outcome: string }> {
    const received: Received[] = [];
    const server = createServer((message, response) => {
      let body = '';
      message.on('data', (chunk) => (body += String(chunk)));
      message.on('end', () => {
        received.push({ method: message.method, headers: message.headers, body });
        response.writeHead(status).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const { handler } = loadModule<Module>(file, { '@aws-sdk/client-ecs': { ECS: class {} } });
    const call = { ...request, RequestType: 'Delete', ResponseURL: `http://127.0.0.1:${port}/signed` };
    const outcome = await handler(call, { getRemainingTimeInMillis: () => minute }).then(
      () => 'answered',
      (error: Error) => error.message,
    );
    await new Promise((resolve) => server.close(resolve));
    return { received, outcome };
  }

  test('is put where CloudFormation asked for it, without content type', async () => {
    const { outcome, received } = await answered(200);
    expect(outcome).toBe('answered');
    expect(received.map(({ method, headers }) => [method, headers['content-type']])).toEqual([['PUT', '']]);
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({ Status: 'SUCCESS', RequestId: 'request-1' });
  });

  test('fails when it is refused, so that the dead letters have it', async () => {
    expect((await answered(403)).outcome).toBe('CloudFormation refused the answer with 403');
  });
});
