import { LocalNetworkGateway } from '@cdktf/provider-azurerm/lib/local-network-gateway';
import { Construct } from 'constructs';
import { tunnelSuite, type LinkPlan, type Tunnel } from '../platform/link';
import { linkConnectionWord } from '../platform/link-outputs';
import { raiseAlerts } from './alert-table';
import { AzapiResource } from './azapi';
import type { Monitoring } from './diagnostics';
import { linkAlerts, reconnects, usualReconnects } from './link-alerts';
import { groupIdOf, nameIn, placed, type Place } from './place';
import { raiseQueryAlert } from './query-alert';
import { gatewayInstances } from './vpn-gateway';
import { required } from '../platform/required';

export interface LinkProps {
  readonly place: Place;
  readonly monitoring: Monitoring;
  readonly plan: LinkPlan;
  /** Id of the gateway of the link. */
  readonly gatewayId: string;
  /** Public address of the end of a tunnel on AWS. */
  readonly addressOf: (tunnel: Tunnel) => string;
  /** Key of a tunnel, which no state keeps. */
  readonly keyOf: (tunnel: Tunnel) => string;
}

/** The interface by which connections are made. */
const connectionType = 'Microsoft.Network/connections@2024-05-01';

/** Least that Azure lets a key encrypt before it makes another, and so much that only its lifetime counts, in kilobytes. */
const keyKilobytes = 102_400_000;

/**
 * What a connection is, as Azure's own interface spells it: IKE version 2 with the suite of the plan and no other, and for each instance
 * of the gateway the address by which it speaks BGP through this tunnel. It says nothing of a key.
 */
export const connectionBody = ({
  customBgp,
  gatewayId,
  localGatewayId,
}: Pick<Tunnel, 'customBgp'> & { readonly gatewayId: string; readonly localGatewayId: string }) => ({
  properties: {
    connectionType: 'IPsec',
    connectionProtocol: 'IKEv2',
    connectionMode: 'Default',
    dpdTimeoutSeconds: tunnelSuite.deadSeconds,
    enableBgp: true,
    usePolicyBasedTrafficSelectors: false,
    virtualNetworkGateway1: { id: gatewayId, properties: {} },
    localNetworkGateway2: { id: localGatewayId, properties: {} },
    gatewayCustomBgpIpAddresses: [customBgp.primary, customBgp.secondary].map((customBgpIpAddress, index) => ({
      ipConfigurationId: `${gatewayId}/ipConfigurations/${required(`instance ${index}`, gatewayInstances[index])}`,
      customBgpIpAddress,
    })),
    ipsecPolicies: [
      {
        ikeEncryption: tunnelSuite.ike.encryption,
        ikeIntegrity: tunnelSuite.ike.integrity,
        dhGroup: `DHGroup${tunnelSuite.ike.group}`,
        ipsecEncryption: 'GCMAES256',
        ipsecIntegrity: 'GCMAES256',
        // Azure's name of the same group of 2,048 bits.
        pfsGroup: 'PFS2048',
        saLifeTimeSeconds: tunnelSuite.ipsec.seconds,
        saDataSizeKilobytes: keyKilobytes,
      },
    ],
  },
});

/**
 * The end of the link on Azure: for each tunnel what stands at its other end, and a connection to that.
 *
 * Connections are made by Azure's own interface. The resource of azurerm reads the key of a connection back and keeps it in the state
 * of Terraform, whether it was given one or not; here, the key is told anew each time, and the state has a digest of it, by which a
 * new one is noticed.
 */
export class Link extends Construct {
  /** What stands at the other end of each tunnel, in the order of the plan. */
  public readonly ends: readonly LocalNetworkGateway[];
  /** A connection for each tunnel, in the order of the plan. */
  public readonly connections: readonly AzapiResource[];

  public constructor(scope: Construct, id: string, props: LinkProps) {
    super(scope, id);
    const tunnels = props.plan.tunnels.map((tunnel) => this.tunnel(tunnel, props));
    this.ends = tunnels.map(({ end }) => end);
    this.connections = tunnels.map(({ connection }) => connection);
    this.watch(props);
  }

  private tunnel(tunnel: Tunnel, { addressOf, gatewayId, keyOf, place, plan }: LinkProps) {
    const word = linkConnectionWord(tunnel);
    const scope = new Construct(this, `Connection${tunnel.connection}Tunnel${tunnel.tunnel}`);
    const end = new LocalNetworkGateway(scope, 'End', {
      ...placed(place),
      name: nameIn(place, 'local-gateway', word),
      gatewayAddress: addressOf(tunnel),
      bgpSettings: { asn: plan.awsAsn, bgpPeeringAddress: tunnel.awsAddress },
    });
    const connection = new AzapiResource(scope, 'Connection', {
      place,
      type: connectionType,
      name: nameIn(place, 'vpn-connection', word),
      parentId: groupIdOf(place),
      location: place.location,
      tags: place.tags,
      body: connectionBody({ ...tunnel, gatewayId, localGatewayId: end.id }),
      sensitiveBody: { properties: { sharedKey: keyOf(tunnel) } },
      // A gateway takes one change at a time; and while one tunnel is given a new key, the others carry its traffic.
      locks: [gatewayId],
      // Without a list of its own, the provider keeps whatever Azure tells besides.
      reads: ['properties.provisioningState'],
    });
    return { end, connection };
  }

  private watch({ gatewayId, monitoring, place, plan }: LinkProps): void {
    const alerts = new Construct(this, 'Alerts');
    raiseAlerts(
      alerts,
      {
        place,
        monitoring,
        name: 'link',
        targetId: gatewayId,
        metricNamespace: 'Microsoft.Network/virtualNetworkGateways',
      },
      linkAlerts(plan, (word) => nameIn(place, 'vpn-connection', word)),
    );
    raiseQueryAlert(alerts, 'Flapping', {
      place,
      monitoring,
      name: 'link-flapping',
      query: reconnects(gatewayId),
      measure: 'Times',
      by: 'remoteIP_s',
      threshold: usualReconnects,
      windowMinutes: 30,
      description: 'A tunnel of the link to AWS is lost and connected anew again and again.',
      runbook: 'link',
      severity: 2,
    });
  }
}
