import { aws_ec2 as ec2, aws_eks as eks, Stack } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { pascalCase } from '../platform/ids';
import { eksCluster, eksNodeRole, scopeLogGroup } from '../platform/names';
import type { EksSite } from '../platform/nouns/site';
import type { Platform } from '../platform/platform';
import { clusterCaller } from '../platform/scopes';
import type { Alarms } from './alarms';
import { EksAddOns, type ApartLogs } from './eks-add-ons';
import { eksAlarms } from './eks-alarms';
import { EksRoles } from './eks-roles';
import { encryptedLogGroup } from './log-group';
import type { Scope, Scopes } from './scope';
import { groupMark, inScope } from './scope-marks';
import { monitorRuntime } from './runtime-monitoring';

export interface KubernetesClusterProps {
  readonly platform: Pick<Platform, 'name' | 'stageName' | 'stage'>;
  readonly site: Pick<EksSite, 'kubernetes'>;
  readonly vpc: ec2.IVpc;
  readonly keys: { readonly data: kms.IKey; readonly logs: kms.IKey; readonly secrets: kms.IKey };
  /** Roles that administer the cluster, by ARN. */
  readonly administrators: Readonly<Record<string, string>>;
  /** Whether GuardDuty puts its agent on the nodes: see {@link monitorRuntime}. */
  readonly runtimeMonitoring: boolean;
  readonly alarms: Alarms;
  /** Parts that are judged apart, on nodes of their own. @default - none */
  readonly scopes?: Scopes;
  /** Services of each of them. @default - none */
  readonly apart?: readonly ApartLogs[];
}

/** What the control plane writes down: all that it can. */
export const controlPlaneLogs = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'] as const;

/** Groups that the agents write to: of pods, of what runs on nodes beside them, of nodes, and figures. */
const insightGroups = ['application', 'dataplane', 'host', 'performance'] as const;

const administration = (partition: string): string =>
  `arn:${partition}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy`;

/**
 * A cluster of EKS in Auto Mode: Amazon runs its control plane, and starts, patches and replaces its nodes, which nobody logs in
 * to. Its API answers inside the network alone, to roles that are named here; its secrets are encrypted once more with a key of the
 * platform; its control plane logs everything, calls of people among it.
 */
export class KubernetesCluster extends Construct {
  public readonly name: string;
  public readonly roles: EksRoles;
  /** Logs of the control plane and of the cluster. EKS and its agents would make the groups themselves, without a key. */
  public readonly logGroups: readonly logs.LogGroup[];
  public readonly cluster: eks.CfnCluster;
  /** Of every node, and so of every pod: EKS makes it with the cluster. */
  public readonly securityGroup: ec2.ISecurityGroup;
  public readonly addOns: EksAddOns;

  public constructor(scope: Construct, id: string, props: KubernetesClusterProps) {
    super(scope, id);
    const { alarms, apart = [], keys, platform, scopes = {} } = props;
    this.name = eksCluster(platform);
    this.roles = new EksRoles(this, 'Roles', {
      secretsKey: keys.secrets,
      dataKeys: [keys.data, ...Object.values(scopes).map((each) => each.keys.data)],
      nodeRole: eksNodeRole(platform),
    });
    const group = (construct: string, name: string): logs.LogGroup =>
      encryptedLogGroup(this, construct, { key: keys.logs, days: platform.stage.logDays, name });
    this.logGroups = [
      group('ControlPlaneLogs', `/aws/eks/${this.name}/cluster`),
      ...insightGroups.map((each) => group(`${pascalCase(each)}Logs`, `/aws/containerinsights/${this.name}/${each}`)),
    ];
    const logsApart = Object.values(scopes).map((each) => this.logApart(platform, each));
    this.cluster = this.create(props);
    if (logsApart.length > 0) this.cluster.addMetadata(groupMark, { name: clusterCaller, admits: [] });
    this.cluster.node.addDependency(this.roles, ...this.logGroups, ...logsApart);
    this.securityGroup = ec2.SecurityGroup.fromSecurityGroupId(this, 'Nodes', this.cluster.attrClusterSecurityGroupId, {
      mutable: false,
    });
    this.admit(props);
    this.addOns = new EksAddOns(this, 'AddOns', { clusterName: this.cluster.ref, apart });
    eksAlarms(this, { clusterName: this.name, alarms });
  }

  /** What pods of a scope log: under its key, and copied to its archive as it is written. */
  private logApart(platform: KubernetesClusterProps['platform'], scope: Scope): logs.LogGroup {
    const group = encryptedLogGroup(this, `${pascalCase(scope.name)}ScopeLogs`, {
      key: scope.keys.logs,
      days: platform.stage.logDays,
      name: scopeLogGroup(platform, scope.name),
    });
    scope.archive.keep(group, 'Archived', group);
    inScope(group, scope.name);
    return group;
  }

  private create({ keys, platform, runtimeMonitoring, site, vpc }: KubernetesClusterProps): eks.CfnCluster {
    const cluster = new eks.CfnCluster(this, 'Cluster', {
      // Manifests, pipelines and the groups of its logs name it.
      name: this.name,
      version: site.kubernetes.version,
      roleArn: this.roles.cluster.roleArn,
      deletionProtection: platform.stage.protected,
      accessConfig: { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: false },
      bootstrapSelfManagedAddons: false,
      // Services have nodes of their own, which their manifests ask for.
      computeConfig: { enabled: true, nodePools: ['system'], nodeRoleArn: this.roles.nodes.roleArn },
      storageConfig: { blockStorage: { enabled: true } },
      kubernetesNetworkConfig: {
        ipFamily: 'ipv4',
        serviceIpv4Cidr: site.kubernetes.services,
        elasticLoadBalancing: { enabled: true },
      },
      resourcesVpcConfig: {
        subnetIds: vpc.selectSubnets({ subnetGroupName: 'app' }).subnetIds,
        endpointPrivateAccess: true,
        endpointPublicAccess: false,
      },
      encryptionConfig: [{ provider: { keyArn: keys.secrets.keyArn } }],
      logging: { clusterLogging: { enabledTypes: controlPlaneLogs.map((type) => ({ type })) } },
      upgradePolicy: { supportType: 'STANDARD' },
      // A zone that is sick is left by traffic and nodes, by a call of people or of AWS.
      zonalShiftConfig: { enabled: true },
    });
    monitorRuntime(cluster, runtimeMonitoring);
    return cluster;
  }

  private admit({ administrators }: KubernetesClusterProps): void {
    for (const [id, principalArn] of Object.entries(administrators)) {
      new eks.CfnAccessEntry(this, `${pascalCase(id)}Access`, {
        clusterName: this.cluster.ref,
        principalArn,
        accessPolicies: [{ policyArn: administration(Stack.of(this).partition), accessScope: { type: 'cluster' } }],
      });
    }
  }
}
