import { CdnFrontdoorOrigin } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-origin';
import { CdnFrontdoorOriginGroup } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-origin-group';
import { Construct } from 'constructs';
import { pascalCase } from '../platform/ids';

/** One place from which Front Door gets answers, by a private link that somebody at its other end has to approve. */
export interface OriginTarget {
  /** Name that the origin's certificate has, and that it is asked for. */
  readonly host: string;
  readonly link: {
    /** Region in which Front Door enters the private link. */
    readonly location: string;
    /** Id of what is reached. */
    readonly targetId: string;
    /** Part of it. @default - it has one */
    readonly part?: 'blob';
  };
}

export interface EdgeOriginProps extends OriginTarget {
  readonly profileId: string;
  readonly name: string;
  /** What is asked to see whether it is healthy, and how. */
  readonly probe: { readonly path: string; readonly method: 'GET' | 'HEAD' };
  /** Other sites that answer the same, in the order in which they are asked while those before them are unwell. @default - none */
  readonly standbys?: Readonly<Record<string, OriginTarget>>;
}

/**
 * Seconds between two probes of one location of Front Door; there are some hundred. Where another site may answer, it is found out
 * sooner that the first does not.
 */
export const probeSeconds = { alone: 60, withStandby: 30 } as const;

/** Where Front Door gets answers from: one site by private link, and others while that one is unwell. */
export class EdgeOrigin extends Construct {
  public readonly group: CdnFrontdoorOriginGroup;
  /** The first that is asked before the others. */
  public readonly origins: readonly CdnFrontdoorOrigin[];

  public constructor(scope: Construct, id: string, props: EdgeOriginProps) {
    super(scope, id);
    const { name, probe, profileId, standbys = {} } = props;
    const others = Object.entries(standbys);
    this.group = new CdnFrontdoorOriginGroup(this, 'Group', {
      name,
      cdnFrontdoorProfileId: profileId,
      sessionAffinityEnabled: false,
      restoreTrafficTimeToHealedOrNewEndpointInMinutes: 0,
      healthProbe: {
        protocol: 'Https',
        path: probe.path,
        requestType: probe.method,
        intervalInSeconds: others.length === 0 ? probeSeconds.alone : probeSeconds.withStandby,
      },
      loadBalancing: { sampleSize: 4, successfulSamplesRequired: 3, additionalLatencyInMilliseconds: 50 },
    });
    this.origins = [
      this.origin('Origin', name, props, 1),
      ...others.map(([site, target], index) => this.origin(pascalCase(site), `${name}-${site}`, target, index + 2)),
    ];
  }

  private origin(id: string, name: string, { host, link }: OriginTarget, priority: number): CdnFrontdoorOrigin {
    return new CdnFrontdoorOrigin(this, id, {
      name,
      cdnFrontdoorOriginGroupId: this.group.id,
      enabled: true,
      hostName: host,
      originHostHeader: host,
      certificateNameCheckEnabled: true,
      httpPort: 80,
      httpsPort: 443,
      priority,
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
