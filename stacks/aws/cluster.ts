import { Stack } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { LoadBalancerTarget } from 'aws-cdk-lib/aws-route53-targets';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Alarms } from '../../lib/aws/alarms';
import { Balancer, originHost, serviceHost } from '../../lib/aws/balancer';
import { Cluster } from '../../lib/aws/cluster';
import { pascalCase } from '../../lib/aws/ids';
import { stagePrefix } from '../../lib/platform/names';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

export interface ClusterStackProps extends PlatformStackProps {
  readonly vpc: ec2.IVpc;
  readonly keys: { readonly secrets: kms.IKey; readonly logs: kms.IKey };
  readonly alarms: Alarms;
  readonly accessLogs: s3.IBucket;
}

/** Where services run: cluster, load balancer, gateway, and every service's security group. */
export class ClusterStack extends Stack {
  public readonly balancer: Balancer;
  public readonly cluster: Cluster;
  /** The security group of each service. Here, so that services that call each other need not know each other's stacks. */
  public readonly serviceGroups: Readonly<Record<string, ec2.SecurityGroup>>;

  public constructor(scope: Construct, id: string, props: ClusterStackProps) {
    super(scope, id, props);
    preparePlatformStack(this, props);
    const { alarms, keys, platform, vpc } = props;
    const { domain, hostedZone } = platform.stage;

    const zone = route53.HostedZone.fromHostedZoneAttributes(this, 'Zone', {
      hostedZoneId: hostedZone.id,
      zoneName: hostedZone.name,
    });
    this.balancer = new Balancer(this, 'Balancer', {
      vpc,
      domain,
      certificate: new acm.Certificate(this, 'Certificate', {
        domainName: originHost(domain),
        subjectAlternativeNames: [serviceHost(domain, '*')],
        validation: acm.CertificateValidation.fromDns(zone),
      }),
      accessLogs: props.accessLogs,
      protected: platform.stage.protected,
    });
    this.nameServices(vpc, domain);
    this.cluster = new Cluster(this, 'Cluster', {
      vpc,
      namespaceName: stagePrefix(platform),
      organization: platform.name,
      key: keys.secrets,
      alarms,
    });
    this.serviceGroups = Object.fromEntries(
      Object.keys(platform.services).map((name) => [
        name,
        new ec2.SecurityGroup(this, `${pascalCase(name)}Service`, {
          vpc,
          description: `Tasks of the service ${name}`,
          allowAllOutbound: false,
        }),
      ]),
    );
  }

  /** The names by which the gateway reaches services, inside the network only. */
  private nameServices(vpc: ec2.IVpc, domain: string): void {
    const zone = new route53.PrivateHostedZone(this, 'Services', { vpc, zoneName: `services.${domain}` });
    new route53.ARecord(this, 'AnyService', {
      zone,
      recordName: '*',
      target: route53.RecordTarget.fromAlias(new LoadBalancerTarget(this.balancer.loadBalancer)),
    });
  }
}
