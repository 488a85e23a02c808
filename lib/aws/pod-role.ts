import { aws_eks as eks, aws_iam as iam, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { accountNamespace, kubernetesAccount } from '../platform/names';
import type { Platform } from '../platform/platform';
import type { Scope } from './scope';
import { inScope } from './scope-marks';

export interface PodRoleProps {
  readonly platform: Pick<Platform, 'name' | 'stageName'>;
  /** The word of whoever acts by it: a service, or a system of the cluster. */
  readonly word: string;
  /** Name of the cluster in whose pods it is taken. */
  readonly clusterName: string;
  /** What is judged apart, and bounds it. @default - nothing */
  readonly scope?: Pick<Scope, 'boundary' | 'name'> | undefined;
}

/**
 * What a workload of a cluster may do on AWS: a role that the pods of one account in one namespace take by Pod Identity, and
 * nobody else. What is granted goes to its one policy. No annotation in the cluster names it, so whoever may write there gains
 * nothing.
 */
export class PodRole extends Construct {
  public readonly role: iam.Role;
  public readonly association: eks.CfnPodIdentityAssociation;

  public constructor(scope: Construct, id: string, props: PodRoleProps) {
    super(scope, id);
    const { clusterName, platform, scope: apart, word } = props;
    const [namespace, serviceAccount] = [accountNamespace(platform, word), kubernetesAccount(word)];
    this.role = new iam.Role(this, 'Role', {
      description: `Pods of ${serviceAccount} in ${namespace}`,
      assumedBy: podPrincipal(this, clusterName, { namespace, serviceAccount }),
      ...(apart === undefined ? {} : { permissionsBoundary: apart.boundary }),
    });
    inScope(this.role, apart?.name);
    this.association = new eks.CfnPodIdentityAssociation(this, 'Association', {
      clusterName,
      namespace,
      serviceAccount,
      roleArn: this.role.roleArn,
    });
  }

  /** Makes the policy of what the pods may do. Pods that ask AWS for nothing have none. */
  public policy(statements: readonly iam.PolicyStatement[] = []): iam.ManagedPolicy {
    return new iam.ManagedPolicy(this, 'Policy', { roles: [this.role], statements: [...statements] });
  }
}

/** Pod Identity, for one account in one namespace of one cluster. https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html */
export const podPrincipal = (
  scope: Construct,
  clusterName: string,
  { namespace, serviceAccount }: { readonly namespace: string; readonly serviceAccount: string },
): iam.IPrincipal =>
  new iam.ServicePrincipal('pods.eks.amazonaws.com', {
    conditions: {
      StringEquals: {
        'aws:SourceAccount': Stack.of(scope).account,
        'aws:RequestTag/kubernetes-namespace': namespace,
        'aws:RequestTag/kubernetes-service-account': serviceAccount,
      },
      ArnEquals: {
        'aws:SourceArn': Stack.of(scope).formatArn({ service: 'eks', resource: 'cluster', resourceName: clusterName }),
      },
    },
  }).withSessionTags();
