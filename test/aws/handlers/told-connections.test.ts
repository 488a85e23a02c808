import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadModule } from '../../support/load-module';

type Handler = (request: object) => Promise<void>;
interface Module {
  readonly handler: Handler;
  readonly createHandler: (uses: object) => Handler;
}

const file = 'lib/aws/handlers/told-connections/index.mjs';
const request = {
  RequestType: 'Create',
  RequestId: 'request-1',
  ResponseURL: 'https://answers.example.com/signed',
  StackId: 'stack-1',
  LogicalResourceId: 'Connection1',
  ResourceProperties: {
    ServiceToken: 'token',
    VpnConnectionId: 'vpn-1',
    InsideCidrs: ['169.254.21.0/30', '169.254.22.0/30'],
  },
};
const keyArn = 'arn:aws:secretsmanager:ap-southeast-1:111122223333:secret:s2svpn!vpn-1';

/** AWS lists tunnels by their public addresses, whatever the order in which they were asked for. */
const described = {
  PreSharedKeyArn: keyArn,
  CustomerGatewayConfiguration: '<pre_shared_key>never told</pre_shared_key>',
  Options: {
    TunnelOptions: [
      { OutsideIpAddress: '13.0.0.2', TunnelInsideCidr: '169.254.22.0/30', PreSharedKey: 'never told' },
      { OutsideIpAddress: '13.0.0.1', TunnelInsideCidr: '169.254.21.0/30', PreSharedKey: 'never told' },
    ],
  },
};

async function run(answer: object, change: object = {}) {
  const answers: { readonly url: string; readonly body: object }[] = [];
  const describeVpnConnections = jest.fn((_input: object) => Promise.resolve(answer));
  const { createHandler } = loadModule<Module>(file, { '@aws-sdk/client-ec2': { EC2: class {} } });
  await createHandler({
    connections: { describeVpnConnections },
    answer: (url: string, body: object) => {
      answers.push({ url, body });
      return Promise.resolve();
    },
  })({ ...request, ...change });
  return { answers, asked: describeVpnConnections.mock.calls };
}

const ids = { StackId: 'stack-1', RequestId: 'request-1', LogicalResourceId: 'Connection1' };

describe('the function that tells of connections', () => {
  test('finds each tunnel by its inside range, and tells nothing but addresses and where the keys lie', async () => {
    const { answers, asked } = await run({ VpnConnections: [described] });
    expect(asked).toEqual([[{ VpnConnectionIds: ['vpn-1'] }]]);
    expect(answers).toEqual([
      {
        url: request.ResponseURL,
        body: {
          Status: 'SUCCESS',
          Reason: 'The connection is told.',
          Data: { Tunnel1: '13.0.0.1', Tunnel2: '13.0.0.2', KeyArn: keyArn },
          PhysicalResourceId: 'vpn-1',
          ...ids,
        },
      },
    ]);
    expect(JSON.stringify(answers)).not.toContain('never told');
  });

  test('tells only where the keys lie of a connection whose ranges AWS chose', async () => {
    const { answers } = await run(
      { VpnConnections: [described] },
      { ResourceProperties: { VpnConnectionId: 'vpn-1' } },
    );
    expect(answers[0]?.body).toEqual(expect.objectContaining({ Status: 'SUCCESS', Data: { KeyArn: keyArn } }));
  });

  test('has nothing to do when the resource goes', async () => {
    const { answers, asked } = await run({}, { RequestType: 'Delete', PhysicalResourceId: 'vpn-0' });
    expect(asked).toEqual([]);
    expect(answers[0]?.body).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'vpn-0', ...ids });
  });

  test.each([
    ['AWS knows no such connection', { VpnConnections: [] }, 'vpn-1 has no secret for its keys'],
    [
      'the keys are not in Secrets Manager',
      { VpnConnections: [{ Options: described.Options }] },
      'vpn-1 has no secret for its keys',
    ],
    [
      'a tunnel has another range',
      { VpnConnections: [{ ...described, Options: { TunnelOptions: described.Options.TunnelOptions.slice(1) } }] },
      'vpn-1 has no tunnel on 169.254.22.0/30',
    ],
  ])('fails when %s', async (_title, answer, reason) => {
    const { answers } = await run(answer);
    expect(answers.map(({ body }) => body)).toEqual([
      { Status: 'FAILED', Reason: reason, PhysicalResourceId: 'vpn-1', ...ids },
    ]);
  });

  test('fails when EC2 refuses', async () => {
    const { createHandler } = loadModule<Module>(file, { '@aws-sdk/client-ec2': { EC2: class {} } });
    const answer = jest.fn((_url: string, _body: object) => Promise.resolve());
    await createHandler({
      connections: { describeVpnConnections: () => Promise.reject(new Error('not allowed')) },
      answer,
    })(request);
    expect(answer.mock.calls[0]?.[1]).toMatchObject({ Status: 'FAILED', Reason: 'not allowed' });
  });

  test('answers CloudFormation over HTTP', async () => {
    const bodies: string[] = [];
    const server = createServer((received, response) => {
      let body = '';
      received.on('data', (part) => (body += String(part)));
      received.on('end', () => {
        bodies.push(`${received.method} ${body}`);
        response.end();
      });
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const { port } = server.address() as AddressInfo;
    class EC2 {
      public describeVpnConnections = () => Promise.resolve({ VpnConnections: [described] });
    }
    const { handler } = loadModule<Module>(file, { '@aws-sdk/client-ec2': { EC2 } });
    await handler({ ...request, ResponseURL: `http://127.0.0.1:${port}/signed` });
    server.close();
    expect(bodies).toHaveLength(1);
    expect(bodies[0]).toMatch(/^PUT .*"Tunnel1":"13\.0\.0\.1"/);
  });
});
