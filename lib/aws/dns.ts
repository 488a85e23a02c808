import { Duration } from 'aws-cdk-lib';
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

/** Where the domain leads when the recovery site leads, and who says so. */
export interface RecoveryRecord {
  /** Public IPv4 address of the site. */
  readonly address: string;
  /** Host and path under which the latch is served from there. */
  readonly latch: { readonly host: string; readonly path: string };
}

export interface DomainRecordsProps {
  readonly domain: string;
  readonly zone: route53.IHostedZone;
  readonly distribution: cloudfront.IDistribution;
  /** @default - the domain leads to the distribution alone */
  readonly recovery?: RecoveryRecord;
}

/** All requests, as long as the site is well. A record of weight 0 is asked only when every other one is unhealthy. */
const primaryWeight = 100;

/** How long answers are kept that name the recovery site: as long as AWS keeps those of an alias of its own. */
const recoverySeconds = 60;

/** What the latch holds when the recovery site leads. */
const recoveryLeads = '"leader":"recovery"';

/**
 * The platform's name. The records are the first of two from the start: Route 53 does not let a plain
 * record stand beside a second one, so one for the recovery site could not be added without a gap. They have weights and
 * not a failover policy, because that asks CloudFront for its health, and CloudFront does not tell. The second record
 * must be of the same types: addresses, not another name.
 *
 * Where there is a recovery site, its latch says which record answers: the primary's is unwell while the latch names the other one, and
 * well whenever the latch cannot be read, so a lost recovery site moves nobody. Nothing else moves names, so nothing moves them
 * back, and no control plane is needed. There is no IPv6 then: the recovery site has no such address, and a record without a
 * second one would go on leading to a primary that is lost.
 */
export class DomainRecords extends Construct {
  public readonly ipv4: route53.ARecord;
  /** Nothing where there is a recovery site. */
  public readonly ipv6: route53.AaaaRecord | undefined;
  /** Of the recovery site. */
  public readonly recovery: route53.ARecord | undefined;

  public constructor(scope: Construct, id: string, props: DomainRecordsProps) {
    super(scope, id);
    const { distribution, domain: recordName, recovery, zone } = props;
    const record = {
      zone,
      recordName,
      target: route53.RecordTarget.fromAlias(new CloudFrontTarget(distribution)),
      setIdentifier: 'primary',
      weight: primaryWeight,
    };
    if (recovery === undefined) {
      this.ipv4 = new route53.ARecord(this, 'Ipv4', record);
      this.ipv6 = new route53.AaaaRecord(this, 'Ipv6', record);
      return;
    }
    this.ipv4 = new route53.ARecord(this, 'Ipv4', { ...record, healthCheck: this.watchLatch(recovery) });
    this.recovery = new route53.ARecord(this, 'Recovery', {
      zone,
      recordName,
      target: route53.RecordTarget.fromIpAddresses(recovery.address),
      setIdentifier: 'recovery',
      weight: 0,
      ttl: Duration.seconds(recoverySeconds),
    });
  }

  /** Asked every ten seconds from several regions; three answers in a row decide. */
  private watchLatch({ latch: { host, path } }: RecoveryRecord): route53.HealthCheck {
    return new route53.HealthCheck(this, 'Latch', {
      type: route53.HealthCheckType.HTTPS_STR_MATCH,
      fqdn: host,
      resourcePath: path,
      searchString: recoveryLeads,
      inverted: true,
      enableSNI: true,
      requestInterval: Duration.seconds(10),
      failureThreshold: 3,
    });
  }
}
