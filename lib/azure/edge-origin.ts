import { CdnFrontdoorOrigin } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-origin';
import { CdnFrontdoorOriginGroup } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-origin-group';
import { Construct } from 'constructs';

export interface EdgeOriginProps {
  readonly profileId: string;
  readonly name: string;
  /** Name that the origin's certificate has, and that it is asked for. */
  readonly host: string;
  /** What is asked to see whether it is healthy, and how. */
  readonly probe: { readonly path: string; readonly method: 'GET' | 'HEAD' };
  readonly link: {
    /** Region in which Front Door enters the private link. */
    readonly location: string;
    /** Id of what is reached. */
    readonly targetId: string;
    /** Part of it. @default - it has one */
    readonly part?: 'blob';
  };
}

/** Seconds between two probes of one location of Front Door; there are some hundred. */
const probeSeconds = 60;

/** Where Front Door gets answers from: one origin by private link, which somebody at the other end has to approve. */
export class EdgeOrigin extends Construct {
  public readonly group: CdnFrontdoorOriginGroup;
  public readonly origin: CdnFrontdoorOrigin;

  public constructor(scope: Construct, id: string, props: EdgeOriginProps) {
    super(scope, id);
    const { host, link, name, probe, profileId } = props;
    this.group = new CdnFrontdoorOriginGroup(this, 'Group', {
      name,
      cdnFrontdoorProfileId: profileId,
      sessionAffinityEnabled: false,
      restoreTrafficTimeToHealedOrNewEndpointInMinutes: 0,
      healthProbe: {
        protocol: 'Https',
        path: probe.path,
        requestType: probe.method,
        intervalInSeconds: probeSeconds,
      },
      loadBalancing: { sampleSize: 4, successfulSamplesRequired: 3, additionalLatencyInMilliseconds: 50 },
    });
    this.origin = new CdnFrontdoorOrigin(this, 'Origin', {
      name,
      cdnFrontdoorOriginGroupId: this.group.id,
      enabled: true,
      hostName: host,
      originHostHeader: host,
      certificateNameCheckEnabled: true,
      httpPort: 80,
      httpsPort: 443,
      priority: 1,
      weight: 1000,
      privateLink: {
        location: link.location,
        privateLinkTargetId: link.targetId,
        requestMessage: `Front Door asks for ${name}`,
        ...(link.part === undefined ? {} : { targetType: link.part }),
      },
    });
  }
}
