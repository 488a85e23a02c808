import {
  aws_applicationautoscaling as scaling,
  aws_ec2 as ec2,
  aws_iam as iam,
  aws_msk as msk,
  type CfnResource,
  CustomResource,
  Duration,
  Names,
  RemovalPolicy,
  Tags,
} from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { copiesOf } from '../platform/aws-brokers';
import { awsPorts } from '../platform/aws-ports';
import { pascalCase } from '../platform/ids';
import { mostSensitive } from '../platform/nouns/scalars';
import type { Stream as StreamSpec, Streaming } from '../platform/nouns/streams';
import type { Alarms } from './alarms';
import { dataSubnets } from './database-server';
import { encryptedLogGroup } from './log-group';
import { admitLogDelivery } from './log-delivery';
import { Stream } from './stream';
import { raiseStreamAlarms } from './stream-alarms';
import { brokerSettings } from './stream-settings';
import { tellingFunction } from './telling-function';

export interface StreamsProps {
  readonly spec: Streaming;
  readonly streams: Readonly<Record<string, StreamSpec>>;
  /** Services that follow each stream. */
  readonly followers: Readonly<Record<string, readonly string[]>>;
  readonly zones: readonly string[];
  readonly vpc: ec2.IVpc;
  /** Encrypts what brokers keep. */
  readonly key: kms.IKey;
  readonly logsKey: kms.IKey;
  readonly logDays: number;
  readonly alarms: Alarms;
}

/** The disk of every broker grows when the fullest is this full, in percent. */
const growAtPercent = 60;

/**
 * Apache Kafka on Amazon MSK, and the topics in it: in the data subnets of every zone, TLS only, encrypted with the given
 * key. Whoever connects proves by IAM who it is, and does to a topic what its role allows; brokers say in their log whom
 * they refused. Disks grow by themselves.
 */
export class Streams extends Construct {
  public readonly cluster: msk.CfnCluster;
  public readonly clusterName: string;
  /** How many there are. */
  public readonly brokers: number;
  public readonly securityGroup: ec2.SecurityGroup;
  public readonly streams: Readonly<Record<string, Stream>>;

  public constructor(scope: Construct, id: string, props: StreamsProps) {
    super(scope, id);
    const { alarms, followers, spec, streams, vpc, zones } = props;
    const settings = brokerSettings(spec, zones);
    this.clusterName = Names.uniqueResourceName(this, { maxLength: 64 });
    this.brokers = settings.numberOfBrokerNodes;
    this.securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'Brokers of the streams',
      allowAllOutbound: false,
    });
    this.cluster = this.createCluster(props, settings);
    this.growDisks(spec);
    const brokers = this.tellBrokers(props);
    const reach = [{ id: 'Brokers', at: 'kafka', securityGroup: this.securityGroup, port: awsPorts.streams }];
    this.streams = Object.fromEntries(
      Object.entries(streams).map(([name, each]) => [
        name,
        new Stream(this, pascalCase(name), {
          name,
          spec: each,
          clusterArn: this.cluster.attrArn,
          copies: copiesOf(zones),
          brokers,
          reach,
        }),
      ]),
    );
    Tags.of(this.cluster).add('data-class', mostSensitive(Object.values(streams).map(({ dataClass }) => dataClass)));
    raiseStreamAlarms(this, {
      clusterName: this.clusterName,
      brokers: settings.numberOfBrokerNodes,
      followers: Object.entries(streams).map(([stream, { maxLagSeconds }]) => ({
        stream,
        maxLagSeconds,
        services: followers[stream] ?? [],
      })),
      alarms,
    });
  }

  private createCluster(props: StreamsProps, settings: ReturnType<typeof brokerSettings>): msk.CfnCluster {
    const { key, spec, vpc } = props;
    const configuration = new msk.CfnConfiguration(this, 'Configuration', {
      name: this.clusterName,
      kafkaVersionsList: [settings.kafkaVersion],
      serverProperties: settings.serverProperties,
    });
    const logGroup = encryptedLogGroup(this, 'Logs', { key: props.logsKey, days: props.logDays });
    const written = { cloudWatchLogs: { enabled: true, logGroup: logGroup.logGroupName } };
    const cluster = new msk.CfnCluster(this, 'Cluster', {
      clusterName: this.clusterName,
      kafkaVersion: settings.kafkaVersion,
      numberOfBrokerNodes: settings.numberOfBrokerNodes,
      brokerNodeGroupInfo: {
        instanceType: settings.instanceType,
        clientSubnets: vpc.selectSubnets(dataSubnets).subnetIds,
        securityGroups: [this.securityGroup.securityGroupId],
        storageInfo: { ebsStorageInfo: { volumeSize: spec.storageGiB } },
        connectivityInfo: { publicAccess: { type: 'DISABLED' } },
      },
      configurationInfo: {
        arn: configuration.attrArn,
        revision: configuration.attrLatestRevisionRevision,
      },
      clientAuthentication: {
        sasl: { iam: { enabled: true }, scram: { enabled: false } },
        tls: { enabled: false },
        unauthenticated: { enabled: false },
      },
      encryptionInfo: {
        encryptionAtRest: { dataVolumeKmsKeyId: key.keyArn },
        encryptionInTransit: { clientBroker: 'TLS', inCluster: true },
      },
      enhancedMonitoring: 'PER_BROKER',
      loggingInfo: { brokerLogs: written, authorizerLogs: written },
    });
    cluster.node.addDependency(admitLogDelivery(logGroup));
    for (const kept of [configuration, cluster] as readonly CfnResource[])
      kept.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return cluster;
  }

  /** Up to the largest, and never back. MSK grows a disk once in six hours at most. */
  private growDisks({ maxStorageGiB, storageGiB }: Streaming): void {
    if (maxStorageGiB <= storageGiB) return;
    const target = new scaling.CfnScalableTarget(this, 'Storage', {
      serviceNamespace: 'kafka',
      scalableDimension: 'kafka:broker-storage:VolumeSize',
      resourceId: this.cluster.attrArn,
      minCapacity: 1,
      maxCapacity: maxStorageGiB,
    });
    new scaling.CfnScalingPolicy(this, 'Growth', {
      policyName: 'Growth',
      policyType: 'TargetTrackingScaling',
      scalingTargetId: target.ref,
      targetTrackingScalingPolicyConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: 'KafkaBrokerStorageUtilization' },
        targetValue: growAtPercent,
        disableScaleIn: true,
      },
    });
  }

  /** CloudFormation knows the cluster and not where its brokers are. */
  private tellBrokers({ logDays, logsKey }: StreamsProps): string {
    const scope = new Construct(this, 'Brokers');
    const { function: told } = tellingFunction(scope, {
      description: 'Tells where the brokers of the streams are',
      handler: 'stream-brokers',
      statement: new iam.PolicyStatement({
        actions: ['kafka:GetBootstrapBrokers'],
        resources: [this.cluster.attrArn],
      }),
      asks: 'MSK',
      logsKey,
      logDays,
    });
    return new CustomResource(scope, 'Told', {
      resourceType: 'Custom::StreamBrokers',
      serviceToken: told.functionArn,
      serviceTimeout: Duration.minutes(5),
      properties: { ClusterArn: this.cluster.attrArn },
    }).getAttString('Brokers');
  }
}
