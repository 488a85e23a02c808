import { PlatformError } from '../../lib/platform/error';
import { linkPlan } from '../../lib/platform/link';
import { awsEnd, linkValues, rotationOf, tunnelKeys } from '../../lib/platform/link-carry';
import { keyOf, outsideOf, secretArn, secretText, stackOutputs, telemetry } from '../support/link-told';

const plan = linkPlan({ awsAsn: 64_512, azureAsn: 65_010, inside: ['169.254.21.0/29', '169.254.22.0/29'] });
const stack = 'shop-production-Recovery';
const end = awsEnd(plan, stackOutputs(), stack);
const secrets = { 1: secretText(1), 2: secretText(2) };

/** What is refused, each as its path and what may stand there. */
function problems(refused: () => unknown): readonly string[] {
  try {
    refused();
  } catch (error) {
    if (error instanceof PlatformError) return error.problems.map(({ allowed, path }) => `${path} must be ${allowed}`);
    throw error;
  }
  return [];
}

describe('the end of the link on AWS', () => {
  test('is what its stack told', () => {
    expect(end.tunnels.map(({ connection, outside, tunnel }) => [connection, tunnel, outside])).toEqual([
      [1, 1, '13.250.1.1'],
      [1, 2, '13.250.1.2'],
      [2, 1, '13.250.2.1'],
      [2, 2, '13.250.2.2'],
    ]);
    expect(end.keyArns).toEqual({ 1: secretArn(1), 2: secretArn(2) });
  });

  test.each([
    ['the stack was not deployed', null],
    ['the stack tells nothing', []],
    ['the answer is of another kind', { Stacks: [] }],
  ])('fails when %s, and names all six that are missing', (_title, told) => {
    expect(problems(() => awsEnd(plan, told, stack))).toEqual([
      `${stack} LinkConnection1KeyArn must be the ARN of a secret`,
      `${stack} LinkConnection1Tunnel1Address must be an address of AWS that no other tunnel has`,
      `${stack} LinkConnection1Tunnel2Address must be an address of AWS that no other tunnel has`,
      `${stack} LinkConnection2KeyArn must be the ARN of a secret`,
      `${stack} LinkConnection2Tunnel1Address must be an address of AWS that no other tunnel has`,
      `${stack} LinkConnection2Tunnel2Address must be an address of AWS that no other tunnel has`,
    ]);
  });

  test.each([
    ['an address is none', { LinkConnection1Tunnel1Address: '13.250.1' }, ['LinkConnection1Tunnel1Address']],
    ['an address is of documents', { LinkConnection2Tunnel1Address: '192.0.2.7' }, ['LinkConnection2Tunnel1Address']],
    [
      'two tunnels have one address',
      { LinkConnection2Tunnel2Address: outsideOf(1, 1) },
      ['LinkConnection1Tunnel1Address', 'LinkConnection2Tunnel2Address'],
    ],
    ['a secret is none', { LinkConnection2KeyArn: 'arn:aws:s3:::keys' }, ['LinkConnection2KeyArn']],
  ])('fails when %s', (_title, change, names) => {
    const refused = problems(() => awsEnd(plan, stackOutputs(change), stack));
    expect(refused.map((problem) => problem.split(' ')[1])).toEqual(names);
  });
});

