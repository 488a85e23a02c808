import { chunks } from './chunks';
import type { StreamsFigures } from './figures';
import { linesAtMost, metricLine, type Panel } from './panels';

/** Brokers of Kafka: how busy and full each is, what has fewer copies than it should, and how far followers are behind. */
export function streamsPanels({ brokers, clusterName, followers }: StreamsFigures): readonly Panel[] {
  const of = (label: string, metricName: string, statistic: string, more: Readonly<Record<string, string>> = {}) =>
    metricLine(label, 'AWS/Kafka', metricName, statistic, { 'Cluster Name': clusterName, ...more });
  const ids = Array.from({ length: brokers }, (_, index) => String(index + 1));
  return [
    ...chunks(ids, linesAtMost).flatMap((some) => {
      const lines = (metricName: string, statistic: string) =>
        some.map((id) => of(`broker ${id}`, metricName, statistic, { 'Broker ID': id }));
      return [
        { title: 'Idle processor of brokers', unit: 'percent', lines: lines('CpuIdle', 'Minimum') },
        {
          title: 'Disks of brokers',
          unit: 'percent',
          lines: lines('KafkaDataLogsDiskUsed', 'Maximum'),
          marks: [{ label: 'full', value: 100 }],
        },
        { title: 'Events in', unit: 'bytes a second', lines: lines('BytesInPerSec', 'Average') },
        {
          title: 'Partitions short of copies',
          unit: 'partitions',
          lines: lines('UnderReplicatedPartitions', 'Maximum'),
          marks: [{ label: 'alarm', value: 1 }],
        },
      ];
    }),
    {
      title: 'Partitions without a broker',
      unit: 'partitions',
      lines: [of('without a broker', 'OfflinePartitionsCount', 'Maximum')],
      marks: [{ label: 'alarm', value: 1 }],
    },
    ...chunks(followers, linesAtMost).map((some) => ({
      title: 'Followers behind',
      unit: 'seconds',
      lines: some.map(({ service, stream }) =>
        of(`${service} in ${stream}`, 'EstimatedMaxTimeLag', 'Maximum', { 'Consumer Group': service, Topic: stream }),
      ),
      marks: [{ label: 'first alarm', value: Math.min(...some.map(({ maxLagSeconds }) => maxLagSeconds)) }],
    })),
  ];
}
