import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { gatewayPort, gatewayStatusPort } from '../platform/ports';
import { balancerPorts } from './balancer';
import type { Reach } from './capability';
import { Connection } from './connection';
import { openEgress } from './service-egress';

export interface GatewayPathsProps {
  readonly securityGroup: ec2.ISecurityGroup;
  readonly balancerGroup: ec2.ISecurityGroup;
  readonly cache: { readonly securityGroup: ec2.ISecurityGroup; readonly port: number };
  readonly endpoints: readonly Reach[];
  readonly region: string;
}

/** Opens every network path of the gateway: from the balancer, to services through it, to the cache, to AWS. */
export function openGatewayPaths(scope: Construct, props: GatewayPathsProps): void {
  const { balancerGroup, cache, endpoints, region, securityGroup } = props;
  const fromBalancer = { from: balancerGroup, to: securityGroup };
  const paths = {
    FromBalancer: { ...fromBalancer, port: gatewayPort, description: 'requests to the gateway' },
    FromBalancerHealth: { ...fromBalancer, port: gatewayStatusPort, description: 'health of the gateway' },
    ToServices: {
      from: securityGroup,
      to: balancerGroup,
      port: balancerPorts.services,
      description: 'gateway to services',
    },
    ToCache: { from: securityGroup, to: cache.securityGroup, port: cache.port, description: 'gateway to its counters' },
  };
  for (const [id, path] of Object.entries(paths)) new Connection(scope, id, path);
  openEgress(scope, {
    service: 'gateway',
    securityGroup,
    region,
    endpoints,
    thirdParties: [],
  });
}
