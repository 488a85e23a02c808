import { aws_route53 as route53, Duration } from 'aws-cdk-lib';
import type * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import type { HostedZone } from '../platform/nouns/hosted-zone';

/**
 * A public zone that exists already, by its id and name: nothing is looked up.
 *
 * @throws Error if it is no zone of Route 53, which the checks of a platform refuse before.
 */
export function publicZone(scope: Construct, id: string, zone: HostedZone): route53.IHostedZone {
  if (zone.cloud === 'azure') throw new Error(`hostedZone must be one of Route 53, got ${zone.name} on azure`);
  return route53.HostedZone.fromHostedZoneAttributes(scope, id, { hostedZoneId: zone.id, zoneName: zone.name });
}

/** Where names lead when the primary is not well. */
export interface SecondSite {
  /** Whether names may lead to the primary. */
  readonly primary: route53.IHealthCheck;
  /** Host of the other site's edge. */
  readonly host: string;
  /** Its address, for a domain that is the name of its zone. */
  readonly address: string;
  /** Name under which the other site is reached while the domain leads elsewhere. */
  readonly ownName: string;
}

export interface DomainRecordsProps {
  readonly domain: string;
  readonly zone: route53.IHostedZone;
  readonly distribution: cloudfront.IDistribution;
  /** Whether the stage has a site elsewhere, standing or to come. */
  readonly recoverable: boolean;
  /** @default - it stands not yet */
  readonly second?: SecondSite | undefined;
}

/** How long answers are kept, in seconds: what a move of names takes beside its detection. */
export const nameSeconds = 60;

/** All requests, as long as the site is well. A record of weight 0 is asked only when every other one is unhealthy. */
const weights = { primary: 100, second: 0 } as const;

/**
 * The platform's name. Its record is the first of two from the start: Route 53 does not let a plain record stand beside a
 * second one, nor one of another type, so one for the recovery site could not be added without a gap.
 *
 * A domain below the name of its zone is another name of the edge, here as there, for IPv4 and IPv6. A domain that is the name
 * of its zone cannot be one: it leads to CloudFront by an alias and to the other site by an address, for IPv4 alone where there
 * is such a site, since an address of IPv6 would lead to the primary for ever.
 */
export class DomainRecords extends Construct {
  public readonly primary: readonly route53.RecordSet[];

  public constructor(scope: Construct, id: string, props: DomainRecordsProps) {
    super(scope, id);
    this.primary = props.zone.zoneName === props.domain ? this.addresses(props) : this.names(props);
    const { second, zone } = props;
    if (second === undefined) return;
    new route53.CnameRecord(this, 'OwnName', {
      zone,
      recordName: second.ownName,
      domainName: second.host,
      ttl: Duration.seconds(nameSeconds),
    });
  }

  private names({ distribution, domain, second, zone }: DomainRecordsProps): readonly route53.RecordSet[] {
    const record = { zone, recordName: domain, ttl: Duration.seconds(nameSeconds) };
    if (second !== undefined) {
      new route53.CnameRecord(this, 'Second', { ...record, ...other, domainName: second.host });
    }
    return [
      new route53.CnameRecord(this, 'Name', {
        ...record,
        ...first(second),
        domainName: distribution.distributionDomainName,
      }),
    ];
  }

  private addresses({
    distribution,
    domain,
    recoverable,
    second,
    zone,
  }: DomainRecordsProps): readonly route53.RecordSet[] {
    const record = { zone, recordName: domain };
    const alias = {
      ...record,
      ...first(second),
      target: route53.RecordTarget.fromAlias(new CloudFrontTarget(distribution)),
    };
    if (second !== undefined) {
      new route53.ARecord(this, 'Second', {
        ...record,
        ...other,
        ttl: Duration.seconds(nameSeconds),
        target: route53.RecordTarget.fromIpAddresses(second.address),
      });
    }
    return [
      new route53.ARecord(this, 'Ipv4', alias),
      ...(recoverable ? [] : [new route53.AaaaRecord(this, 'Ipv6', alias)]),
    ];
  }
}

const first = (second: SecondSite | undefined) => ({
  setIdentifier: 'primary',
  weight: weights.primary,
  ...(second === undefined ? {} : { healthCheck: second.primary }),
});

const other = { setIdentifier: 'recovery', weight: weights.second };
