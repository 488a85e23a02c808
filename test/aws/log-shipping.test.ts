import { gzipSync } from 'node:zlib';
import { moduleLoader } from '../support/load-module';

interface Sent {
  readonly method: string;
  readonly url: URL;
  readonly body: string;
}

interface Module {
  readonly handler: (event: object) => Promise<void>;
}

interface Request {
  send: (request: Sent) => Promise<{ status: number; text: string }>;
  signed: (request: Sent) => Sent;
}

const load = moduleLoader({});
const request = load('lib/aws/search-roles/request.cjs') as Request;
const sent: Sent[] = [];
let answer = { status: 200, text: '{"errors":false,"items":[]}' };

beforeAll(() => {
  process.env['ENDPOINT'] = 'vpc-logs.eu-central-1.es.amazonaws.com';
});

beforeEach(() => {
  sent.length = 0;
  answer = { status: 200, text: '{"errors":false,"items":[]}' };
});

/** What CloudWatch Logs starts the function with. */
const event = (batch: object) => ({
  awslogs: { data: gzipSync(JSON.stringify(batch)).toString('base64') },
});

const time = Date.UTC(2026, 5, 30, 23, 59, 59, 999);
const batch = {
  messageType: 'DATA_MESSAGE',
  logGroup: '/service/user',
  logStream: 'app/1',
  logEvents: [
    { id: '1', timestamp: time, message: 'started' },
    { id: '2', timestamp: time + 1, message: '{"level":"error","user":7}' },
    { id: '3', timestamp: time + 1, message: '{broken' },
  ],
};

async function shipped(given: object): Promise<void> {
  // It asks for its neighbour when it is loaded; the neighbour is told to send nothing into the world.
  request.send = (each) => {
    sent.push(each);
    return Promise.resolve(answer);
  };
  request.signed = (each) => each;
  await (load('lib/aws/search-roles/ship.cjs') as Module).handler(event(given));
}

test('writes each line as a document of its day, under its id, with what it says field by field', async () => {
  await shipped(batch);
  expect(sent.map(({ method, url }) => `${method} ${url.href}`)).toEqual([
    'POST https://vpc-logs.eu-central-1.es.amazonaws.com/_bulk',
  ]);
  const origin = { logGroup: '/service/user', logStream: 'app/1' };
  expect(sent[0]?.body.endsWith('\n')).toBe(true);
  expect(
    sent[0]?.body
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object),
  ).toEqual([
    { index: { _index: 'logs-2026-06-30', _id: '1' } },
    { '@timestamp': '2026-06-30T23:59:59.999Z', ...origin, message: 'started' },
    { index: { _index: 'logs-2026-07-01', _id: '2' } },
    {
      '@timestamp': '2026-07-01T00:00:00.000Z',
      ...origin,
      message: '{"level":"error","user":7}',
      fields: { level: 'error', user: 7 },
    },
    { index: { _index: 'logs-2026-07-01', _id: '3' } },
    { '@timestamp': '2026-07-01T00:00:00.000Z', ...origin, message: '{broken' },
  ]);
});

test('asks nobody when CloudWatch only looks whether it is there', async () => {
  await shipped({ ...batch, messageType: 'CONTROL_MESSAGE' });
  expect(sent).toEqual([]);
});

test.each([
  ['does not answer', { status: 503, text: 'busy' }, 'the domain answered 503: busy'],
  [
    'takes some lines and not others',
    {
      status: 200,
      text: JSON.stringify({ errors: true, items: [{ index: {} }, { index: { error: { reason: 'rejected' } } }] }),
    },
    '1 of 2 lines were refused: rejected',
  ],
])('fails when the domain %s, so that the batch comes again', async (_what, given, says) => {
  answer = given;
  await expect(shipped(batch)).rejects.toThrow(says);
});
