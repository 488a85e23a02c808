import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Source } from '../platform/contract';
import type { UseKind } from '../platform/definition';

/** A service that uses a part, and how. */
export interface Use {
  readonly service: string;
  readonly kind: UseKind | 'commands';
}

/** A network path that a user needs open. */
export interface Reach {
  /** Distinguishes the paths of one part; becomes part of construct ids. */
  readonly id: string;
  /** Name of what is reached, where several parts stand on it: AWS takes no rule twice. @default - the part's own */
  readonly at?: string;
  readonly securityGroup: ec2.ISecurityGroup;
  readonly port: number;
}

/**
 * What a part of the platform is to the services that use it. The service's stack asks for values, opens the network
 * path and takes the permissions; the part's own stack never learns who its users are.
 */
export interface Capability {
  /** Values of the contract by field, as the given service sees them. */
  values(service: string): Readonly<Record<string, string>>;
  /** Secrets of the contract by field. */
  readonly secrets: Readonly<Record<string, ecs.Secret>>;
  readonly reach: readonly Reach[];
  /** Allows what the use needs and nothing else. */
  grant(grantee: iam.IGrantable, use: Use): void;
}

/** The capabilities of a site, by noun and name. */
export type Capabilities = Readonly<Record<Source['noun'], Readonly<Record<string, Capability>>>>;
