import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { ThirdParty } from '../platform/messages';
import type { Reach } from './capability';
import { Connection } from './connection';
import { s3PrefixList } from './prefix-lists';

/** A service, and what it goes out for. */
export interface EgressProps {
  readonly service: string;
  readonly securityGroup: ec2.ISecurityGroup;
  readonly region: string;
  /** Private endpoints of AWS services; empty where the site has none. */
  readonly endpoints: readonly Reach[];
  /** Third parties that the service calls. */
  readonly thirdParties: readonly Pick<ThirdParty, 'port'>[];
}

interface Destination {
  readonly id: string;
  readonly port: number;
  readonly description: string;
  readonly target: { readonly cidrIp: string } | { readonly destinationPrefixListId: string };
}

const anywhere = { cidrIp: '0.0.0.0/0' } as const;

/**
 * Where a service may go besides the parts it uses: AWS, privately where there are endpoints, and to its third parties.
 * Security groups know addresses and no names, so a third party opens its port to the whole internet.
 *
 * A description says nothing that may change while the rule stays: it would replace the rule by one that AWS refuses as a
 * duplicate.
 */
export function egressDestinations({
  service,
  region,
  endpoints,
  thirdParties,
}: Omit<EgressProps, 'securityGroup'>): readonly Destination[] {
  const isPrivate = endpoints.length > 0;
  const objects = (): Destination => ({
    id: 'ObjectsEgress',
    port: 443,
    description: `${service} to S3`,
    target: { destinationPrefixListId: s3PrefixList(region) },
  });
  const ports = new Set([...(isPrivate ? [] : [443]), ...thirdParties.map(({ port }) => port)]);
  return [
    ...(isPrivate ? [objects()] : []),
    ...[...ports].map((port) => ({
      id: `InternetEgress${port}`,
      port,
      description: `${service} to the internet`,
      target: anywhere,
    })),
  ];
}

/** Opens a service's way out. */
export function openEgress(scope: Construct, props: EgressProps): void {
  for (const { id, port, description, target } of egressDestinations(props)) {
    new ec2.CfnSecurityGroupEgress(scope, id, {
      groupId: props.securityGroup.securityGroupId,
      ipProtocol: 'tcp',
      fromPort: port,
      toPort: port,
      description,
      ...target,
    });
  }
  for (const { id, securityGroup, port } of props.endpoints) {
    new Connection(scope, id, {
      from: props.securityGroup,
      to: securityGroup,
      port,
      description: `${props.service} to AWS endpoints`,
    });
  }
}
