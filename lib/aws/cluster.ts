import {
  aws_events as events,
  aws_events_targets as targets,
  aws_iam as iam,
  aws_servicediscovery as cloudmap,
  Stack,
} from 'aws-cdk-lib';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledgeManaged } from './acknowledge';
import type { Alarms } from './alarms';
import { CertificateAuthority } from './certificate-authority';
import { taskCluster, type TaskClusterProps } from './task-cluster';

/** Network, names and keys of a cluster. */
export interface ClusterProps extends TaskClusterProps {
  /** Name of the namespace in which services find each other; unique in the account and region. */
  readonly namespaceName: string;
  /** Who owns the certificates of calls between services. */
  readonly organization: string;
  /** Encrypts the private keys of those certificates. */
  readonly key: kms.IKey;
  /** Told when a release fails or is taken back. */
  readonly alarms: Alarms;
}

/** Where services run and find each other. */
export class Cluster extends Construct {
  public readonly cluster: ecs.Cluster;
  /** What Container Insights measures of every task. It would make the group itself, without a key. */
  public readonly insights: logs.LogGroup;
  public readonly namespace: cloudmap.HttpNamespace;
  public readonly certificateAuthority: CertificateAuthority;
  /** Encrypts the private keys of certificates for calls between services. */
  public readonly key: kms.IKey;
  /** Lets ECS issue and renew certificates for calls between services. */
  public readonly meshRole: iam.Role;
  /** Lets ECS move traffic between the target groups of a release. */
  public readonly trafficRole: iam.Role;

  public constructor(scope: Construct, id: string, props: ClusterProps) {
    super(scope, id);
    const { cluster, insights } = taskCluster(this, props);
    this.cluster = cluster;
    this.insights = insights;
    this.key = props.key;
    this.namespace = new cloudmap.HttpNamespace(this, 'Namespace', { name: props.namespaceName });
    this.certificateAuthority = new CertificateAuthority(this, 'CertificateAuthority', {
      commonName: props.namespaceName,
      organization: props.organization,
    });
    this.meshRole = this.defineMeshRole();
    this.trafficRole = infrastructureRole(this, 'TrafficRole', 'AmazonECSInfrastructureRolePolicyForLoadBalancers');
    this.reportFailedReleases(props.alarms);
  }

  private defineMeshRole(): iam.Role {
    const role = infrastructureRole(
      this,
      'MeshRole',
      'service-role/AmazonECSInfrastructureRolePolicyForServiceConnectTransportLayerSecurity',
    );
    // Amazon's policy covers secrets and certificates; a key of one's own is up to its owner.
    new iam.ManagedPolicy(this, 'MeshKey', {
      roles: [role],
      statements: [
        new iam.PolicyStatement({
          actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyPair'],
          resources: [this.key.keyArn],
        }),
      ],
    });
    return role;
  }

  /** ECS has no hook for a release that it takes back, so its events tell. */
  private reportFailedReleases(alarms: Alarms): void {
    new events.Rule(this, 'FailedReleases', {
      description: 'A release failed or was taken back',
      eventPattern: {
        source: ['aws.ecs'],
        detailType: ['ECS Deployment State Change'],
        detail: { eventName: ['SERVICE_DEPLOYMENT_FAILED'] },
        resources: events.Match.prefix(
          Stack.of(this).formatArn({
            service: 'ecs',
            resource: 'service',
            resourceName: `${this.cluster.clusterName}/`,
          }),
        ),
      },
      targets: [
        new targets.SnsTopic(alarms.topic, {
          message: events.RuleTargetInput.fromText(
            `A release of ${events.EventField.fromPath('$.resources[0]')} failed or was taken back: ` +
              `${events.EventField.fromPath('$.detail.reason')} Runbook: docs/runbooks/release.md`,
          ),
        }),
      ],
    });
  }
}

/**
 * A role with which ECS itself works. Amazon documents no source conditions for it, so there are none; a role can be handed
 * to ECS only inside its own account.
 */
function infrastructureRole(scope: Construct, id: string, policy: string): iam.Role {
  const role = new iam.Role(scope, id, {
    assumedBy: new iam.ServicePrincipal('ecs.amazonaws.com'),
    managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName(policy)],
  });
  acknowledgeManaged(
    role,
    [policy],
    'ECS itself assumes the role; Amazon keeps this policy in step with what its deployments do.',
  );
  return role;
}
