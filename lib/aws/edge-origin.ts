import { aws_cloudfront as cloudfront, aws_ec2 as ec2, aws_route53 as route53 } from 'aws-cdk-lib';
import { LoadBalancerTarget } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import { balancerPorts, originHost, type Balancer } from './balancer';
import { cloudfrontPrefixList } from './cloudfront-prefix-list';

export interface EdgeOriginProps {
  readonly balancer: Balancer;
  /** The platform's domain. */
  readonly domain: string;
  /** Public zone that holds the domain. */
  readonly zone: route53.IHostedZone;
  /** Region of the load balancer. */
  readonly region: string;
}

/**
 * The edge's way into the network: an origin of CloudFront inside the VPC, in the load balancer's region and stack, by
 * HTTPS and from CloudFront alone. The load balancer has no public address.
 */
export class EdgeOrigin extends Construct {
  public readonly vpcOrigin: cloudfront.VpcOrigin;
  public readonly ingress: ec2.CfnSecurityGroupIngress;

  public constructor(scope: Construct, id: string, props: EdgeOriginProps) {
    super(scope, id);
    const { balancer, domain, region, zone } = props;
    this.vpcOrigin = new cloudfront.VpcOrigin(this, 'VpcOrigin', {
      endpoint: cloudfront.VpcOriginEndpoint.applicationLoadBalancer(balancer.loadBalancer),
      protocolPolicy: cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
      httpsPort: balancerPorts.public,
      originSslProtocols: [cloudfront.OriginSslPolicy.TLS_V1_2],
    });
    this.ingress = new ec2.CfnSecurityGroupIngress(this, 'FromEdge', {
      groupId: balancer.securityGroup.securityGroupId,
      ipProtocol: 'tcp',
      fromPort: balancerPorts.public,
      toPort: balancerPorts.public,
      sourcePrefixListId: cloudfrontPrefixList(region),
      description: 'CloudFront to the load balancer',
    });
    // The name on the certificate, so that CloudFront can verify whom it talks to. It leads to private addresses, which
    // are of no use outside; a private zone would hide them from CloudFront as well.
    new route53.ARecord(this, 'Name', {
      zone,
      recordName: originHost(domain),
      target: route53.RecordTarget.fromAlias(new LoadBalancerTarget(balancer.loadBalancer)),
      comment: 'Origin of the edge; private addresses',
    });
  }
}
