import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import https from 'node:https';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import timers from 'node:timers/promises';
import { securityObjects } from '../../lib/aws/search-roles';
import type * as code from '../../lib/aws/search-roles/index.cjs';

interface Received {
  readonly method: string | undefined;
  readonly host: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

const domain = 'vpc-products.ap-southeast-1.es.amazonaws.com';
const received: Received[] = [];
/** What the domain answers, one after the other; then 200. */
let answers: (number | 'unreachable')[] = [];
let port = 0;
const unreachable = (): boolean => {
  if (answers[0] !== 'unreachable') return false;
  answers.shift();
  return true;
};

/** The function speaks TLS to the hosts it is told; here all of them are one server on this machine. */
const toServer = (url: URL, options: { headers: object }, listener: (response: IncomingMessage) => void) =>
  request(
    {
      ...options,
      host: '127.0.0.1',
      port: unreachable() ? 1 : port,
      path: `${url.pathname}${url.search}`,
      headers: { host: url.host, ...options.headers },
    },
    listener,
  );

const objects = [{ Path: '/_plugins/_security/api/roles/services', Body: '{"cluster_permissions":[]}' }];
const event = {
  RequestType: 'Create' as const,
  ResponseURL: 'https://bucket.s3.amazonaws.com/answer?signature=a%2Fb',
  StackId: 'stack',
  RequestId: 'request',
  LogicalResourceId: 'Written',
  ResourceProperties: { Endpoint: domain, Objects: objects },
};
const context = (milliseconds = 600_000) => ({ getRemainingTimeInMillis: () => milliseconds });

const toDomain = () => received.filter(({ path }) => path?.startsWith('/_plugins'));
const toCloudFormation = () =>
  received
    .filter(({ path }) => path?.startsWith('/answer'))
    .map(({ body }) => JSON.parse(body) as Record<string, string>);

describe('the function that writes roles', () => {
  let server: Server;
  let handler: typeof code.handler;
  const environment = { ...process.env };

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (part) => (body += String(part)));
      request.on('end', () => {
        const { method, url, headers } = request;
        received.push({ method, host: headers.host, path: url, headers, body });
        const answer = url?.startsWith('/_plugins') ? (answers.shift() ?? 200) : 200;
        response
          .writeHead(Number(answer))
          .end(method === 'GET' ? '{"_seq_no":7,"_primary_term":2}' : 'answer of the domain');
      });
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    port = (server.address() as AddressInfo).port;
    Object.assign(process.env, {
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
      AWS_SESSION_TOKEN: 'token',
      AWS_REGION: 'ap-southeast-1',
    });
    jest.spyOn(Date.prototype, 'toISOString').mockReturnValue('2026-01-01T00:00:00.000Z');
    jest.spyOn(https, 'request').mockImplementation(toServer as unknown as typeof https.request);
    const pause = jest.spyOn(timers, 'setTimeout').mockResolvedValue(undefined);
    // After the spies, which an import would come before.
    ({ handler } = createRequire(__filename)('../../lib/aws/search-roles/index.cjs') as typeof code);
    pause.mockRestore();
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    process.env = environment;
    await new Promise((closed) => server.close(closed));
  });
  beforeEach(() => {
    received.length = 0;
    answers = [];
  });

  test('writes each object, signed, and tells CloudFormation', async () => {
    await handler(event, context());
    expect(toDomain()).toEqual([
      expect.objectContaining({ method: 'PUT', host: domain, path: objects[0]?.Path, body: objects[0]?.Body }),
    ]);
    expect(toCloudFormation()).toEqual([
      {
        Status: 'SUCCESS',
        Reason: 'written',
        PhysicalResourceId: domain,
        StackId: 'stack',
        RequestId: 'request',
        LogicalResourceId: 'Written',
      },
    ]);
  });

  // The signature was reckoned by botocore 1.43.11 for the same request, time and credentials.
  test('signs as AWS does', async () => {
    await handler(event, context());
    expect(toDomain()[0]?.headers).toMatchObject({
      'x-amz-date': '20260101T000000Z',
      'x-amz-security-token': 'token',
      authorization:
        'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/ap-southeast-1/es/aws4_request, ' +
        'SignedHeaders=content-type;host;x-amz-date;x-amz-security-token, ' +
        'Signature=76fef9cc5c4bc5ebb22aeab267be8cfeec5d478f3304b2bd8ea9c84e386fc623',
    });
  });

  const policy = { Path: '/_plugins/_ism/policies/logs', Body: '{"policy":{}}' };
  const withPolicy = {
    ...event,
    ResourceProperties: { ...event.ResourceProperties, Objects: [policy] },
  };
  const asked = () => toDomain().map(({ method, path }) => `${method} ${path}`);

  test.each([
    ['that is not there yet', [404], [`GET ${policy.Path}`, `PUT ${policy.Path}`]],
    [
      'that is there, as the one that it replaces',
      [],
      [`GET ${policy.Path}`, `PUT ${policy.Path}?if_primary_term=2&if_seq_no=7`],
    ],
  ])('writes a policy of indices %s', async (_what, given, requests) => {
    answers = given;
    await handler(withPolicy, context());
    expect(asked()).toEqual(requests);
    expect(toCloudFormation()).toMatchObject([{ Status: 'SUCCESS' }]);
  });

  test('answers to the very address that CloudFormation signed, with a length and no type', async () => {
    await handler(event, context());
    const answer = received.find(({ path }) => path?.startsWith('/answer'));
    expect(answer).toMatchObject({ method: 'PUT', path: '/answer?signature=a%2Fb' });
    expect(answer?.headers).toMatchObject({ 'content-type': '', 'content-length': String(answer?.body.length) });
  });

  test('waits for a domain that is not ready', async () => {
    answers = ['unreachable', 503, 200];
    await handler(event, context());
    expect(toDomain()).toHaveLength(2);
    expect(toCloudFormation()).toMatchObject([{ Status: 'SUCCESS' }]);
  });

  test('fails when the domain refuses, at once', async () => {
    answers = [403];
    await handler(event, context());
    expect(toDomain()).toHaveLength(1);
    expect(toCloudFormation()).toMatchObject([
      {
        Status: 'FAILED',
        Reason: 'Error: /_plugins/_security/api/roles/services answered 403: answer of the domain',
      },
    ]);
  });

  test('fails when the domain is not ready in time, and says so', async () => {
    answers = [503];
    await handler(event, context(40_000));
    expect(toCloudFormation()).toMatchObject([{ Status: 'FAILED', Reason: expect.stringContaining('answered 503') }]);
  });

  test('writes nothing when it goes', async () => {
    await handler({ ...event, RequestType: 'Delete' }, context());
    expect(toDomain()).toEqual([]);
    expect(toCloudFormation()).toMatchObject([{ Status: 'SUCCESS' }]);
  });
});

describe('securityObjects', () => {
  const [role, mapping] = securityObjects({ partition: 'aws', account: '111122223333', prefix: 'shop-production' }).map(
    ({ Path, Body }) => ({
      path: Path,
      body: JSON.parse(Body) as Record<string, unknown>,
    }),
  );

  test('lets services work with indices, and leaves security and cluster alone', () => {
    expect(role).toEqual({
      path: '/_plugins/_security/api/roles/services',
      body: {
        cluster_permissions: ['cluster_composite_ops', 'cluster_monitor'],
        index_permissions: [{ index_patterns: ['*'], allowed_actions: ['crud', 'manage'] }],
      },
    });
  });

  test("takes the roles of the stage's tasks for services, and no other role", () => {
    const roles = ['arn:aws:iam::111122223333:role/shop-production/tasks/*'];
    expect(mapping).toEqual({
      path: '/_plugins/_security/api/rolesmapping/services',
      body: { users: roles, backend_roles: roles },
    });
  });
});
