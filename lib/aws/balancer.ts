import { aws_ec2 as ec2, aws_elasticloadbalancingv2 as elb, Duration } from 'aws-cdk-lib';
import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge';

/** Ports on which the balancer listens. */
export const balancerPorts = {
  /** For the edge; everything goes to the gateway. */
  public: 443,
  /** For the gateway; one rule a service, and the traffic of a release moves here. */
  services: 8443,
  /** For tests of a release before it gets traffic. */
  test: 9443,
} as const;

/** Host name of a service on the balancer. Resolves inside the network only. */
export const serviceHost = (domain: string, service: string): string => `${service}.services.${domain}`;

/** Host name by which the edge reaches the balancer. */
export const originHost = (domain: string): string => `origin.${domain}`;

/** Network, names and certificate of the load balancer. */
export interface BalancerProps {
  readonly vpc: ec2.IVpc;
  /** The platform's domain. */
  readonly domain: string;
  /** Certificate for {@link originHost} and for every {@link serviceHost}. */
  readonly certificate: acm.ICertificate;
  /** Bucket that the region's load balancers may write logs to: of requests, and of connections and their handshakes. */
  readonly accessLogs: s3.IBucket;
  /** Refuses deletion. */
  readonly protected: boolean;
  /**
   * Whether services stand behind it, to which it moves the traffic of releases. Where they are pods, their mesh does that, and
   * the gateway alone is behind it. @default true
   */
  readonly services?: boolean;
  /** The longest that a service behind it may take to answer, or a connection be silent, in seconds. @default 60 */
  readonly longestTimeoutSeconds?: number;
}

/**
 * How long a connection may be silent, in seconds: longer than the longest answer takes, and longer than the gateway keeps
 * idle connections for its next requests (60 s), so that the gateway closes them first.
 */
export const idleSeconds = (longestTimeoutSeconds = 60): number => Math.max(60, longestTimeoutSeconds) + 5;

/** The internal load balancer: the edge comes in on one port, the gateway reaches services on another. */
export class Balancer extends Construct {
  public readonly securityGroup: ec2.SecurityGroup;
  public readonly loadBalancer: elb.ApplicationLoadBalancer;
  public readonly publicListener: elb.ApplicationListener;
  /** Where releases of services get their traffic, and where they are tested before. */
  public readonly serviceListeners:
    | { readonly production: elb.ApplicationListener; readonly test: elb.ApplicationListener }
    | undefined;
  private readonly domain: string;

  public constructor(scope: Construct, id: string, props: BalancerProps) {
    super(scope, id);
    this.domain = props.domain;
    this.securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc: props.vpc,
      description: 'Internal load balancer',
      allowAllOutbound: false,
    });
    this.loadBalancer = new elb.ApplicationLoadBalancer(this, 'LoadBalancer', {
      vpc: props.vpc,
      vpcSubnets: { subnetGroupName: 'app' },
      internetFacing: false,
      securityGroup: this.securityGroup,
      deletionProtection: props.protected,
      dropInvalidHeaderFields: true,
      desyncMitigationMode: elb.DesyncMitigationMode.STRICTEST,
      xffHeaderProcessingMode: elb.XffHeaderProcessingMode.APPEND,
      idleTimeout: Duration.seconds(idleSeconds(props.longestTimeoutSeconds)),
    });
    this.loadBalancer.logAccessLogs(props.accessLogs, 'load-balancer');
    this.loadBalancer.logConnectionLogs(props.accessLogs, 'load-balancer-connections');
    acknowledge(this.loadBalancer, {
      'NIST.800.53.R5-ALBWAFEnabled':
        'Internal: requests reach it only through the edge, whose firewall has checked them.',
      'PCI.DSS.321-ALBWAFEnabled':
        'Internal: requests reach it only through the edge, whose firewall has checked them.',
      ...(props.protected
        ? {}
        : {
            'NIST.800.53.R5-ELBDeletionProtectionEnabled': 'The stage declares itself unprotected; it holds no data.',
          }),
    });
    this.publicListener = this.listen('Public', balancerPorts.public, props.certificate);
    this.serviceListeners =
      props.services === false
        ? undefined
        : {
            production: this.listen('Services', balancerPorts.services, props.certificate),
            test: this.listen('Test', balancerPorts.test, props.certificate),
          };
  }

  /** Where the gateway reaches a service. */
  public upstreamUrl(service: string): string {
    return `https://${serviceHost(this.domain, service)}:${balancerPorts.services}`;
  }

  private listen(id: string, port: number, certificate: acm.ICertificate): elb.ApplicationListener {
    return this.loadBalancer.addListener(id, {
      port,
      protocol: elb.ApplicationProtocol.HTTPS,
      sslPolicy: elb.SslPolicy.TLS13_12_RES_PQ,
      certificates: [certificate],
      open: false,
      defaultAction: elb.ListenerAction.fixedResponse(404, {
        contentType: 'application/json',
        messageBody: '{"error":"not found"}',
      }),
    });
  }
}
