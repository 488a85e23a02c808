import { aws_eks as eks, aws_iam as iam } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { acknowledgeManaged } from './acknowledge';
import { podPrincipal } from './pod-role';

export interface EksAddOnsProps {
  readonly clusterName: string;
  /** What is logged apart. @default - nothing */
  readonly apart?: readonly ApartLogs[];
}

/** Pods whose lines go to a group of their own, and to no other. */
export interface ApartLogs {
  /** What they are called: the scope. */
  readonly name: string;
  readonly namespaces: readonly string[];
  readonly logGroupName: string;
}

/**
 * Takes lines of some namespaces away from those of all others, by the name of the file that they come from, and hands them to a group
 * of their own: files of Fluent Bit that the add-on reads after its own. https://docs.fluentbit.io/manual/pipeline/filters/rewrite-tag
 */
export const apartFile = ({ logGroupName, name, namespaces }: ApartLogs): string =>
  [
    ...namespaces.flatMap((namespace) => [
      '[FILTER]',
      '  Name                  rewrite_tag',
      `  Match                 application.*_${namespace}_*`,
      `  Rule                  $log ^ scope.${name}.$TAG false`,
      `  Emitter_Name          scope_${name}_${namespace}`,
      '  Emitter_Storage.type  filesystem',
      '',
    ]),
    '[OUTPUT]',
    '  Name                cloudwatch_logs',
    `  Match               scope.${name}.*`,
    '  region              ${AWS_REGION}',
    `  log_group_name      ${logGroupName}`,
    '  log_stream_prefix   ${HOST_NAME}-',
    '  auto_create_group   false',
    '',
  ].join('\n');

/** Pods of add-ons stand where no service crowds them out: `system` is a pool of EKS's own, with this taint. */
const onSystemNodes = {
  nodeSelector: { 'karpenter.sh/nodepool': 'system' },
  tolerations: [{ key: 'CriticalAddonsOnly', operator: 'Exists' }],
} as const;

/** The agents that read logs and figures of nodes, by the account as which they do. */
const agent = { namespace: 'amazon-cloudwatch', serviceAccount: 'cloudwatch-agent' } as const;
const agentPolicy = 'CloudWatchAgentServerPolicy';

/**
 * Add-ons of EKS, which Amazon publishes and keeps in step with the cluster's version. Network, names, disks, balancers and
 * identities of pods are part of Auto Mode, on every node and not as pods; these are what it leaves out: figures by which pods are
 * counted, figures of what Kubernetes knows, and logs.
 */
export class EksAddOns extends Construct {
  public readonly agentRole: iam.Role;
  public readonly addOns: readonly eks.CfnAddon[];

  public constructor(scope: Construct, id: string, props: EksAddOnsProps) {
    super(scope, id);
    const { apart = [], clusterName } = props;
    this.agentRole = new iam.Role(this, 'AgentRole', {
      assumedBy: podPrincipal(this, clusterName, agent),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName(agentPolicy)],
    });
    acknowledgeManaged(
      this.agentRole,
      [agentPolicy],
      'The agents write logs and figures; Amazon keeps this policy in step with what its add-on does.',
    );
    const addOn = (construct: string, name: string, configuration: object, more: Partial<eks.CfnAddonProps> = {}) =>
      new eks.CfnAddon(this, construct, {
        clusterName,
        addonName: name,
        // What somebody changed by hand goes back to what is written here.
        resolveConflicts: 'OVERWRITE',
        configurationValues: JSON.stringify(configuration),
        ...more,
      });
    this.addOns = [
      addOn('MetricsServer', 'metrics-server', { ...onSystemNodes, replicas: 2 }),
      addOn('StateMetrics', 'kube-state-metrics', onSystemNodes),
      addOn(
        'Logs',
        'amazon-cloudwatch-observability',
        { containerLogs: { enabled: true, ...logsApart(apart) }, agent: { config: logsAndFigures } },
        { podIdentityAssociations: [{ serviceAccount: agent.serviceAccount, roleArn: this.agentRole.roleArn }] },
      ),
    ];
  }
}

/** Files of Fluent Bit beside those of the add-on, by which it leaves them as they are. */
const logsApart = (apart: readonly ApartLogs[]): object =>
  apart.length === 0
    ? {}
    : {
        fluentBit: {
          config: { extraFiles: Object.fromEntries(apart.map((each) => [`scope-${each.name}.conf`, apartFile(each)])) },
        },
      };

/** What the agent measures: nodes and pods. Services are not instrumented by it; they send to the collector. */
const logsAndFigures = {
  logs: { metrics_collected: { kubernetes: { enhanced_container_insights: true } } },
} as const;
