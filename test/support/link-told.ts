import type { Tunnel } from '../../lib/platform/link';

type Connection = Tunnel['connection'];
type Change = Readonly<Record<string, unknown>>;

const tunnels = ([1, 2] as const).flatMap((connection) =>
  ([1, 2] as const).map((tunnel) => [connection, tunnel] as const),
);

/** Public address of a tunnel on AWS. */
export const outsideOf = (connection: number, tunnel: number): string => `13.250.${connection}.${tunnel}`;

/** Key of a tunnel. */
export const keyOf = (connection: number, tunnel: number): string =>
  `key_of_tunnel_${connection}_${tunnel}.made_by_AWS`;

/** ARN of the secret in which AWS keeps the keys of a connection. */
export const secretArn = (connection: number): string =>
  `arn:aws:secretsmanager:ap-southeast-1:111122223333:secret:s2svpn!vpn-${connection}`;

/** What the secret of a connection holds. */
export const secretText = (connection: Connection, change: Change = {}): string =>
  JSON.stringify({
    [outsideOf(connection, 1)]: keyOf(connection, 1),
    [outsideOf(connection, 2)]: keyOf(connection, 2),
    ...change,
  });

/** Outputs of the stack of the link, as AWS lists them. */
export const stackOutputs = (change: Readonly<Record<string, string>> = {}): readonly object[] =>
  Object.entries({
    ...Object.fromEntries(
      tunnels.map(([connection, tunnel]) => [
        `LinkConnection${connection}Tunnel${tunnel}Address`,
        outsideOf(connection, tunnel),
      ]),
    ),
    LinkConnection1KeyArn: secretArn(1),
    LinkConnection2KeyArn: secretArn(2),
    ...change,
  }).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue, Description: 'Of the link' }));

/** Connections as AWS lists them: those of the link, and one of somebody else. */
export const telemetry = (status: Readonly<Record<string, string>> = {}): readonly object[] => [
  { VpnConnectionId: 'vpn-9', VgwTelemetry: [{ OutsideIpAddress: '13.250.9.9', Status: 'DOWN' }] },
  ...([1, 2] as const).map((connection) => ({
    VpnConnectionId: `vpn-${connection}`,
    VgwTelemetry: ([1, 2] as const).map((tunnel) => ({
      OutsideIpAddress: outsideOf(connection, tunnel),
      Status: status[outsideOf(connection, tunnel)] ?? 'UP',
    })),
  })),
];
