import { assumed } from '../recovery/data/figures';

/** A figure that stands in no output, and where it is from. */
export interface Figure {
  readonly value: number;
  readonly source: string;
}

const pulls = 'https://elasticscale.com/blog/reduce-aws-fargate-pull-times-with-soci';

/** What a start takes beside what the definition says of it, in seconds. */
export const starting = {
  /** Until Fargate has a machine and an address for a task. */
  place: {
    value: 30,
    source: `measured by others: 57 s to the start with an image of 413 MB, half of it before the pull (${pulls})`,
  },
  /** Of an image as the registry keeps it, in MiB a second: what is left of that measurement, unpacking included. */
  pull: { value: 14, source: `measured by others: 413 MB in half of 57 s (${pulls})` },
  /** An image whose size the definition does not say, in MiB: the one of that measurement. */
  image: {
    value: 394,
    source: `its size is not in the definition: as large as the one of 413 MB that others measured (${pulls})`,
  },
  /** Until a load balancer or a proxy knows the task. */
  registration: { value: 5, source: 'assumed: no vendor publishes it' },
  /** Until a pod is on a node that has room for it. */
  pod: { value: 5, source: 'assumed: a node has room' },
} as const satisfies Readonly<Record<string, Figure>>;

/** Images of containers that stand beside the service's own, by container, in MiB as a registry keeps them. */
export const imagesBeside: Readonly<Record<string, Figure>> = {
  collector: { value: 100, source: 'assumed: look at its size in the registry of the stage' },
};

/** What growth takes beside policies and starts, in seconds. */
export const growing = {
  /** Until a figure of one minute can be looked at by an alarm. */
  metric: { value: 60, source: 'assumed: figures of a minute are there within the next' },
  /** Minutes above its target after which a tracked figure asks for tasks: alarms of AWS's own, which are in no output. */
  tracking: { value: 180, source: 'assumed: the alarm that AWS makes for a target looks at three minutes' },
  /** Until Kubernetes has looked: every 15 seconds, at figures of up to a minute. */
  pods: {
    value: 75,
    source:
      'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/: every 15 s; figures of a minute',
  },
  /** Until nodes that were asked for have joined a cluster of AKS. */
  aksNodes: { value: assumed.nodes.seconds, source: assumed.nodes.source },
  /** Until nodes that were asked for have joined a cluster of EKS, one by one as pods wait for them. */
  eksNodes: { value: 90, source: 'assumed: no vendor publishes it, and nothing has measured it yet' },
} as const satisfies Readonly<Record<string, Figure>>;

const nobody = 'assumed, typically: AWS publishes no bound, and an alarm measures every run';

/** What is on the way from a failed step to the command that undoes another, in milliseconds. */
export const undoing = {
  /** From one state of a standard workflow to the next. */
  transition: { value: 25, source: nobody },
  /** Until a message is in its queue. */
  send: { value: 20, source: nobody },
  /** Until somebody who waits for a message has it. */
  receive: { value: 20, source: nobody },
} as const satisfies Readonly<Record<string, Figure>>;

/** What AWS allows, unless it was asked for more. */
export const quotas = {
  /** Targets of a load balancer. */
  balancerTargets: {
    value: 1000,
    source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html',
  },
  /** Connections of a broker whose clients prove themselves by IAM. */
  brokerConnections: { value: 3000, source: 'https://docs.aws.amazon.com/msk/latest/developerguide/limits.html' },
  /** Connections of a node of Redis. */
  cacheConnections: {
    value: 65_000,
    source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html: maxclients',
  },
} as const satisfies Readonly<Record<string, Figure>>;

/** What an instance of Azure's application gateway stands, and what a user asks of it. */
export const balancing = {
  connectionsOfInstance: {
    value: 25_000,
    source:
      'ten units of 2,500 connections: https://learn.microsoft.com/azure/application-gateway/understanding-pricing',
  },
  connectionsOfUser: { value: 2, source: 'assumed: the edge keeps connections, and opens as many at most' },
} as const satisfies Readonly<Record<string, Figure>>;

/** The most that Azure sells of what grows by numbers. */
export const azureMost = {
  /** Units of an instance of API Management, Standard v2. */
  units: { value: 10, source: 'https://learn.microsoft.com/azure/api-management/v2-service-tiers-overview' },
  /** Instances of an application gateway. */
  instances: {
    value: 125,
    source: 'https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits',
  },
  /** Nodes of a pool. */
  nodes: { value: 1000, source: 'https://learn.microsoft.com/azure/aks/quotas-skus-regions' },
} as const satisfies Readonly<Record<string, Figure>>;

const workflowSource =
  'https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html: what is refilled each second';

/** Regions in which AWS allows more of Step Functions. */
const largeRegions: readonly string[] = ['us-east-1', 'us-west-2', 'eu-west-1'];

/** Runs that an account may begin and states that it may enter in a second, for as long as it likes. */
export const workflowQuotas = (region: string) =>
  largeRegions.includes(region)
    ? { runsPerSecond: 300, transitionsPerSecond: 5000, source: workflowSource }
    : { runsPerSecond: 150, transitionsPerSecond: 800, source: workflowSource };

/** Memory that the session of one user takes, in KiB. */
export const sessionKiB: Figure = { value: 16, source: 'assumed: a session holds keys and a cart, and no pages' };

/** Hours of a month, as AWS reckons. */
export const monthHours = 730;

const list = 'list price of us-east-2, https://aws.amazon.com/fargate/pricing/';

/** Dollars an hour of Fargate, on demand: a processor, and a GiB. */
export const fargate = {
  ARM64: { vcpu: 0.032_38, memoryGiB: 0.003_56, source: list },
  X86_64: { vcpu: 0.040_48, memoryGiB: 0.004_445, source: list },
} as const;
