import { aws_cloudwatch as cloudwatch, aws_route53 as route53, Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Alarms } from './alarms';

/** What tells that another site leads: an object that says so, served from there. */
export interface LatchSource {
  readonly host: string;
  readonly path: string;
  /** Stands in the object while the other site leads. */
  readonly says: string;
}

export interface SiteHealthProps {
  /** Name of the edge that nobody moves, such as the distribution's own. */
  readonly edgeHost: string;
  /** Answered with 200 if edge, balancer and gateway are there. */
  readonly readyPath: string;
  /** By database, names of alarms that all ring when it takes no writes; and the region in which they are. */
  readonly silent: { readonly region: string; readonly alarms: Readonly<Record<string, readonly string[]>> };
  readonly latch: LatchSource;
  /** Of us-east-1, where Route 53 tells its metrics. */
  readonly alarms: Alarms;
}

/** How soon a check of an address sees that it is lost: seconds between requests, and how many must fail. */
export const detection = { intervalSeconds: 10, failures: 3 } as const;

/**
 * Whether names may lead to the primary: its edge answers, AND each of its databases takes writes, AND no other site leads. A
 * broken cache moves nobody. Once another site leads, names stay there for as long as its object says so, however well the
 * primary is again. If the object cannot be read, it says nothing: then the primary is judged by itself.
 */
export class SiteHealth extends Construct {
  public readonly check: route53.HealthCheck;

  public constructor(scope: Construct, id: string, props: SiteHealthProps) {
    super(scope, id);
    const { alarms, edgeHost, latch, readyPath, silent } = props;
    const asked = {
      requestInterval: Duration.seconds(detection.intervalSeconds),
      failureThreshold: detection.failures,
    };
    const edge = new route53.HealthCheck(this, 'Edge', {
      type: route53.HealthCheckType.HTTPS,
      fqdn: edgeHost,
      resourcePath: readyPath,
      ...asked,
    });
    const notLatched = new route53.HealthCheck(this, 'NotLatched', {
      type: route53.HealthCheckType.HTTPS_STR_MATCH,
      fqdn: latch.host,
      resourcePath: latch.path,
      searchString: latch.says,
      inverted: true,
      ...asked,
    });
    const databases = Object.entries(silent.alarms).map(([name, names]) => this.database(name, names, silent.region));
    this.check = new route53.HealthCheck(this, 'Primary', {
      type: route53.HealthCheckType.CALCULATED,
      childHealthChecks: [edge, ...databases, notLatched],
    });
    alarms.raise(this, 'Unwell', {
      runbook: 'failover',
      description: 'Names lead away from the primary: its edge or a database is lost, or another site leads.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Route53',
        metricName: 'HealthCheckStatus',
        dimensionsMap: { HealthCheckId: this.check.healthCheckId },
        statistic: cloudwatch.Stats.MINIMUM,
        period: Duration.minutes(1),
      }),
      threshold: 1,
      comparison: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      periods: 1,
    });
  }

  /** A database takes writes while any of the servers which may take them tells something. */
  private database(name: string, alarmNames: readonly string[], region: string): route53.HealthCheck {
    const servers = alarmNames.map(
      (alarm, index) =>
        new route53.HealthCheck(this, `Database-${name}${index === 0 ? '' : `-${index + 1}`}`, {
          type: route53.HealthCheckType.CLOUDWATCH_METRIC,
          alarmIdentifier: { name: alarm, region },
          insufficientDataHealthStatus: route53.InsufficientDataHealthStatusEnum.UNHEALTHY,
        }),
    );
    const [only] = servers;
    return only !== undefined && servers.length === 1
      ? only
      : new route53.HealthCheck(this, `Database-${name}-Any`, {
          type: route53.HealthCheckType.CALCULATED,
          childHealthChecks: servers,
          healthThreshold: 1,
        });
  }
}
