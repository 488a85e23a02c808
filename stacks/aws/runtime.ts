import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Stage } from 'aws-cdk-lib';
import type { Alarms } from '../../lib/aws/alarms';
import type { Balancer } from '../../lib/aws/balancer';
import type { Capabilities, Reach } from '../../lib/aws/capability';
import type { EdgeOrigin } from '../../lib/aws/edge-origin';
import type { Keys } from '../../lib/aws/keys';
import type { MetricsWorkspace } from '../../lib/aws/metrics-workspace';
import type { Scopes } from '../../lib/aws/scope';
import { calledService } from '../../lib/aws/service';
import { assertNever } from '../../lib/platform/error';
import { pascalCase } from '../../lib/platform/ids';
import { named } from '../../lib/platform/named';
import { imageOf, type Releases } from '../../lib/platform/releases';
import { ClusterStack } from './cluster';
import type { DataStack } from './data';
import type { ObservedStacks } from './figures';
import { KubernetesClusterStack, type KubernetesClusterStackProps } from './kubernetes-cluster';
import type { FlagsStack } from './flags';
import type { MessagingStack } from './messaging';
import type { PlatformStackProps } from './platform-stack';
import { PodServiceStack } from './pod-service';
import type { SecurityStack } from './security';
import { ServiceStack } from './service';
import type { StreamsStack } from './streams';
import type { WorkflowsStack } from './workflows';

/** What services stand on, whatever runs them. */
export interface RuntimeProps extends PlatformStackProps {
  readonly vpc: ec2.IVpc;
  readonly keys: Keys;
  readonly alarms: Alarms;
  readonly accessLogs: s3.IBucket;
  /** Private endpoints of AWS services; empty where the site has none. */
  readonly endpoints: readonly Reach[];
  /** The parts of the platform by noun and name. */
  readonly parts: DataStack['capabilities'] &
    MessagingStack['capabilities'] &
    WorkflowsStack['capabilities'] &
    FlagsStack['capabilities'] &
    StreamsStack['capabilities'] &
    SecurityStack['capabilities'];
  readonly releases: Releases;
  /** Parts that are judged apart. */
  readonly scopes: Scopes;
  /** Where tasks write figures. @default - they send none, or are pods, whose cluster brings its own */
  readonly workspace: MetricsWorkspace | undefined;
}

/** What runs the services of a site, as the rest of its stacks sees it. */
export interface Running extends Pick<ObservedStacks, 'gateway' | 'services'> {
  /** Takes every request of the platform. */
  readonly balancer: Balancer;
  /** The edge's way to the gateway. */
  readonly origin: EdgeOrigin | undefined;
  /** Where tasks of the platform's own run; absent where services are pods and nothing else needs one. */
  readonly tasks: ecs.ICluster | undefined;
  /** The cluster of pods, and where its figures are kept; absent where services are tasks, which write to what they are given. */
  readonly pods: { readonly clusterName: string; readonly workspace: MetricsWorkspace } | undefined;
}

/** The stacks of what runs services on a site, and of each service. */
export function runServices(scope: Stage, props: RuntimeProps): Running {
  const { site } = props;
  switch (site.runtime) {
    case 'ecs':
      return runTasks(scope, props);
    case 'eks':
      return runPods(scope, { ...props, site });
    default:
      return assertNever(site);
  }
}

function runTasks(scope: Stage, props: RuntimeProps): Running {
  const { parts, releases, ...shared } = props;
  const { platform } = props;
  const cluster = new ClusterStack(scope, 'Cluster', { ...shared, caches: parts.caches, secrets: parts.secrets });
  const capabilities: Capabilities = {
    ...parts,
    services: Object.fromEntries(
      Object.entries(cluster.serviceGroups).map(([name, group]) => [name, calledService(name, group)]),
    ),
  };
  const services = Object.entries(cluster.serviceGroups).map(([name, securityGroup]) => {
    const { service } = new ServiceStack(scope, `Service-${pascalCase(name)}`, {
      ...shared,
      name,
      image: imageOf(releases, name),
      cluster: cluster.cluster,
      balancer: cluster.balancer,
      securityGroup,
      capabilities,
      migrates: {
        runner: cluster.migrations,
        databases: named('services', platform.services, name).uses.databases.flatMap(
          (database) => parts.databases[database] ?? [],
        ),
      },
    });
    return { name, service };
  });
  return {
    services,
    balancer: cluster.balancer,
    gateway: cluster.gateway,
    origin: cluster.origin,
    tasks: cluster.cluster.cluster,
    pods: undefined,
  };
}

/** Pods, releases and migrations are the cluster's; what AWS knows of services is who they are. */
function runPods(scope: Stage, props: RuntimeProps & Pick<KubernetesClusterStackProps, 'site'>): Running {
  const { parts, releases: _releases, ...shared } = props;
  const cluster = new KubernetesClusterStack(scope, 'Cluster', {
    ...shared,
    databases: parts.databases,
    queues: parts.queues,
    workflows: parts.workflows,
    secrets: parts.secrets,
    capabilities: parts,
  });
  for (const name of Object.keys(props.platform.services)) {
    new PodServiceStack(scope, `Service-${pascalCase(name)}`, {
      platform: props.platform,
      site: props.site,
      name,
      cluster,
      capabilities: { ...parts, services: {} },
      scopes: props.scopes,
    });
  }
  const { balancer, origin, tasks, workspace } = cluster;
  const pods = { clusterName: cluster.cluster.cluster.ref, workspace };
  return { services: [], balancer, gateway: undefined, origin, tasks, pods };
}
