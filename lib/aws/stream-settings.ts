import type { CfnCluster } from 'aws-cdk-lib/aws-msk';
import { brokerSize, copiesOf } from '../platform/aws-brokers';
import type { Stream, Streaming } from '../platform/nouns/streams';

/** Kafka on MSK by its release line: the newest of it, with metadata kept by Kafka itself and not by ZooKeeper. */
const kafkaVersions: Readonly<Record<Streaming['version'], string>> = { '3.9': '3.9.x.kraft' };

/** What the brokers are, apart from where they stand. */
export interface BrokerSettings extends Pick<CfnCluster, 'kafkaVersion' | 'numberOfBrokerNodes'> {
  readonly instanceType: string;
  readonly serverProperties: string;
}

/**
 * The settings of the brokers in the given zones.
 *
 * @throws Error if MSK sells no broker of the size, which the checks of the platform find before
 */
export function brokerSettings(spec: Streaming, zones: readonly string[]): BrokerSettings {
  const size = brokerSize(spec);
  if (size === undefined) throw new Error(`MSK sells no broker of ${spec.capacity.vcpu} vcpu`);
  const copies = copiesOf(zones);
  const properties = {
    // A topic that a service misspells must not come to be.
    'auto.create.topics.enable': false,
    'default.replication.factor': copies,
    // An append is there when all zones but one have it; the loss of that one stops nothing.
    'min.insync.replicas': Math.max(1, copies - 1),
    // Better no leader for a while than one that lacks events.
    'unclean.leader.election.enable': false,
    'log.retention.hours': defaultRetentionHours,
  };
  return {
    kafkaVersion: kafkaVersions[spec.version],
    numberOfBrokerNodes: spec.brokersPerZone * zones.length,
    instanceType: size.instanceType,
    serverProperties: lines(properties),
  };
}

const lines = (properties: Readonly<Record<string, boolean | number | string>>): string =>
  Object.entries(properties)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n');

/** How long brokers keep events where a topic says nothing, in hours. */
const defaultRetentionHours = 168;

/** In what a topic differs from what the brokers do with every other; nothing for one that does not. */
export function topicConfigs({ compacted, retentionHours }: Stream): string | undefined {
  const different = {
    ...(retentionHours === defaultRetentionHours ? {} : { 'retention.ms': retentionHours * 3_600_000 }),
    ...(compacted ? { 'cleanup.policy': 'compact' } : {}),
  };
  return Object.keys(different).length === 0 ? undefined : Buffer.from(lines(different)).toString('base64');
}
