import { aws_iam as iam, Fn, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import { CfnTopic } from 'aws-cdk-lib/aws-msk';
import { Construct } from 'constructs';
import type { Stream as Spec } from '../platform/nouns/streams';
import type { Capability, Reach, Use } from './capability';
import { answerTo } from './grants';
import { topicConfigs } from './stream-settings';

export interface StreamProps {
  /** Name of the part, and of the topic. */
  readonly name: string;
  readonly spec: Spec;
  readonly clusterArn: string;
  /** Copies of each event. */
  readonly copies: number;
  /** Brokers at the port where they ask who calls: host and port, joined by commas. */
  readonly brokers: string;
  readonly reach: readonly Reach[];
}

/** What each use does with the cluster, with the topic, and with the group of the service. */
const permissions = {
  appends: {
    cluster: ['kafka-cluster:Connect', 'kafka-cluster:WriteDataIdempotently'],
    topic: ['kafka-cluster:DescribeTopic', 'kafka-cluster:WriteData'],
    group: [],
  },
  follows: {
    cluster: ['kafka-cluster:Connect'],
    topic: ['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'],
    group: ['kafka-cluster:DescribeGroup', 'kafka-cluster:AlterGroup'],
  },
} as const;

/** A topic of the platform's Kafka. It outlives its stack; nobody but CloudFormation makes one, changes it or takes it away. */
export class Stream extends Construct implements Capability {
  public readonly topic: CfnTopic;
  public readonly secrets = {};
  public readonly reach: readonly Reach[];

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: StreamProps,
  ) {
    super(scope, id);
    const { clusterArn, copies, name, reach, spec } = props;
    this.reach = reach;
    const configs = topicConfigs(spec);
    this.topic = new CfnTopic(this, 'Topic', {
      clusterArn,
      topicName: name,
      partitionCount: spec.partitions,
      replicationFactor: copies,
      ...(configs === undefined ? {} : { configs }),
    });
    this.topic.applyRemovalPolicy(RemovalPolicy.RETAIN);
    Tags.of(this).add('data-class', spec.dataClass);
  }

  public values(): Readonly<Record<string, string>> {
    return { brokers: this.props.brokers };
  }

  public grant(grantee: iam.IGrantable, use: Use): void {
    const { cluster, group, topic } = answerTo<(typeof permissions)[keyof typeof permissions]>(
      this.node.path,
      permissions,
      use,
    );
    for (const [actions, arn] of [
      [cluster, this.props.clusterArn],
      [topic, this.arnOf('topic', this.props.name)],
      [group, this.arnOf('group', use.service)],
    ] as const) {
      if (actions.length > 0) iam.Grant.addToPrincipal({ grantee, actions: [...actions], resourceArns: [arn] });
    }
  }

  /** What lies in a cluster is called by the cluster's name and id, which are the end of its own ARN. */
  private arnOf(resource: 'group' | 'topic', name: string): string {
    const [cluster, id] = [1, 2].map((index) => Fn.select(index, Fn.split('/', this.props.clusterArn)));
    return Stack.of(this).formatArn({ service: 'kafka', resource, resourceName: `${cluster}/${id}/${name}` });
  }
}
