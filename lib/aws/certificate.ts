import { aws_certificatemanager as acm, aws_cloudwatch as cloudwatch, Duration } from 'aws-cdk-lib';
import type * as route53 from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import type { Alarms } from './alarms';

export interface CertificateProps {
  readonly domain: string;
  /** @default - none */
  readonly alternatives?: readonly string[];
  /** Public zone that holds every name, and the proof that they are ours. */
  readonly zone: route53.IHostedZone;
  readonly alarms: Alarms;
}

/** ACM renews 60 days before the end, for as long as the proof is in the zone; after 30 days of trying, somebody looks. */
const renewalDays = 30;

/** A public certificate that renews itself, and says so while there is time if it cannot. */
export class Certificate extends Construct {
  public readonly certificate: acm.Certificate;

  public constructor(scope: Construct, id: string, props: CertificateProps) {
    super(scope, id);
    const { alarms, alternatives = [], domain, zone } = props;
    this.certificate = new acm.Certificate(this, 'Certificate', {
      domainName: domain,
      ...(alternatives.length === 0 ? {} : { subjectAlternativeNames: [...alternatives] }),
      validation: acm.CertificateValidation.fromDns(zone),
    });
    alarms.raise(this, 'Expiring', {
      runbook: 'edge',
      description: `The certificate of ${domain} runs out in less than ${renewalDays} days and was not renewed.`,
      metric: this.certificate.metricDaysToExpiry({ period: Duration.days(1), statistic: 'Minimum' }),
      threshold: renewalDays,
      comparison: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      periods: 1,
    });
  }
}
