import { aws_iam as iam, Stack } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { acknowledgeManaged } from './acknowledge';

export interface EksRolesProps {
  /** Encrypts the secrets of the cluster. */
  readonly secretsKey: kms.IKey;
  /** Encrypt the disks of nodes: the platform's, and those of scopes with nodes of their own. */
  readonly dataKeys: readonly kms.IKey[];
  /** Name of the role of nodes, by which their class names it. */
  readonly nodeRole: string;
}

/** What EKS itself does for a cluster in Auto Mode. https://docs.aws.amazon.com/eks/latest/userguide/auto-cluster-iam-role.html */
const clusterPolicies = [
  'AmazonEKSBlockStoragePolicy',
  'AmazonEKSClusterPolicy',
  'AmazonEKSComputePolicy',
  'AmazonEKSLoadBalancingPolicy',
  'AmazonEKSNetworkingPolicy',
] as const;

/** What a node does: join the cluster, and pull images. Pods have roles of their own, and no way to this one. */
const nodePolicies = ['AmazonEC2ContainerRegistryPullOnly', 'AmazonEKSWorkerNodeMinimalPolicy'] as const;

/** The role of a cluster, as which EKS works in the account, and the role of its nodes. */
export class EksRoles extends Construct {
  public readonly cluster: iam.Role;
  public readonly nodes: iam.Role;

  public constructor(scope: Construct, id: string, props: EksRolesProps) {
    super(scope, id);
    this.cluster = managedRole(this, 'Cluster', new iam.ServicePrincipal('eks.amazonaws.com').withSessionTags(), {
      policies: clusterPolicies,
      reason: 'EKS itself assumes the role; Amazon keeps this policy in step with what a cluster in Auto Mode does.',
    });
    this.nodes = managedRole(this, 'Nodes', new iam.ServicePrincipal('ec2.amazonaws.com'), {
      name: props.nodeRole,
      policies: nodePolicies,
      reason: 'Nodes join the cluster and pull images; Amazon keeps this policy in step with what that takes.',
    });
    this.allowKeys(props);
  }

  /** Amazon's policies cover no key of one's own. */
  private allowKeys({ dataKeys, secretsKey }: EksRolesProps): void {
    const throughDisks = { StringEquals: { 'kms:ViaService': `ec2.${Stack.of(this).region}.amazonaws.com` } };
    const resources = dataKeys.map(({ keyArn }) => keyArn);
    new iam.ManagedPolicy(this, 'Keys', {
      roles: [this.cluster],
      statements: [
        new iam.PolicyStatement({
          actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt'],
          resources: [secretsKey.keyArn],
        }),
        new iam.PolicyStatement({
          actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKeyWithoutPlaintext'],
          resources,
          conditions: throughDisks,
        }),
        new iam.PolicyStatement({
          actions: ['kms:CreateGrant'],
          resources,
          conditions: { ...throughDisks, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
        }),
      ],
    });
  }
}

function managedRole(
  scope: Construct,
  id: string,
  assumedBy: iam.IPrincipal,
  { name, policies, reason }: { readonly name?: string; readonly policies: readonly string[]; readonly reason: string },
): iam.Role {
  const role = new iam.Role(scope, id, {
    assumedBy,
    ...(name === undefined ? {} : { roleName: name }),
    managedPolicies: policies.map((policy) => iam.ManagedPolicy.fromAwsManagedPolicyName(policy)),
  });
  acknowledgeManaged(role, policies, reason);
  return role;
}
