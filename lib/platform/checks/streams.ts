import { brokerSize, brokerSizes, copiesOf } from '../aws-brokers';
import type { Problem } from '../error';
import type { Streaming } from '../nouns/streams';
import { sitesOf, type PlacedSite, type Platform } from '../platform';
import { stagePath, when, type Check } from './check';

/** Streams need brokers, and brokers a cloud that has them, of a size that it sells and that bears them. */
export const streams: Check = (platform) => {
  const names = Object.keys(platform.streams);
  const { streaming } = platform;
  if (streaming === undefined) {
    return when(names.length > 0, () => ({
      path: 'streaming',
      got: undefined,
      allowed: `declared, because there are streams: ${names.join(', ')}`,
      remedy: 'declare the brokers: streaming: { capacity: { vcpu: 2, memoryGiB: 8 } }',
    }));
  }
  return [
    ...when(names.length === 0, () => ({
      path: 'streams',
      got: [],
      allowed: 'at least one stream where brokers are declared',
      remedy: 'declare a stream, or remove streaming',
    })),
    ...when(streaming.maxStorageGiB < streaming.storageGiB, () => ({
      path: 'streaming.maxStorageGiB',
      got: streaming.maxStorageGiB,
      allowed: `at least storageGiB, which is ${streaming.storageGiB}`,
      remedy: 'raise it, or lower storageGiB',
    })),
    ...sitesOf(platform).flatMap((site) =>
      site.cloud === 'aws' ? onAws(platform, streaming, site) : [absent(names, site)],
    ),
    ...unused(platform),
  ];
};

const absent = (names: readonly string[], { cloud, siteName }: PlacedSite): Problem => ({
  path: 'streams',
  got: names,
  allowed: `absent on ${cloud} (site ${siteName}), where the platform has no Kafka`,
  remedy:
    'use topics with queues, which are Service Bus there, or let services use the Kafka endpoint of an Event Hubs namespace of your own',
});

function onAws(platform: Platform, streaming: Streaming, { siteName, zones }: PlacedSite): readonly Problem[] {
  const size = brokerSize(streaming);
  const copies = copiesOf(zones);
  const partitions = Object.values(platform.streams).reduce((sum, each) => sum + each.partitions, 0) * copies;
  const brokers = streaming.brokersPerZone * zones.length;
  return [
    ...when(size === undefined, () => ({
      path: 'streaming.capacity',
      got: streaming.capacity,
      allowed: `a size of broker that AWS sells: ${brokerSizes.map(({ memoryGiB, vcpu }) => `${vcpu} vcpu with ${memoryGiB} GiB`).join(', ')}`,
      remedy: 'choose one of them',
    })),
    ...when(size !== undefined && partitions > size.partitions * brokers, () => ({
      path: 'streams',
      got: `${partitions} partitions, ${copies} copies counted`,
      allowed: `at most ${(size?.partitions ?? 0) * brokers} on ${brokers} brokers of ${streaming.capacity.vcpu} vcpu`,
      remedy: 'lower the partitions, or raise streaming.capacity or streaming.brokersPerZone',
    })),
    ...when(platform.stage.protected && copies < 3, () => ({
      path: stagePath(platform, `sites.${siteName}.zones`),
      got: zones,
      allowed: 'three zones in a protected stage with streams: with two, the loss of one stops every append',
      remedy: 'add a zone',
    })),
  ];
}

/** Nobody pays for events that nobody follows, or waits for ones that nobody appends. */
const unused = (platform: Platform): readonly Problem[] =>
  Object.keys(platform.streams).flatMap((name) =>
    (['appends', 'follows'] as const).flatMap((kind) =>
      when(!Object.values(platform.services).some(({ uses }) => uses[kind].includes(name)), () => ({
        path: `streams.${name}`,
        got: `no service that ${kind}`,
        allowed: 'a stream that services append to and follow',
        remedy: `add ${name} to uses.${kind} of a service, or remove the stream`,
      })),
    ),
  );