describe('keys of tunnels', () => {
  test('are found by the addresses of their tunnels', () => {
    expect(tunnelKeys(end, secrets)).toEqual({
      '1/T1': keyOf(1, 1),
      '1/T2': keyOf(1, 2),
      '2/T1': keyOf(2, 1),
      '2/T2': keyOf(2, 2),
    });
  });

  const weak = 'short';
  test.each([
    ['a secret is empty', { ...secrets, 1: '' }, ['13.250.1.1', '13.250.1.2']],
    ['a secret is no object', { ...secrets, 2: JSON.stringify(keyOf(2, 1)) }, ['13.250.2.1', '13.250.2.2']],
    ['a secret is of other tunnels', { 1: secretText(2), 2: secretText(2) }, ['13.250.1.1', '13.250.1.2']],
    ['a key is none that AWS takes', { ...secrets, 1: secretText(1, { [outsideOf(1, 2)]: weak }) }, ['13.250.1.2']],
    [
      'a key begins with zero',
      { ...secrets, 1: secretText(1, { [outsideOf(1, 2)]: `0${keyOf(1, 2)}` }) },
      ['13.250.1.2'],
    ],
    ['a key is a number', { ...secrets, 2: secretText(2, { [outsideOf(2, 2)]: 1_234_567_890 }) }, ['13.250.2.2']],
  ])('fail when %s, and tell no key', (_title, told, outside) => {
    expect(problems(() => tunnelKeys(end, told)).map((problem) => problem.split(' ')[1])).toEqual(outside);
    const message = String(
      (() => {
        try {
          return tunnelKeys(end, told);
        } catch (error) {
          return error;
        }
      })(),
    );
    for (const key of [keyOf(1, 1), keyOf(1, 2), keyOf(2, 1), keyOf(2, 2), weak, '1234567890']) {
      expect(message).not.toContain(key);
    }
  });

  test('fail when a text is no JSON, without a word of it', () => {
    expect(() => tunnelKeys(end, { ...secrets, 1: keyOf(1, 1) })).toThrow('the keys of the link: 2 problems');
    expect(() => tunnelKeys(end, { ...secrets, 1: keyOf(1, 1) })).not.toThrow(keyOf(1, 1));
  });
});

test('variables of Terraform are told the address and the key of the very tunnel', () => {
  expect(linkValues(end, tunnelKeys(end, secrets))).toEqual({
    connection_1_tunnel_1_address: '13.250.1.1',
    connection_1_tunnel_1_key: keyOf(1, 1),
    connection_1_tunnel_2_address: '13.250.1.2',
    connection_1_tunnel_2_key: keyOf(1, 2),
    connection_2_tunnel_1_address: '13.250.2.1',
    connection_2_tunnel_1_key: keyOf(2, 1),
    connection_2_tunnel_2_address: '13.250.2.2',
    connection_2_tunnel_2_key: keyOf(2, 2),
  });
});

describe('the rotation of a key', () => {
  test('is of one tunnel of one connection', () => {
    const { tunnel, vpnConnectionId } = rotationOf(end, '2/T1', telemetry());
    expect([tunnel.outside, vpnConnectionId]).toEqual(['13.250.2.1', 'vpn-2']);
  });

  test('is possible while that tunnel itself is down', () => {
    expect(rotationOf(end, '2/T1', telemetry({ [outsideOf(2, 1)]: 'DOWN' })).vpnConnectionId).toBe('vpn-2');
  });

  test.each([
    [
      'other tunnels are down, and names each',
      '1/T1',
      telemetry({ [outsideOf(1, 2)]: 'DOWN', [outsideOf(2, 2)]: 'DOWN' }),
      ['tunnel 1/T2 must be UP while another one is down', 'tunnel 2/T2 must be UP while another one is down'],
    ],
    ['there is no such tunnel', '3/T1', telemetry(), ['tunnel must be one of 1/T1, 1/T2, 2/T1, 2/T2']],
    ['no tunnel is named', '', telemetry(), ['tunnel must be one of 1/T1, 1/T2, 2/T1, 2/T2']],
    [
      'AWS has no connection of the link',
      '1/T1',
      [],
      [
        'tunnel 1/T1 must be of a connection on AWS',
        'tunnel 1/T2 must be UP while another one is down',
        'tunnel 2/T1 must be UP while another one is down',
        'tunnel 2/T2 must be UP while another one is down',
      ],
    ],
  ])('fails when %s', (_title, name, told, expected) => {
    expect(problems(() => rotationOf(end, name, told))).toEqual(expected);
  });
});
