import { ApplicationGateway as Gateway } from '@cdktf/provider-azurerm/lib/application-gateway';
import type { PublicIp } from '@cdktf/provider-azurerm/lib/public-ip';
import { Construct } from 'constructs';
import type { AzureSite } from '../platform/nouns/site';
import { raiseAlerts } from './alert-table';
import { gatewayAlerts } from './application-gateway-alerts';
import { instancesFor } from './application-gateway-instances';
import {
  backends,
  lastAddress,
  listeners,
  paths,
  rewrites,
  words,
  type ServedSite,
} from './application-gateway-settings';
import { sendDiagnostics, type Monitoring } from './diagnostics';
import type { EdgeCertificate } from './edge-certificate';
import { groupIdOf, nameIn, placed, type Place } from './place';
import { publicAddress } from './public-address';
import type { PrivateNetwork } from './private-network';
import { waitFor } from './wait-for';

export interface ApplicationGatewayProps {
  readonly place: Place;
  readonly network: PrivateNetwork;
  readonly monitoring: Monitoring;
  readonly served: ServedSite;
  /** Range of the subnet in which it stands. */
  readonly range: string;
  readonly certificate: EdgeCertificate;
  readonly firewallPolicyId: string;
  /** Users at the same time, at the peak. */
  readonly concurrentUsers: number;
  /** How its address is protected against floods. @default 'basic' */
  readonly ddosProtection?: AzureSite['network']['ddosProtection'];
}

/**
 * The entrance of a site: it serves the whole domain by itself, from an address that stays, since the name of a zone cannot be
 * an alias of Front Door; and it is what Front Door reaches by private link. Both ways are behind its own firewall, and both
 * lead to the gateway at an address of the network, and to the files at their private endpoint.
 */
export class ApplicationGateway extends Construct {
  public readonly gateway: Gateway;
  public readonly address: PublicIp;
  /** Id of the service that Azure makes of the private link. No provider tells it; it follows from the names of both. */
  public readonly privateLinkId: string;

  public constructor(scope: Construct, id: string, props: ApplicationGatewayProps) {
    super(scope, id);
    const { certificate, concurrentUsers, monitoring, place } = props;
    // Records of the domain name it.
    this.address = publicAddress(this, 'Address', { ...props, words: ['edge'] });
    this.gateway = this.makeGateway(props);
    waitFor(this.gateway, [certificate.grant]);
    const group = groupIdOf(place);
    const service = `_e41f87a2_${this.gateway.name}_${words.privateLink}`;
    this.privateLinkId = `${group}/providers/Microsoft.Network/privateLinkServices/${service}`;
    sendDiagnostics(this, { id: this.gateway.id, monitoring });
    raiseAlerts(
      this,
      {
        place,
        monitoring,
        name: 'application-gateway',
        targetId: this.gateway.id,
        metricNamespace: 'Microsoft.Network/applicationGateways',
      },
      gatewayAlerts(instancesFor(concurrentUsers)),
    );
  }

  private makeGateway(props: ApplicationGatewayProps): Gateway {
    const { certificate, concurrentUsers, firewallPolicyId, network, place, range, served } = props;
    const subnetId = network.subnetIds['application-gateway'];
    return new Gateway(this, 'Gateway', {
      ...placed(place),
      name: nameIn(place, 'application-gateway'),
      zones: [...place.zones],
      sku: { name: 'WAF_v2', tier: 'WAF_v2' },
      autoscaleConfiguration: { ...instancesFor(concurrentUsers) },
      firewallPolicyId,
      forceFirewallPolicyAssociation: true,
      identity: { type: 'UserAssigned', identityIds: [certificate.identity.id] },
      sslPolicy: { policyType: 'Predefined', policyName: 'AppGwSslPolicy20220101S' },
      sslCertificate: [{ name: words.certificate, keyVaultSecretId: certificate.secretId }],
      gatewayIpConfiguration: [{ name: 'subnet', subnetId }],
      frontendIpConfiguration: [
        { name: words.public, publicIpAddressId: this.address.id },
        {
          name: words.private,
          subnetId,
          privateIpAddressAllocation: 'Static',
          privateIpAddress: lastAddress(range),
          privateLinkConfigurationName: words.privateLink,
        },
      ],
      privateLinkConfiguration: [
        {
          name: words.privateLink,
          ipConfiguration: [
            {
              name: words.privateLink,
              primary: true,
              subnetId: network.subnetIds['private-link'],
              privateIpAddressAllocation: 'Dynamic',
            },
          ],
        },
      ],
      ...listeners(served),
      ...paths(served),
      ...backends(served),
      ...rewrites(served),
    });
  }
}
