import { z } from 'zod';
import { PlatformError, refuse, type Problem } from './error';
import type { LinkPlan, Tunnel } from './link';
import { linkOutput, linkVariable, tunnelKey, tunnelName } from './link-outputs';
import { isDocumentationAddress } from './outputs';
import { named } from './named';

/** A tunnel, and its public address on AWS. */
export type OutsideTunnel = Tunnel & { readonly outside: string };

/** The end of the link on AWS, as its stack told it. */
export interface AwsEnd {
  readonly tunnels: readonly OutsideTunnel[];
  /** ARN of the secret that holds the keys of a connection's tunnels. */
  readonly keyArns: Readonly<Record<Tunnel['connection'], string>>;
}

const address = z.ipv4();
const stackOutputs = z.array(z.object({ OutputKey: z.string(), OutputValue: z.string() }));
const secretArn = /^arn:[a-z-]+:secretsmanager:[a-z0-9-]+:\d{12}:secret:\S+$/;

/** What a deployment that is not there, or is not whole, is answered with. */
const deploy = 'deploy the stack Recovery on AWS';

/**
 * The end of the link on AWS, from the outputs of its stack.
 *
 * @param told Outputs of the stack as `aws cloudformation describe-stacks` lists them.
 * @param stack What the stack is called in what is refused.
 * @throws PlatformError that lists every address and secret that is missing, and every address that two tunnels have
 */
export function awsEnd(plan: LinkPlan, told: unknown, stack: string): AwsEnd {
  const list = stackOutputs.safeParse(told).data ?? [];
  const valueOf = (name: string): string | undefined => list.find(({ OutputKey }) => OutputKey === name)?.OutputValue;
  const tunnels = plan.tunnels.map((tunnel) => ({ ...tunnel, outside: valueOf(linkOutput.address(tunnel)) ?? '' }));
  const keyArns = { 1: valueOf(linkOutput.keyArn(1)) ?? '', 2: valueOf(linkOutput.keyArn(2)) ?? '' };
  const problem = (name: string, allowed: string): Problem => ({
    path: `${stack} ${name}`,
    got: valueOf(name),
    allowed,
    remedy: deploy,
  });
  const isOwn = (tunnel: OutsideTunnel): boolean =>
    address.safeParse(tunnel.outside).success &&
    !isDocumentationAddress(tunnel.outside) &&
    tunnels.every((other) => linkVariable.key(other) === linkVariable.key(tunnel) || other.outside !== tunnel.outside);
  refuse('the end of the link on AWS', [
    ...tunnels
      .filter((tunnel) => !isOwn(tunnel))
      .map((tunnel) => problem(linkOutput.address(tunnel), 'an address of AWS that no other tunnel has')),
    ...([1, 2] as const)
      .filter((connection) => !secretArn.test(keyArns[connection]))
      .map((connection) => problem(linkOutput.keyArn(connection), 'the ARN of a secret')),
  ]);
  return { tunnels, keyArns };
}

/** What a secret holds. Nothing of it is ever said, nor why it cannot be read. */
function secretValues(text: string): Readonly<Record<string, unknown>> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    return {};
  }
}

/**
 * Keys of tunnels by their names, `1/T1`, from the two secrets in which AWS keeps them by the tunnels' public addresses.
 *
 * @throws PlatformError that lists every tunnel whose key is missing or is none that AWS takes; it tells none
 */
export function tunnelKeys(
  { keyArns, tunnels }: AwsEnd,
  secrets: Readonly<Record<Tunnel['connection'], string>>,
): Readonly<Record<string, string>> {
  const read = { 1: secretValues(secrets[1]), 2: secretValues(secrets[2]) };
  const found = tunnels.map((tunnel) => ({ tunnel, key: read[tunnel.connection][tunnel.outside] }));
  const isKey = (key: unknown): key is string => typeof key === 'string' && tunnelKey.test(key);
  refuse(
    'the keys of the link',
    found
      .filter(({ key }) => !isKey(key))
      .map(({ key, tunnel }) => ({
        path: `${keyArns[tunnel.connection]} ${tunnel.outside}`,
        got: key === undefined ? undefined : 'something else',
        allowed: `the key of tunnel ${tunnelName(tunnel)}, as AWS makes them`,
        remedy: `rotate it: npm run carry:link -- rotate ${tunnelName(tunnel)} (docs/runbooks/link-key.md)`,
      })),
  );
  return Object.fromEntries(found.map(({ key, tunnel }) => [tunnelName(tunnel), String(key)]));
}

/** Values of the variables of the end of the link on Azure, by their names. */
export const linkValues = (
  { tunnels }: AwsEnd,
  keys: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    tunnels.flatMap((tunnel) => [
      [linkVariable.address(tunnel), tunnel.outside],
      [linkVariable.key(tunnel), named('keys of tunnels', keys, tunnelName(tunnel))],
    ]),
  );

const connections = z.array(
  z.object({
    VpnConnectionId: z.string(),
    VgwTelemetry: z.array(z.object({ OutsideIpAddress: z.string(), Status: z.string() })).default([]),
  }),
);

/** A tunnel whose key may be changed. */
export interface Rotation {
  readonly tunnel: OutsideTunnel;
  /** By which AWS knows its connection. */
  readonly vpnConnectionId: string;
}

/**
 * The tunnel whose key is to be changed. Its tunnel is down meanwhile, so that every other one must be up.
 *
 * @param name `1/T2`
 * @param told Connections as `aws ec2 describe-vpn-connections` lists them.
 * @throws PlatformError that lists every other tunnel that is not up, or says that there is no such tunnel
 */
export function rotationOf({ tunnels }: AwsEnd, name: string, told: unknown): Rotation {
  const list = connections.safeParse(told).data ?? [];
  const connectionOf = ({ outside }: OutsideTunnel) =>
    list.find(({ VgwTelemetry }) => VgwTelemetry.some(({ OutsideIpAddress }) => OutsideIpAddress === outside));
  const statusOf = (tunnel: OutsideTunnel): string | undefined =>
    connectionOf(tunnel)?.VgwTelemetry.find(({ OutsideIpAddress }) => OutsideIpAddress === tunnel.outside)?.Status;
  const tunnel = tunnels.find((each) => tunnelName(each) === name);
  const vpnConnectionId = tunnel === undefined ? undefined : connectionOf(tunnel)?.VpnConnectionId;
  const problems: readonly Problem[] = [
    ...(tunnel === undefined
      ? [{ path: 'tunnel', got: name, allowed: `one of ${tunnels.map(tunnelName).join(', ')}`, remedy: 'name one' }]
      : []),
    ...(tunnel !== undefined && vpnConnectionId === undefined
      ? [{ path: `tunnel ${name}`, got: undefined, allowed: 'of a connection on AWS', remedy: deploy }]
      : []),
    ...tunnels
      .filter((each) => tunnelName(each) !== name && statusOf(each) !== 'UP')
      .map((each) => ({
        path: `tunnel ${tunnelName(each)}`,
        got: statusOf(each),
        allowed: 'UP while another one is down',
        remedy: 'mend it first (docs/runbooks/link.md)',
      })),
  ];
  if (tunnel === undefined || vpnConnectionId === undefined || problems.length > 0) {
    throw new PlatformError('the rotation of a key', problems);
  }
  return { tunnel, vpnConnectionId };
}
