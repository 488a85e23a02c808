import { loadModule } from '../../support/load-module';

interface Module {
  readonly createHandler: (uses: object) => (request: object) => Promise<void>;
}

const request = {
  RequestType: 'Create',
  RequestId: 'request-1',
  ResponseURL: 'https://answers.example.com/signed',
  StackId: 'stack-1',
  LogicalResourceId: 'Told',
  ResourceProperties: { ServiceToken: 'token', ClusterArn: 'arn:cluster' },
};

async function run(answer: () => Promise<object>, change: object = {}) {
  const answers: object[] = [];
  const getBootstrapBrokers = jest.fn((_input: object) => answer());
  const { createHandler } = loadModule<Module>('lib/aws/handlers/stream-brokers/index.mjs', {
    '@aws-sdk/client-kafka': { Kafka: class {} },
  });
  await createHandler({
    clusters: { getBootstrapBrokers },
    answer: (_url: string, body: object) => {
      answers.push(body);
      return Promise.resolve();
    },
  })({ ...request, ...change });
  return { answers, asked: getBootstrapBrokers.mock.calls };
}

test('tells the brokers that ask by IAM who calls, and no others', async () => {
  const { answers, asked } = await run(() =>
    Promise.resolve({ BootstrapBrokerStringSaslIam: 'b-1:9098,b-2:9098', BootstrapBrokerStringTls: 'b-1:9094' }),
  );
  expect(asked).toEqual([[{ ClusterArn: 'arn:cluster' }]]);
  expect(answers).toEqual([
    expect.objectContaining({
      Status: 'SUCCESS',
      Data: { Brokers: 'b-1:9098,b-2:9098' },
      PhysicalResourceId: 'arn:cluster',
    }),
  ]);
});

test('asks nobody when it is taken away', async () => {
  const { answers, asked } = await run(() => Promise.reject(new Error('never')), { RequestType: 'Delete' });
  expect(asked).toEqual([]);
  expect(answers).toEqual([expect.objectContaining({ Status: 'SUCCESS' })]);
});

test.each([
  { when: 'no broker asks by IAM', answer: () => Promise.resolve({}), reason: 'arn:cluster has no brokers' },
  { when: 'MSK refuses', answer: () => Promise.reject(new Error('AccessDenied')), reason: 'AccessDenied' },
])('fails when $when', async ({ answer, reason }) => {
  const { answers } = await run(answer);
  expect(answers).toEqual([expect.objectContaining({ Status: 'FAILED', Reason: expect.stringContaining(reason) })]);
});
