import type { Tunnel } from './link';
import { stagePrefix } from './names';
import type { Platform } from './platform';

/** A tunnel by its numbers. */
type Numbered = Pick<Tunnel, 'connection' | 'tunnel'>;

/** What the stack that holds the end of the link on AWS is called there. */
export const recoveryStackName = (platform: Pick<Platform, 'name' | 'stageName'>): string =>
  `${stagePrefix(platform)}-Recovery`;

/** Names under which the end of the link on AWS tells what CloudFormation knows: outputs of its stack. */
export const linkOutput = {
  /** Public address of a tunnel. */
  address: ({ connection, tunnel }: Numbered): string => `LinkConnection${connection}Tunnel${tunnel}Address`,
  /** ARN of the secret in which AWS keeps the keys of a connection's tunnels, by their public addresses. */
  keyArn: (connection: Tunnel['connection']): string => `LinkConnection${connection}KeyArn`,
} as const;

/** Names of the variables by which the end of the link on Azure is told the same. */
export const linkVariable = {
  /** Public address of a tunnel. */
  address: ({ connection, tunnel }: Numbered): string => `connection_${connection}_tunnel_${tunnel}_address`,
  /** Key of a tunnel. */
  key: ({ connection, tunnel }: Numbered): string => `connection_${connection}_tunnel_${tunnel}_key`,
} as const;

/** What a key of a tunnel may be: Azure takes more, AWS does not. https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html */
export const tunnelKey = /^[A-Za-z1-9._][A-Za-z0-9._]{7,63}$/;

/** How people call a tunnel: `1/T2`. */
export const tunnelName = ({ connection, tunnel }: Numbered): string => `${connection}/T${tunnel}`;

/** Name of a connection on Azure: each tunnel is one there. */
export const linkConnectionWord = ({ connection, tunnel }: Numbered): string => `aws-${connection}-${tunnel}`;

/** Name of the output by which the gateway on Azure tells its public addresses. */
export const gatewayAddressesOutput = 'GatewayAddresses';
