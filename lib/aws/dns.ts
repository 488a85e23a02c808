import type * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';

/** A public zone that exists already, by its id and name: nothing is looked up. */
export const publicZone = (
  scope: Construct,
  id: string,
  zone: { readonly id: string; readonly name: string },
): route53.IHostedZone =>
  route53.HostedZone.fromHostedZoneAttributes(scope, id, { hostedZoneId: zone.id, zoneName: zone.name });

export interface DomainRecordsProps {
  readonly domain: string;
  readonly zone: route53.IHostedZone;
  readonly distribution: cloudfront.IDistribution;
}

/** All requests, as long as the site is well. A record of weight 0 is asked only when every other one is unhealthy. */
const primaryWeight = 100;

/**
 * The platform's name, for IPv4 and IPv6. The records are the first of two from the start: Route 53 does not let a plain
 * record stand beside a second one, so one for the recovery site could not be added without a gap. They have weights and
 * not a failover policy, because that asks CloudFront for its health, and CloudFront does not tell. The second record
 * must be of the same types: addresses, not another name.
 */
export class DomainRecords extends Construct {
  public readonly ipv4: route53.ARecord;
  public readonly ipv6: route53.AaaaRecord;

  public constructor(scope: Construct, id: string, props: DomainRecordsProps) {
    super(scope, id);
    const { distribution, domain, zone } = props;
    const record = {
      zone,
      recordName: domain,
      target: route53.RecordTarget.fromAlias(new CloudFrontTarget(distribution)),
      setIdentifier: 'primary',
      weight: primaryWeight,
    };
    this.ipv4 = new route53.ARecord(this, 'Ipv4', record);
    this.ipv6 = new route53.AaaaRecord(this, 'Ipv6', record);
  }
}
