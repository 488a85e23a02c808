import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import { assertNever, refuse } from '../platform/error';
import type { AwsSite } from '../platform/nouns/site';
import type { NamedAwsSite } from './locked-addresses';

/** The way out to the internet. */
export type Nat = AwsSite['network']['nat'];

/**
 * Refuses a site in which no task could start, for want of a way to AWS.
 *
 * @throws PlatformError
 */
export function requireWayToAws({ siteName, network }: NamedAwsSite): void {
  refuse(
    `network of the ${siteName} site`,
    network.nat === 'none' && !network.interfaceEndpoints
      ? [
          {
            path: `sites.${siteName}.network.interfaceEndpoints`,
            got: network.interfaceEndpoints,
            allowed: "true while nat is 'none'",
            remedy: 'turn it on, or give the site a way out',
          },
        ]
      : [],
  );
}

/** The zones in which traffic leaves, each from an address of its own. */
export function egressZones(nat: Nat, zones: readonly string[]): readonly string[] {
  switch (nat) {
    case 'regional':
    case 'per-zone':
      return zones;
    case 'single':
      return zones.slice(0, 1);
    case 'none':
      return [];
    default:
      return assertNever(nat);
  }
}

/** An address from which traffic of a zone leaves. */
export interface EgressAddress {
  readonly zone: string;
  readonly allocationId: string;
}

/** How a VPC's gateways are made, on addresses that are there already. */
export function natSettings(
  nat: Nat,
  addresses: readonly EgressAddress[],
): Pick<ec2.VpcProps, 'natGateways' | 'natGatewayProvider'> {
  const allocationIds = addresses.map(({ allocationId }) => allocationId);
  switch (nat) {
    case 'regional':
      // With an address named for every zone, AWS adds neither zones nor addresses by itself.
      return {
        natGatewayProvider: ec2.NatProvider.regionalGateway({
          availabilityZoneAddresses: addresses.map(({ zone, allocationId }) => ({
            availabilityZone: zone,
            allocationIds: [allocationId],
          })),
        }),
      };
    case 'per-zone':
    case 'single':
      return {
        natGateways: allocationIds.length,
        natGatewayProvider: ec2.NatProvider.gateway({ eipAllocationIds: allocationIds }),
      };
    case 'none':
      return { natGateways: 0 };
    default:
      return assertNever(nat);
  }
}
