import type { SubnetConfig } from '@cdktf/provider-azurerm/lib/subnet';

/** Arguments of a subnet, but for where it stands. */
export type SubnetSettings = Omit<SubnetConfig, 'resourceGroupName' | 'virtualNetworkName'>;

/** What a subnet is made from. */
export interface SubnetSpec {
  readonly name: string;
  /** Its range, from the allocation lock. */
  readonly range: string;
  /** Service of Azure to which it is given over. @default - to none */
  readonly service?: string | undefined;
}

/** How a subnet is made: on its range, without a way out that it was not given. */
export const subnetSettings = ({ name, range, service }: SubnetSpec): SubnetSettings => ({
  name,
  addressPrefixes: [range],
  defaultOutboundAccessEnabled: false,
  privateEndpointNetworkPolicies: 'Enabled',
  ...(service === undefined
    ? {}
    : {
        delegation: [
          {
            name,
            serviceDelegation: {
              name: service,
              actions: ['Microsoft.Network/virtualNetworks/subnets/join/action'],
            },
          },
        ],
      }),
});
