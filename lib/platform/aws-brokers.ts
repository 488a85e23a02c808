import type { Streaming } from './nouns/streams';

/** A size of broker that Amazon MSK sells, on Graviton processors. */
export interface BrokerSize {
  readonly instanceType: string;
  readonly vcpu: number;
  readonly memoryGiB: number;
  /** So many partitions, copies among them, does one bear. */
  readonly partitions: number;
}

/**
 * Standard brokers for Kafka 3.9. Partitions are what Amazon advises at most:
 * https://docs.aws.amazon.com/msk/latest/developerguide/bestpractices.html, 2026.
 */
export const brokerSizes: readonly BrokerSize[] = [
  { instanceType: 'kafka.m7g.large', vcpu: 2, memoryGiB: 8, partitions: 1000 },
  { instanceType: 'kafka.m7g.xlarge', vcpu: 4, memoryGiB: 16, partitions: 1000 },
  { instanceType: 'kafka.m7g.2xlarge', vcpu: 8, memoryGiB: 32, partitions: 2000 },
  { instanceType: 'kafka.m7g.4xlarge', vcpu: 16, memoryGiB: 64, partitions: 4000 },
  { instanceType: 'kafka.m7g.8xlarge', vcpu: 32, memoryGiB: 128, partitions: 4000 },
  { instanceType: 'kafka.m7g.16xlarge', vcpu: 64, memoryGiB: 256, partitions: 4000 },
];

export const brokerSize = ({ capacity }: Pick<Streaming, 'capacity'>): BrokerSize | undefined =>
  brokerSizes.find(({ memoryGiB, vcpu }) => vcpu === capacity.vcpu && memoryGiB === capacity.memoryGiB);

/** Copies of each event: one a zone. */
export const copiesOf = (zones: readonly string[]): number => Math.min(3, zones.length);
