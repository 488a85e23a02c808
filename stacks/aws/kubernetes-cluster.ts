import { CfnOutput, Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { alertRules } from '../../lib/aws/alert-rules';
import type { Alarms } from '../../lib/aws/alarms';
import { Balancer, originHost } from '../../lib/aws/balancer';
import type { Capabilities, Reach } from '../../lib/aws/capability';
import { Certificate } from '../../lib/aws/certificate';
import { ClusterSystems } from '../../lib/aws/cluster-systems';
import { Connection } from '../../lib/aws/connection';
import type { Database } from '../../lib/aws/database';
import { databasePort } from '../../lib/aws/database-settings';
import { publicZone } from '../../lib/aws/dns';
import { EdgeOrigin } from '../../lib/aws/edge-origin';
import { gatewayErrorsName } from '../../lib/aws/gateway-alarms';
import { GatewayPods } from '../../lib/aws/gateway-pods';
import type { Keys } from '../../lib/aws/keys';
import { KubernetesCluster } from '../../lib/aws/kubernetes-cluster';
import { MetricsWorkspace } from '../../lib/aws/metrics-workspace';
import type { Queue } from '../../lib/aws/queue';
import type { Scopes } from '../../lib/aws/scope';
import { ScopeNodes } from '../../lib/aws/scope-nodes';
import { scopeOf } from '../../lib/platform/scopes';
import type { ExternalSecret } from '../../lib/aws/secret';
import { publicKeys } from '../../lib/aws/token-keys';
import { openReach, usedParts } from '../../lib/aws/service-uses';
import { taskCluster } from '../../lib/aws/task-cluster';
import type { Workflow } from '../../lib/aws/workflow';
import { clusterOutputs } from '../../lib/platform/aws-outputs';
import { longestSilenceSeconds } from '../../lib/platform/gateway/configuration';
import { pascalCase } from '../../lib/platform/ids';
import { keepingOf } from '../../lib/platform/keeping';
import { named } from '../../lib/platform/named';
import {
  deliveryRole,
  kubernetesNamespace,
  scopeLogGroup,
  scopeMigrationWord,
  stagePrefix,
} from '../../lib/platform/names';
import { roleName, type EksSite } from '../../lib/platform/nouns/site';
import type { SiteName } from '../../lib/platform/platform';
import { objectiveRules } from '../../lib/platform/objective-rules';
import { workloadAlerts } from '../../lib/platform/workload-alerts';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

export interface KubernetesClusterStackProps extends PlatformStackProps {
  readonly site: EksSite & { readonly siteName: SiteName };
  readonly vpc: ec2.IVpc;
  readonly keys: Keys;
  readonly alarms: Alarms;
  readonly accessLogs: s3.IBucket;
  /** Private endpoints of AWS services; empty where the site has none. */
  readonly endpoints: readonly Reach[];
  readonly databases: Readonly<Record<string, Database>>;
  readonly queues: Readonly<Record<string, Queue>>;
  readonly workflows: Readonly<Record<string, Workflow>>;
  readonly secrets: Readonly<Record<string, ExternalSecret>>;
  /** Parts that are judged apart. */
  readonly scopes: Scopes;
  /** Whatever services use, by noun and name. */
  readonly capabilities: Omit<Capabilities, 'services'>;
}

/** Where services run as pods: the cluster, the balancer before its gateway, what keeps its figures, and who its systems are. */
export class KubernetesClusterStack extends Stack {
  public readonly balancer: Balancer;
  public readonly cluster: KubernetesCluster;
  public readonly workspace: MetricsWorkspace;
  public readonly systems: ClusterSystems;
  public readonly origin: EdgeOrigin | undefined;
  public readonly gateway: GatewayPods | undefined;
  /**
   * For what keeps the right to write: it must not need the cluster of the services, whose loss is one of the reasons to give
   * that right away. Absent where there is nothing to keep.
   */
  public readonly tasks: ecs.ICluster | undefined;

  public constructor(scope: Construct, id: string, props: KubernetesClusterStackProps) {
    super(scope, id, props);
    preparePlatformStack(this, props);
    const { alarms, keys, platform, site, vpc } = props;
    const { domain, hostedZone } = platform.stage;
    const zone = publicZone(this, 'Zone', hostedZone);
    const runtimeMonitoring = site.network.interfaceEndpoints;
    this.balancer = new Balancer(this, 'Balancer', {
      vpc,
      domain,
      certificate: new Certificate(this, 'Certificate', { domain: originHost(domain), zone, alarms }).certificate,
      accessLogs: props.accessLogs,
      protected: platform.stage.protected,
      services: false,
      longestTimeoutSeconds: longestSilenceSeconds(platform),
    });
    this.cluster = new KubernetesCluster(this, 'Cluster', {
      platform,
      site,
      vpc,
      keys,
      administrators: this.administrators(props),
      runtimeMonitoring,
      alarms,
      scopes: props.scopes,
      apart: Object.entries(platform.scopes).map(([name, spec]) => ({
        name,
        namespaces: [...spec.services, scopeMigrationWord(name)].map((word) => kubernetesNamespace(platform, word)),
        logGroupName: scopeLogGroup(platform, name),
      })),
    });
    this.openPaths(props);
    for (const name of Object.keys(props.scopes)) {
      new ScopeNodes(this, `${pascalCase(name)}Nodes`, {
        ...props,
        name,
        site: site.siteName,
        region: site.region,
        others: this.cluster.securityGroup,
      });
    }
    this.workspace = new MetricsWorkspace(this, 'Figures', {
      alias: stagePrefix(platform),
      key: keys.data,
      logsKey: keys.logs,
      logDays: platform.stage.logDays,
      alerts: workloadAlerts(platform, site.siteName),
      alarms,
    });
    const rules = objectiveRules(platform, site.siteName);
    if (Object.keys(rules.alerts).length > 0) {
      const { attrArn: workspaceArn } = this.workspace.workspace;
      alertRules(this, 'Objectives', { name: 'objectives', workspaceArn, ...rules });
    }
    this.systems = this.identify(props);
    this.origin =
      platform.edge === undefined
        ? undefined
        : new EdgeOrigin(this, 'EdgeOrigin', { balancer: this.balancer, domain, zone, region: site.region });
    this.gateway =
      platform.gateway === undefined
        ? undefined
        : new GatewayPods(this, 'Gateway', {
            vpc,
            balancer: this.balancer,
            domain,
            goals: platform.goals,
            errorsName: gatewayErrorsName(stagePrefix(platform)),
            clusterName: this.cluster.name,
            nodes: this.cluster.securityGroup,
            alarms,
          });
    this.tasks =
      keepingOf(platform) === undefined
        ? undefined
        : taskCluster(new Construct(this, 'Tasks'), {
            vpc,
            logsKey: keys.logs,
            logDays: platform.stage.logDays,
            runtimeMonitoring,
          }).cluster;
    this.tell(props.databases);
  }

  /** Who may change everything in the cluster: the pipeline that deploys, and the people whom the definition names. */
  private administrators({ platform, site }: KubernetesClusterStackProps): Readonly<Record<string, string>> {
    const deploys = this.formatArn({
      service: 'iam',
      region: '',
      resource: 'role',
      resourceName: deliveryRole(platform, 'deploy'),
    });
    const people = site.kubernetes.administrators.map((role) => [`people-${roleName(role)}`, role] as const);
    return { deployment: deploys, ...Object.fromEntries(people) };
  }

  /** From nodes to what their pods use. Which pod may go where is said by policies of the cluster. */
  private openPaths({ capabilities, databases, endpoints, platform, site }: KubernetesClusterStackProps): void {
    const from = this.cluster.securityGroup;
    const paths = new Construct(this, 'Paths');
    const parts = Object.keys(platform.services)
      .filter((service) => scopeOf(platform, 'services', service) === undefined)
      .flatMap((service) => usedParts(platform, site.siteName, service));
    openReach(
      paths,
      from,
      parts.filter(({ noun }) => noun !== 'services').map(({ name, noun }) => ({ noun, name, user: 'pods' })),
      { ...capabilities, services: {} },
    );
    const shared = Object.values(databases).filter(({ name }) => scopeOf(platform, 'databases', name) === undefined);
    for (const { name, securityGroup: to } of shared) {
      new Connection(paths, `${pascalCase(name)}Migrations`, {
        from,
        to,
        port: databasePort,
        description: `migrations to ${name}`,
      });
    }
    for (const { id, port, securityGroup: to } of endpoints) {
      new Connection(paths, id, { from, to, port, description: 'nodes and pods to AWS endpoints' });
    }
  }

  private identify({
    databases,
    keys,
    platform,
    queues,
    scopes,
    secrets,
    workflows,
  }: KubernetesClusterStackProps): ClusterSystems {
    const { gateway, services } = platform;
    const received = Object.values(services).flatMap(({ uses }) => uses.receives);
    return new ClusterSystems(this, 'Systems', {
      platform,
      clusterName: this.cluster.cluster.ref,
      secretsKey: keys.secrets,
      workspace: this.workspace,
      queues: [
        ...[...new Set(received)].sort().map((queue) => named('queues', queues, queue).queue.queueArn),
        ...Object.values(workflows).flatMap(({ commands }) =>
          Object.values(commands).map(({ queue }) => queue.queueArn),
        ),
      ],
      masters: Object.values(databases).map(({ master, name }) => ({
        master,
        scope: scopes[scopeOf(platform, 'databases', name) ?? ''],
      })),
      tokenKeys:
        gateway === undefined
          ? []
          : Object.values(publicKeys(named('gateway.tokens.secret', secrets, gateway.tokens.secret))),
    });
  }

  /** What manifests of the cluster need and AWS names. */
  private tell(databases: Readonly<Record<string, Database>>): void {
    const values: Readonly<Record<string, string>> = {
      [clusterOutputs.metricsUrl]: this.workspace.writeUrl,
      ...(this.gateway === undefined ? {} : { [clusterOutputs.targetGroup]: this.gateway.targetGroup.targetGroupArn }),
      ...Object.fromEntries(
        Object.values(databases).flatMap(({ master, name, server }) => [
          [clusterOutputs.databaseHost(name), server.host],
          [clusterOutputs.databaseLogin(name), master.secretArn],
        ]),
      ),
    };
    for (const [id, value] of Object.entries(values)) new CfnOutput(this, id, { value });
  }
}
